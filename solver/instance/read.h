/* Reading an instance document. Private to this room.
 *
 * Each kind of object has a table of its members; read_object walks an object along its table,
 * refuses what the table does not know, and lets each member be read into a struct. A reading
 * function reports what it refuses and returns false; the reading then goes on, so that a document
 * shows all its problems at once. Checks across objects look only at what was read soundly.
 *
 * Tags and services get their numbers last, in the order of their names: every use of one is
 * noted, and read_bind_names fills all of them in.
 */
#ifndef PLAATS_INSTANCE_READ_H
#define PLAATS_INSTANCE_READ_H

#include "instance/instance.h"
#include "text/json_in.h"

#define MOST_POINTS 1000000000000 /* of points and weights, in size */
#define MOST_DISTANCE 100000      /* of distances and limits */
#define MOST_PLACES 1000000000    /* of beds, service places and quotas */
enum { MOST_AGE = 130 };

/* ---- Names ---------------------------------------------------------------------------------- */

typedef struct {
    const char *name;
    int number;
} name_row;

typedef struct {
    name_row *rows; /* by name, then number */
    int n;
} name_index;

typedef struct {
    const char *name;
    int *slot; /* where its number goes */
} name_use;

typedef struct {
    name_use *uses;
    size_t n, capacity;
} late_names;

/* ---- The reader ----------------------------------------------------------------------------- */

typedef struct reader {
    json_document *document;
    plaats_instance *in; /* being filled */
    bool out_of_memory;
    bool sound;         /* no value was refused so far */
    bool horizon_known; /* in->first and in->weeks are the document's */
    bool rules_sound, travel_sound;
    bool locations_sound, people_sound; /* every id of a location, of a household is known */
    late_names tags, services;
    name_index locations, households;
    size_t comparisons_left; /* for "did you mean": a bound on the work for all messages */

    const json_node **household_nodes; /* the rows; NULL for households without one */
    const json_node **person_nodes;
    bool *site_sound, *household_sound; /* read without a refusal, members included */
} reader;

typedef struct read_field read_field;
typedef bool (*read_fn)(reader *r, const json_node *value, const read_field *f, void *target);
struct read_field {
    const char *name;
    read_fn read;
    size_t offset; /* of the target in the struct that is filled */
    bool required;
    int64_t min, max; /* of integers and degrees; bytes of texts */
};

/* Bit i stands for field i of the table. */
typedef struct {
    uint32_t given; /* present */
    uint32_t good;  /* present and accepted */
    bool sound;     /* an object, nothing required is missing, nothing given was refused */
} members;

#define N_FIELDS(table) (sizeof(table) / sizeof *(table))
#define GIVEN(m, i) (((m).given >> (i)) & 1)
#define GOOD(m, i) (((m).good >> (i)) & 1)

members read_object(reader *r, const json_node *node, const read_field *fields, size_t n,
                    void *target);

/* Zeroed memory of the instance; NULL (and out_of_memory) when there is none. */
void *read_take(reader *r, size_t n, size_t size);
/* Room for the elements of an array; NULL if it is no array (reported) or there is no memory. */
void *read_take_list(reader *r, const json_node *node, size_t size, int *n);
/* A copy that lives as long as the instance. */
const char *read_keep_text(reader *r, const char *text);

/* ---- Problems ------------------------------------------------------------------------------- */

typedef struct {
    char text[WEEK_TEXT_SIZE];
} shown_week; /* "2023-W06" */

shown_week read_show_week(week w);

/* Records "FOUND is not ALLOWED" and returns false. */
bool read_not_allowed(reader *r, const json_node *node, const char *allowed);

/* ---- Reading values: each fits `read_fn`, and says what `target` points to ------------------- */

bool read_id(reader *r, const json_node *value, const read_field *f,
             void *target); /* const char * */
bool read_text(reader *r, const json_node *value, const read_field *f,
               void *target); /* const char * */
