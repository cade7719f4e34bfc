/* plaats: who lives where in the reception of asylum seekers, with a proof of how good it is.
 *
 * The library reads an instance (sites, people, rules: a JSON document), solves it, and gives
 * back a plan (another JSON document) that carries integer prices from which anyone can recompute
 * how far from the best possible plan it can be at most. instances/FORMAT.md has both documents.
 *
 *     plaats_instance *instance = NULL;
 *     plaats_plan *plan = NULL;
 *     plaats_settings settings;
 *     plaats_error error;
 *
 *     plaats_settings_default(&settings);
 *     if (plaats_instance_read(bytes, size, show_problem, NULL, &instance, &error) == PLAATS_OK &&
 *         plaats_solve(instance, &settings, &plan, &error) == PLAATS_OK)
 *         fwrite(plaats_plan_json(plan), 1, plaats_plan_size(plan), stdout);
 *     plaats_plan_free(plan);
 *     plaats_instance_free(instance);
 *
 * Rules that hold for every function:
 *  - The status says whether the call worked; what was found (optimal, out of time, refused by the
 *    check) is a result beside it.
 *  - Inputs are const and never kept. What a function gives through a pointer to a pointer belongs
 *    to the caller, who frees it with the matching _free; _free(NULL) does nothing. On failure
 *    such outputs are NULL.
 *  - `error` may be NULL. Otherwise it is filled on failure with a message that can be shown as is.
 *  - The library never prints and never ends the process. It keeps no global state; different
 *    threads may use it at the same time on different objects, and several may read one instance or
 *    one plan at the same time.
 *  - Whatever is called back (problem, write, progress, dump) is called on the thread that made the
 *    call, before the call returns, and never twice at the same time, however many threads a solve
 *    uses. What it is given is valid until it returns. It may call any function here but
 *    plaats_solve (no solve takes place within another one on the same thread), may free nothing
 *    that the call was given, and has to return: no longjmp, no exception. Of the settings only
 *    `stop` is looked at by other threads.
 */
#ifndef PLAATS_H
#define PLAATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PLAATS_VERSION_MAJOR 0
#define PLAATS_VERSION_MINOR 1
#define PLAATS_VERSION_PATCH 0

#if defined(__GNUC__)
#define PLAATS_API __attribute__((visibility("default")))
#else
#define PLAATS_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* "0.1.0". Static storage. */
PLAATS_API const char *plaats_version(void);

/* ---- Status of a call -------------------------------------------------------------------- */

/* X(name, value, meaning). Values are pinned: callers may store them. */
#define PLAATS_STATUSES(X)                                                                         \
    X(OK, 0, "done")                                                                               \
    X(USAGE, 1, "a setting or an argument is out of range")                                        \
    X(INPUT, 2, "a document was refused")                                                          \
    X(STOPPED, 3, "stopped before there was anything to give back")                                \
    X(IO, 4, "could not read or write")                                                            \
    X(MEMORY, 5, "out of memory")                                                                  \
    X(INTERNAL, 6, "internal fault")

typedef enum {
#define X(name, value, meaning) PLAATS_##name = value,
    PLAATS_STATUSES(X)
#undef X
} plaats_status;

/* A text from elsewhere (an id, the name of a file) made fit to be shown: characters that cannot be
 * seen or that change how the text around them is shown are escaped (\u001b), bytes that are no
 * UTF-8 become U+FFFD. Messages and texts of the library are so already. Writes as much as fits in
 * `room` bytes with a NUL; gives the bytes of the whole without it, as snprintf does. */
PLAATS_API size_t plaats_show(const char *text, char *out, size_t room);

/* The meaning of a status, lower case, no full stop. Static storage. */
PLAATS_API const char *plaats_status_text(plaats_status status);

/* Why a call failed, or one problem of a document. */
typedef struct {
    plaats_status status;
    long line;          /* 1 for the first line; 0 where a place makes no sense */
    long column;        /* in characters (code points), 1 for the first; 0 as above */
    char pointer[256];  /* JSON pointer (RFC 6901) to the value; "" is the whole document */
    char message[1024]; /* one sentence: problem first, what was found, what is allowed */
} plaats_error;

/* Receives the problems of a document one by one, in the order of their places, when the document
 * has been read to its end. */
typedef void (*plaats_problem_fn)(void *context, const plaats_error *problem);

