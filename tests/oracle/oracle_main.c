/* The oracle by hand:
 *   oracle INSTANCE          the cost of a best plan, and the plan
 *   oracle INSTANCE PLAN     what the stays of a plan come to
 *   oracle --random SEED     a random tiny instance
 *   oracle --large SEED      one with points up to the limit of the format
 *   oracle --weak KIND SIZE SEED   a week that is weak for prices
 * Status 0 if all went well, 1 if a plan breaks a rule, 2 for wrong usage.
 */
#include "oracle.h"
#include "random_instance.h"
#include "weak_weeks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The whole of a file, ended by NUL; ends the program if it cannot be read. */
static char *file_text(const char *name) {
    FILE *file = fopen(name, "rb");
    char *text = NULL;
    size_t size = 0, more;

    if (file == NULL) {
        perror(name);
        exit(2);
    }
    do {
        text = realloc(text, size + 65537);
        if (text == NULL) abort();
        more = fread(text + size, 1, 65536, file);
        size += more;
    } while (more > 0);
    text[size] = '\0';
    fclose(file);
    return text;
}

static void show(const oracle *o, const int *site_of) {
    oracle_result result;

    oracle_evaluate(o, site_of, &result);
    printf("cost %lld\n", (long long)result.cost);
    for (int p = 0; p < ORACLE_PART_COUNT; p++)
        if (result.parts[p] != 0)
            printf("  %s %lld\n", oracle_part_name[p], (long long)result.parts[p]);
    printf("persons placed %lld, unplaced %lld; U %lld\n", (long long)result.placed,
           (long long)result.unplaced, (long long)o->unplaced_points);
    for (int h = 0; h < o->household_count; h++) {
        const oracle_household *household = &o->households[h];
        const char *where = site_of[h] >= 0        ? o->sites[site_of[h]].id
                            : household->needs_bed ? "unplaced"
                                                   : "needs no bed";

        printf("%s (%lld): %s\n", household->id, (long long)household->persons, where);
    }
    if (!result.feasible) printf("broken: %s\n", result.why);
}

static int show_best(const oracle *o, int *site_of) {
    oracle_best(o, site_of);
    show(o, site_of);
    return 0;
}

static int show_plan(const oracle *o, int *site_of, const char *name) {
    char *text = file_text(name), why[200] = "not JSON";
    cJSON *plan = cJSON_Parse(text);
    oracle_result result;
    int status = 1;

    if (plan == NULL || !oracle_stays(o, plan, site_of, why)) {
        printf("no plan: %s\n", why);
    } else {
        show(o, site_of);
        oracle_evaluate(o, site_of, &result);
        status = result.feasible ? 0 : 1;
    }
    cJSON_Delete(plan);
    free(text);
    return status;
}

/* Status 2 if there is no such kind or size. */
static int show_weak(const char *kind, const char *size, uint64_t seed) {
    for (int k = 0; k < WEAK_KINDS; k++)
        for (int s = 0; s < WEAK_SIZES; s++) {
            char *text;

            if (strcmp(weak_kinds[k].name, kind) != 0 || strcmp(weak_size_name[s], size) != 0)
                continue;
            text = weak_instance(&weak_kinds[k], s, seed);
            puts(text);
            free(text);
            return 0;
        }
    fprintf(stderr, "oracle: no weeks '%s' of size '%s'\n", kind, size);
    return 2;
}

int main(int argc, char **argv) {
    char *text;
    oracle *o;
    int *site_of;
    int status;

    if (argc == 3 && (strcmp(argv[1], "--random") == 0 || strcmp(argv[1], "--large") == 0)) {
        uint64_t seed = strtoull(argv[2], NULL, 10);

        text = argv[1][2] == 'l' ? random_large_instance(seed) : random_instance(seed);
        puts(text);
        free(text);
        return 0;
    }
    if (argc == 5 && strcmp(argv[1], "--weak") == 0)
        return show_weak(argv[2], argv[3], strtoull(argv[4], NULL, 10));
    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: oracle INSTANCE [PLAN] | --random SEED | --large SEED | --weak "
                        "KIND SIZE SEED\n");
        return 2;
    }
    text = file_text(argv[1]);
    o = oracle_read(text);
    site_of = calloc((size_t)o->household_count + 1, sizeof(*site_of));
    if (site_of == NULL) abort();
    status = argc == 2 ? show_best(o, site_of) : show_plan(o, site_of, argv[2]);
    free(site_of);
    oracle_free(o);
    free(text);
    return status;
}
