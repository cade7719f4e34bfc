/* Many questions to one instance: it is read once, and each question is answered by a solve of a
 * changed copy that starts from the plan of the instance as it is, so that it takes less time and
 * moves nobody without need.
 *
 *     questions week.json POINTER=JSON...     /sites/@azc/beds=40: what if azc had 40 beds?
 */
#include <plaats.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void show_problem(void *context, const plaats_error *problem) {
    (void)context;
    fprintf(stderr, "%s: %s\n", problem->pointer, problem->message);
}

static plaats_status solve(const plaats_instance *instance, const plaats_plan *previous,
                           plaats_plan **plan, plaats_error *error) {
    plaats_settings settings;
    plaats_settings_default(&settings);
    settings.work = 1000; /* the same plan on every machine, */
    settings.time_limit = 3600;
    settings.gap_percent = 0.1; /* and close is good enough */
    if (previous != NULL) {
        settings.previous = plaats_plan_json(previous);
        settings.previous_size = plaats_plan_size(previous);
        settings.keep_points = 1;
    }
    return plaats_solve(instance, &settings, plan, error);
}

/* Where a household stays in a plan; NULL: nowhere. Stays are sorted by household. */
static const char *find_stay(const plaats_stay *stays, size_t n, const char *household) {
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(stays[middle].household, household);
        if (order == 0) return stays[middle].site;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static void show_differences(const plaats_plan *before, const plaats_plan *after) {
    size_t n_before, n_after, n_unplaced;
    const plaats_stay *old = plaats_plan_stays(before, &n_before);
    const plaats_stay *new = plaats_plan_stays(after, &n_after);
    const plaats_unplaced *without = plaats_plan_unplaced(after, &n_unplaced);
    for (size_t i = 0; i < n_after; i++) {
        const char *site = find_stay(old, n_before, new[i].household);
        if (site == NULL || strcmp(site, new[i].site) != 0)
            printf("  %s: %s, not %s\n", new[i].household, new[i].site,
                   site == NULL ? "without a bed" : site);
    }
    for (size_t i = 0; i < n_unplaced; i++) {
        const char *site = find_stay(old, n_before, without[i].household);
        if (site == NULL) continue;
        printf("  %s: without a bed, not %s; what rules out how many sites:", without[i].household,
               site);
        for (size_t k = 0; k < without[i].n_reasons; k++) {
            const plaats_reason *r = &without[i].reasons[k];
            printf(" %s%s%s (%lld)", r->code, r->what == NULL ? "" : " ",
                   r->what == NULL ? "" : r->what, (long long)r->sites);
        }
        printf("\n");
    }
}

static void show_dearest_bed(const plaats_plan *plan) {
    size_t n, dearest = 0;
    const plaats_site_week *sites = plaats_plan_sites(plan, &n);
    for (size_t i = 1; i < n; i++)
        if (sites[i].bed_price > sites[dearest].bed_price) dearest = i;
    if (n > 0)
        printf("the dearest bed: %s, %lld of %lld taken, %lld points\n", sites[dearest].site,
               (long long)sites[dearest].taken, (long long)sites[dearest].beds,
               (long long)sites[dearest].bed_price);
}

static plaats_status ask(const plaats_instance *instance, const plaats_plan *plan, char *question,
                         plaats_error *error) {
    char *equals = strchr(question, '=');
    plaats_change change = {.because = "a question"};
    plaats_instance *changed = NULL;
    plaats_plan *answer = NULL;
    plaats_summary was, is;
    printf("%s\n", question);
    if (equals != NULL) *equals = '\0';
    change.pointer = question;
    change.value = equals == NULL ? NULL : equals + 1; /* NULL: without it */
    plaats_status status =
        plaats_instance_change(instance, &change, 1, show_problem, NULL, &changed, error);
    if (status == PLAATS_OK) status = solve(changed, plan, &answer, error);
    if (status == PLAATS_OK) {
        plaats_plan_summary(plan, &was);
        plaats_plan_summary(answer, &is);
        printf("  %lld people placed, not %lld\n", (long long)is.placed, (long long)was.placed);
        show_differences(plan, answer);
    }
    plaats_plan_free(answer);
    plaats_instance_free(changed);
    return status;
}

int main(int argc, char **argv) {
    static char bytes[1 << 24]; /* of an instance as small as those of an example */
    plaats_instance *instance = NULL;
    plaats_plan *plan = NULL;
    plaats_error error = {0};
    FILE *file = argc < 2 ? NULL : fopen(argv[1], "rb");
    if (file == NULL) return fprintf(stderr, "usage: questions INSTANCE POINTER=JSON...\n"), 2;
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);

    plaats_status status = plaats_instance_read(bytes, size, show_problem, NULL, &instance, &error);
    if (status == PLAATS_OK) status = solve(instance, NULL, &plan, &error);
    if (status == PLAATS_OK) show_dearest_bed(plan);
    for (int i = 2; i < argc && status == PLAATS_OK; i++)
        status = ask(instance, plan, argv[i], &error);
    if (status != PLAATS_OK) fprintf(stderr, "%s: %s\n", plaats_status_text(status), error.message);
    plaats_plan_free(plan);
    plaats_instance_free(instance);
    return status == PLAATS_OK ? 0 : 1;
}