/* Receives a document piece by piece. Returns 0 to go on; any other value ends the call with
 * PLAATS_IO. */
typedef int (*plaats_write_fn)(void *context, const char *bytes, size_t size);

typedef enum { PLAATS_TEXT, PLAATS_JSON } plaats_form;

/* ---- Instances --------------------------------------------------------------------------- */

typedef struct plaats_instance plaats_instance;

/* Reads and validates an instance. Every problem found is given to `problem` (may be NULL); with
 * any problem the status is PLAATS_INPUT and `error` holds the first. */
PLAATS_API plaats_status plaats_instance_read(const char *bytes, size_t size,
                                              plaats_problem_fn problem, void *context,
                                              plaats_instance **instance, plaats_error *error);
PLAATS_API void plaats_instance_free(plaats_instance *instance);

/* One change of a scenario. */
typedef struct {
    const char *pointer; /* JSON pointer into the instance: a value that is there, a new member of
                            an object, or "-" for a new last element of an array; objects on the
                            way that are absent are made. "@azc" is the element with that id:
                            "/sites/@azc/beds" */
    const char *value;   /* JSON; NULL: what is there is removed */
    const char *because; /* may be NULL */
} plaats_change;

/* The same instance but for `n` changes, made one after the other. It keeps the hash of the
 * original, and plans of it carry the changes, so they can be checked against the original. A
 * change that cannot be made, or an instance that is refused after all of them, gives problems
 * and PLAATS_INPUT as above; lines and columns are those of the changed document. */
PLAATS_API plaats_status plaats_instance_change(const plaats_instance *instance,
                                                const plaats_change *changes, size_t n,
                                                plaats_problem_fn problem, void *context,
                                                plaats_instance **changed, plaats_error *error);

/* What a planner should know of a sound instance: people against beds by who may go there,
 * households that fit nowhere and why, notes on what may be a slip or a surprise (each with a JSON
 * pointer where it concerns an element), tags with the rules that use them. */
PLAATS_API plaats_status plaats_instance_review(const plaats_instance *instance, plaats_form form,
                                                plaats_write_fn write, void *context,
                                                plaats_error *error);

/* How many notes that review has. */
PLAATS_API plaats_status plaats_instance_notes(const plaats_instance *instance, int64_t *notes,
                                               plaats_error *error);

/* A synthetic instance of realistic shape. Equal arguments give equal bytes on every machine. */
typedef struct {
    int64_t people;        /* 1..1000000 */
    int64_t sites;         /* 1..5000 */
    int64_t weeks;         /* 1..26 */
    double people_per_bed; /* "fill": 0.01..10, people per usable bed in the first week */
    double settled;        /* 0..1: the share of people who already live at a site */
    uint64_t seed;
} plaats_generate_settings;

PLAATS_API void plaats_generate_default(plaats_generate_settings *settings);
PLAATS_API plaats_status plaats_generate(const plaats_generate_settings *settings,
                                         plaats_write_fn write, void *context, plaats_error *error);

/* The mixed-integer program of an instance for another solver. */
typedef enum { PLAATS_LP, PLAATS_MPS } plaats_model_form;

/* `unplaced`: points for a person-week unplaced, 0..10^12, or -1 for what the instance says.
 * The text is CPLEX LP, or free-form MPS. */
PLAATS_API plaats_status plaats_export(const plaats_instance *instance, plaats_model_form form,
                                       int64_t unplaced, plaats_write_fn write, void *context,
                                       plaats_error *error);

/* ---- Scenarios --------------------------------------------------------------------------- */

typedef struct {
    const char *name; /* fit to be the name of a file: no slash, not "..", nothing invisible; at
                         most 240 bytes */
    size_t n_changes;
    const plaats_change *changes; /* for plaats_instance_change; a NULL `value` removes */
    const char *previous; /* the file of a plan to start from, as written; NULL: none said */
} plaats_scenario;

typedef struct plaats_scenarios plaats_scenarios;

/* Reads scenarios, one JSON object a line: {`name`, `changes`: [{`pointer`, `value` or `remove`:
 * true, `because`?}], `previous`?}; lines of blanks are passed by. No two may have one name. Every
 * problem of every line is given to `problem` (may be NULL); with any the status is PLAATS_INPUT
 * and `error` holds the first. */