bool read_integer(reader *r, const json_node *value, const read_field *f,
                  void *target);                                                     /* int64_t */
bool read_int(reader *r, const json_node *value, const read_field *f, void *target); /* int */
bool read_degrees(reader *r, const json_node *value, const read_field *f,
                  void *target);                                                       /* double */
bool read_bool(reader *r, const json_node *value, const read_field *f, void *target);  /* bool */
bool read_week(reader *r, const json_node *value, const read_field *f, void *target);  /* week */
bool read_steps(reader *r, const json_node *value, const read_field *f, void *target); /* steps */
bool read_limit_steps(reader *r, const json_node *value, const read_field *f,
                      void *target);                                                  /* steps;
                                                                    values may be null */
bool read_tag(reader *r, const json_node *value, const read_field *f, void *target);  /* int */
bool read_tags(reader *r, const json_node *value, const read_field *f, void *target); /* indices */
bool read_unique_tags(reader *r, const json_node *value, const read_field *f, void *target);
bool read_service(reader *r, const json_node *value, const read_field *f, void *target); /* int */
bool read_unique_services(reader *r, const json_node *value, const read_field *f, void *target);
bool read_site(reader *r, const json_node *value, const read_field *f, void *target);      /* int */
bool read_location(reader *r, const json_node *value, const read_field *f, void *target);  /* int */
bool read_place(reader *r, const json_node *value, const read_field *f, void *target);     /* int: a
                                                                                   location */
bool read_household(reader *r, const json_node *value, const read_field *f, void *target); /* int */
/* These two: const json_node *, for later. */
bool read_array(reader *r, const json_node *value, const read_field *f, void *target);
bool read_member_object(reader *r, const json_node *value, const read_field *f, void *target);

/* The rules for ids and for other texts; report at `node`. */
bool read_check_id(reader *r, const json_node *node, const char *text);
bool read_check_text(reader *r, const json_node *node, const char *text);

/* ---- Names ---------------------------------------------------------------------------------- */

/* Sorts `rows`, which the index keeps. */
name_index read_index_names(name_row *rows, int n);
int read_find_name(const name_index *index, const char *name); /* NONE if it is not there */
/* Reports every name that is there already, at its node (`nodes` by number) or the `id` of that;
 * says if any is. */
bool read_report_doubles(reader *r, const name_index *index, const json_node *const *nodes,
                         const char *what);
/* The site with this id, or NONE with a problem at the node. */
int read_find_site(reader *r, const json_node *node, const char *id);
/* Records "there is no WHAT 'name'", with the nearest name that exists. */
void read_report_dangling(reader *r, const json_node *node, const name_index *index,
                          const char *what, const char *name);
bool read_use_name(reader *r, late_names *names, const char *name, int *slot);
/* Numbers the names and fills in every use; gives their number and texts. */
bool read_bind_names(reader *r, late_names *names, int *n, const char *const **texts);

/* ---- Parts of the document, in the order in which they are read ------------------------------ */

void read_rules(reader *r, const json_node *node); /* node may be NULL, here and below */
void read_weights(reader *r, const json_node *node);
void read_locations(reader *r, const json_node *sites, const json_node *places);
void read_travel(reader *r, const json_node *node);
void read_households(reader *r, const json_node *rows, const json_node *people);
void read_groups(reader *r, const json_node *together, const json_node *apart);
void read_quotas(reader *r, const json_node *node);

/* A row of `households`, before it is known who lives in it. */
typedef struct {
    household row;
    const json_node *node;
    bool sound;
} household_row;

/* The rows, for the caller to free; NULL when memory runs out. */
household_row *read_household_rows(reader *r, const json_node *node, int *n);
/* The facts of a household that has no row; its id is NULL. */
household read_household_without_row(void);
bool read_near(reader *r, const json_node *value, const read_field *f,
               void *target); /* near_limits */

/* ---- Checks of what was read, for which the facts must be ready ------------------------------ */

void validate_pins(reader *r);
void validate_distances(reader *r);

#endif
