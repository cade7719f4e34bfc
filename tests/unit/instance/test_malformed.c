/* Replays instances/malformed: each NAME.json must be refused with exactly the problems that
 * NAME.expected lists, "LINE:COLUMN: /pointer: message" a line. PLAATS_REWRITE=1 writes the
 * expected files anew, for review. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "plaats.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER "instances/malformed"
enum { MOST_CASES = 500, FEWEST_CASES = 40 };

static void read_file(const char *path, buffer *out) {
    char bytes[4096];
    size_t n;
    FILE *file = fopen(path, "rb");
    if (file == NULL) return;
    while ((n = fread(bytes, 1, sizeof bytes, file)) > 0) buffer_add(out, bytes, n);
    fclose(file);
}

static void write_file(const char *path, const buffer *text) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text->bytes, 1, text->size, file), text->size);
    assert_int_equal(fclose(file), 0);
}

static void add_problem(void *context, const plaats_error *problem) {
    assert_int_equal(problem->status, PLAATS_INPUT);
    buffer_format(context, "%ld:%ld: %s: %s\n", problem->line, problem->column, problem->pointer,
                  problem->message);
}

static void replay(void **state) {
    const char *path = *state;
    buffer document = {0};
    buffer found = {0};
    buffer expected = {0};
    plaats_error first;
    plaats_instance *instance = NULL;
    char expected_path[512];
    snprintf(expected_path, sizeof expected_path, "%.*s.expected", (int)(strlen(path) - 5), path);

    read_file(path, &document);
    plaats_status st =
        plaats_instance_read(document.bytes, document.size, add_problem, &found, &instance, &first);
    assert_int_equal(st, PLAATS_INPUT);
    assert_null(instance);
    assert_true(found.size > 0);
    assert_non_null(strstr(found.bytes, first.message));

    const char *rewrite = getenv("PLAATS_REWRITE");
    if (rewrite != NULL && strcmp(rewrite, "1") == 0) write_file(expected_path, &found);
    read_file(expected_path, &expected);
    assert_string_equal(found.bytes, expected.bytes == NULL ? "(no such file)" : expected.bytes);
    buffer_free(&document);
    buffer_free(&found);
    buffer_free(&expected);
}

static int is_document(const struct dirent *entry) {
    size_t length = strlen(entry->d_name);
    return length > 5 && strcmp(entry->d_name + length - 5, ".json") == 0;
}

int main(void) {
    static char paths[MOST_CASES][300];
    static struct CMUnitTest tests[MOST_CASES];
    struct dirent **entries = NULL;
    int n = scandir(FOLDER, &entries, is_document, alphasort);
    if (n < FEWEST_CASES || n > MOST_CASES) {
        fprintf(stderr, "%d documents in %s\n", n, FOLDER);
        return 1;
    }
    for (int i = 0; i < n; i++) {
        snprintf(paths[i], sizeof paths[i], FOLDER "/%s", entries[i]->d_name);
        tests[i] =
            (struct CMUnitTest){.name = paths[i], .test_func = replay, .initial_state = paths[i]};
        free(entries[i]);
    }
    free(entries);
    /* The macro for groups takes arrays of a known size only. */
    return _cmocka_run_group_tests("malformed", tests, (size_t)n, NULL, NULL);
}