PLAATS_API plaats_status plaats_scenarios_read(const char *bytes, size_t size,
                                               plaats_problem_fn problem, void *context,
                                               plaats_scenarios **scenarios, plaats_error *error);
PLAATS_API size_t plaats_scenarios_count(const plaats_scenarios *scenarios);
/* Number i, from 0, in the order of the lines; belongs to `scenarios`. */
PLAATS_API const plaats_scenario *plaats_scenarios_at(const plaats_scenarios *scenarios, size_t i);
PLAATS_API void plaats_scenarios_free(plaats_scenarios *scenarios);

/* ---- Solving ----------------------------------------------------------------------------- */

/* What a solve came to. X(name, text): the text stands in the plan. */
#define PLAATS_OUTCOMES(X)                                                                         \
    X(OPTIMAL, "optimal")                                                                          \
    X(WITHIN_GAP, "within_gap")                                                                    \
    X(WORK_LIMIT, "work_limit")                                                                    \
    X(TIME_LIMIT, "time_limit")                                                                    \
    X(STOPPED, "stopped")

typedef enum {
#define X(name, text) PLAATS_OUTCOME_##name,
    PLAATS_OUTCOMES(X)
#undef X
} plaats_outcome;

PLAATS_API const char *plaats_outcome_text(plaats_outcome outcome);

typedef enum {
    PLAATS_METHOD_AUTO, /* prices, construction and improvement, then branch and cut with a proof */
    PLAATS_METHOD_GLPK  /* prices for a proof, then the whole MIP in GLPK, on its word */
} plaats_method;

/* How far a solve has come. */
typedef struct {
    double seconds;     /* since the start, see plaats_settings.spent_seconds */
    bool has_plan;      /* cost and unplaced are known */
    int64_t cost;       /* points */
    int64_t unplaced;   /* persons without a bed in that plan */
    bool has_bound;     /* bound is known */
    int64_t bound;      /* points; no plan costs less */
    double gap_percent; /* with a plan and a bound: 100 (cost - bound) / max(1, |cost - unplaced
                           part|) */
    int64_t unplaced_points; /* U of the instance */
    int64_t could_place;     /* with a plan and a bound: in no plan have more persons than so many
                                more a bed */
    const char *step;        /* "prices", "construct", "improve", "core": what is being done */
} plaats_progress;

/* Called now and then, at most ten times a second, from within plaats_solve; a return other than 0
 * stops the solve, which then ends with the best plan so far and the outcome "stopped". */
typedef int (*plaats_progress_fn)(void *context, const plaats_progress *progress);

/* Receives the documents that a solve can be run again from, whole and before it begins:
 * "instance.json" with the bytes that were read, "previous.json" if there is a previous plan, and
 * "options.json" last, with the settings and the changes of the instance (see plaats_options_read).
 * Returns 0 to go on; any other value ends the solve with PLAATS_IO. */
typedef int (*plaats_dump_fn)(void *context, const char *name, const char *bytes, size_t size);

typedef struct {
    plaats_method method; /* auto, glpk; default auto */
    double time_limit;    /* seconds from the start, 0.000001..1000000000; default 60 */
    double spent_seconds; /* seconds that passed before the call and count (reading),
                             0..1000000000; default 0 */
    double gap_percent;   /* end when the gap is at most this, 0..10^18; default 0 */
    int64_t gap_points;   /* or at most this many points, 0..9*10^18; default 0 */
    /* End after this much work, whatever the machine: millions of elementary steps (options looked
     * at, numbers touched); the same plan wherever it ends so. 1..10^12; default 0: no limit */
    int64_t work;
    int64_t threads; /* at most this many at once, 1..1024; the plan is the same for any number;
                        default 0: all, one for each processor */
    plaats_progress_fn progress; /* may be NULL */
    void *progress_context;
    const volatile int *stop; /* may be NULL; set to non-zero (by a signal handler, say) to stop */

    /* A plan document to start from, of this instance or of an earlier one; NULL: none. Only its
     * `stays` are read, and households and sites that the instance does not know are passed by. If
     * none of the stays is in the planned week, everyone starts where he stayed last before it. A
     * previous plan that is still feasible is never followed by a worse one. */
    const char *previous;
    size_t previous_size; /* bytes */
    int64_t keep_points;  /* paid per person and week not where `previous` has them, elsewhere or
                             unplaced, for the weeks of its stays; written in the plan;
                             0..10^12; default 0 */
    plaats_problem_fn previous_problem; /* may be NULL; gets every problem of `previous`, for which
                                           the status is PLAATS_INPUT */
    void *previous_context;

    plaats_dump_fn dump; /* may be NULL; gets what the solve can be run again from */
    void *dump_context;
} plaats_settings;

PLAATS_API void plaats_settings_default(plaats_settings *settings);

/* ---- Settings by name -------------------------------------------------------------------- */

typedef enum {
    PLAATS_SETTING_NUMBER,  /* double: digits with at most one point */
    PLAATS_SETTING_INTEGER, /* int64_t: digits */
    PLAATS_SETTING_CHOICE   /* one of a few words */
} plaats_setting_type;

/* One member of plaats_settings that can be set by a text. Its range, default and help are said in
 * one table, which plaats_solve and the options of the program go by. */
typedef struct {
    const char *name; /* of the member: "time_limit" */
    plaats_setting_type type;
    const char *unit;    /* "seconds"; "" where it has none */
    double low, high;    /* both ends are allowed; numbers and integers only */
    const char *nothing; /* what 0 stands for, outside low..high but allowed: "no limit"; NULL: 0 is
                            a value like any other */
    const char *standard; /* the default, as plaats_settings_set takes it */
    const char *words;    /* of a choice: "auto|glpk"; NULL for others */
    const char *help;     /* one line */
} plaats_setting;

/* All of them, in the order of plaats_settings. Static storage; NULL at the end. */
PLAATS_API const plaats_setting *plaats_setting_at(size_t i);
/* NULL: there is none of this name. */
PLAATS_API const plaats_setting *plaats_setting_named(const char *name);

/* Sets one by its name: plaats_settings_set(&settings, "time_limit", "30", &error). PLAATS_USAGE
 * for a name or a value that is none; the settings are then as they were. */
PLAATS_API plaats_status plaats_settings_set(plaats_settings *settings, const char *name,
                                             const char *value, plaats_error *error);
/* The value of one as plaats_settings_set takes it: as much as fits in `room` bytes with a NUL;
 * gives the bytes of the whole without it, as snprintf does; 0 for a name that is none. */
PLAATS_API size_t plaats_settings_get(const plaats_settings *settings, const char *name, char *out,
                                      size_t room);

/* What "options.json" of a dump says: with the instance, the changes made in it, and the previous
 * plan, these settings give the same plan, but for its member `solver`, unless a clock or the
 * caller ended the run. */
typedef struct {
    const char *version;      /* that wrote the dump; another one may find another plan */
    plaats_settings settings; /* those that have a name; the others are the defaults */
    bool has_previous;        /* there is a "previous.json" */
    size_t n_changes;
    const plaats_change *changes; /* for plaats_instance_change */
} plaats_options;

/* Problems as in plaats_instance_read. */
PLAATS_API plaats_status plaats_options_read(const char *bytes, size_t size,
                                             plaats_problem_fn problem, void *context,
                                             plaats_options **options, plaats_error *error);
PLAATS_API void plaats_options_free(plaats_options *options);

/* How much of a previous plan means anything to an instance. */
typedef struct {
    int64_t stays;   /* in the plan */
    int64_t known;   /* of these, by households at sites that the instance has */
    int64_t planned; /* of these, in a planned week */
} plaats_previous_match;

/* What a solve would find of `previous`; problems as in plaats_settings. */
PLAATS_API plaats_status plaats_previous_review(const plaats_instance *instance,
                                                const char *previous, size_t size,
                                                plaats_problem_fn problem, void *context,
                                                plaats_previous_match *match, plaats_error *error);

typedef struct plaats_plan plaats_plan;

/* What a planner asks first of a plan. */
typedef struct {
    plaats_outcome outcome;
    int64_t cost, bound, gap;     /* points */
    double gap_percent;           /* as in plaats_progress */
    int64_t proof_bound;          /* points: what the proof in the plan proves by itself */
    double proof_gap_percent;     /* gap of proof_bound, in the same percent */
    bool bound_from_proof;        /* else the last part of the bound is the solver's word */
    int64_t unplaced_points;      /* U */
    int64_t could_place;          /* in no plan have more person-weeks than so many more a bed... */
    int64_t proof_could_place;    /* ...and by what the proof proves by itself */
    int64_t households, persons;  /* in the instance */
    int64_t placed, unplaced;     /* person-weeks */
    int64_t unplaced_beside_beds; /* of the unplaced, those for whom some site that nothing rules
                                     out has room: it costs more than staying unplaced */
    int64_t moves, persons_moved, children_moved;
    int64_t durable, temporary; /* person-weeks at sites of 50 percent and more; at others */
    int64_t notes;              /* of the instance, see plaats_instance_notes */
    double seconds;             /* whole solve, spent_seconds included */
} plaats_summary;

/* Plans an instance of one week. The plan has been checked (plaats_check) before it is given back.
 * PLAATS_INPUT for a horizon of more weeks; PLAATS_STOPPED when stopped before the first plan. */
PLAATS_API plaats_status plaats_solve(const plaats_instance *instance,
                                      const plaats_settings *settings, plaats_plan **plan,
                                      plaats_error *error);

PLAATS_API void plaats_plan_summary(const plaats_plan *plan, plaats_summary *summary);
/* Who has no bed and why, for people: a line for each of the few largest households, with the first
 * sites that each reason rules out; "" if everyone has one. Belongs to the plan. */
PLAATS_API const char *plaats_plan_unplaced_text(const plaats_plan *plan);

/* What the document says under `stays`, `unplaced` and `sites`, in its order. All of it belongs to
 * the plan and outlives the instance; texts are as in the instance, weeks like "2023-W06". */
typedef struct {
    const char *household, *site; /* ids */
    const char *from;             /* the first week of the stay, */
    int64_t weeks;                /* and how many, 1 or more */
    int64_t persons;
    bool moved;     /* lived elsewhere the week before */
    int64_t km;     /* of the journey into the stay; -1: there is none, or none is asked for */
    int64_t points; /* of the stay: all but keep_open, quotas and keep */
} plaats_stay;

/* One thing that keeps a household out of some sites. */
typedef struct {
    const char *code;    /* "beds", "service", "full", ...: the codes of the format page */
    const char *what;    /* the service, place or quota that the code is about; NULL: about none */
    const char *because; /* what the rules behind it give as their reason; NULL: nothing, or not all
                            the same */
    int64_t sites;       /* that count under it, 1 or more */
} plaats_reason;

typedef struct {
    const char *household;
    const char *from; /* the first week without a bed, */
    int64_t weeks;    /* and how many, 1 or more */
    int64_t persons;
    int64_t points; /* of being unplaced */
    size_t n_reasons;
    const plaats_reason *reasons;
} plaats_unplaced;

typedef struct {
    const char *site; /* id */
    const char *week;
    int64_t beds;      /* usable; 0 in a week in which it is closed */
    int64_t taken;     /* of them */
    int64_t bed_price; /* points: what the proof of the plan charges for a bed there */
} plaats_site_week;

/* The first of `n`; never NULL. */
PLAATS_API const plaats_stay *plaats_plan_stays(const plaats_plan *plan, size_t *n);
PLAATS_API const plaats_unplaced *plaats_plan_unplaced(const plaats_plan *plan, size_t *n);
PLAATS_API const plaats_site_week *plaats_plan_sites(const plaats_plan *plan, size_t *n);

/* The document; ends with a newline, and is NUL-terminated after it. Belongs to the plan. */
PLAATS_API const char *plaats_plan_json(const plaats_plan *plan);
PLAATS_API size_t plaats_plan_size(const plaats_plan *plan);
PLAATS_API void plaats_plan_free(plaats_plan *plan);

/* ---- Checking ---------------------------------------------------------------------------- */

/* Judges a plan document against an instance, by a second reading of the rules that shares no
 * code with the solver: every rule, the cost and its parts, the totals, the proof. `accepted` says
 * yes or no, and the report (text or JSON) why. A plan with `stays` alone is scored.
 * A plan document that cannot be read as JSON gives problems to `problem` and PLAATS_INPUT. */
PLAATS_API plaats_status plaats_check(const plaats_instance *instance, const char *plan,
                                      size_t size, plaats_form form, plaats_write_fn write,
                                      void *context, plaats_problem_fn problem,
                                      void *problem_context, bool *accepted, plaats_error *error);

#ifdef __cplusplus
}
#endif
#endif
