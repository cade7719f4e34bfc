/* A place where people write 0,5. */
#ifndef PLAATS_TESTS_COMMA_LOCALE_H
#define PLAATS_TESTS_COMMA_LOCALE_H

#include <locale.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A minimal machine has no locale with a decimal comma, so one is made: the file glibc reads for
 * LC_NUMERIC, which is a magic number, the number of items, their offsets, and the items. False
 * where there is no glibc. */
static inline bool use_decimal_comma(void) {
    static const struct {
        uint32_t magic, n_items, decimal_point, thousands_sep, grouping, wide_point, wide_sep, code;
        uint32_t wide_comma, wide_none;
        char comma[4], none[4], codeset[8];
    } file = {0x20031115 ^ LC_NUMERIC, 6, 40, 44, 44, 32, 36, 48, ',', 0, ",", "", "UTF-8"};
    char folder[] = "/tmp/plaats-locale.XXXXXX", inner[64], path[96];
    if (mkdtemp(folder) == NULL) return false;
    snprintf(inner, sizeof inner, "%s/comma", folder);
    snprintf(path, sizeof path, "%s/LC_NUMERIC", inner);
    mkdir(inner, 0700);
    FILE *to = fopen(path, "wb");
    if (to != NULL) fwrite(&file, sizeof file, 1, to);
    if (to != NULL) fclose(to);
    setenv("LOCPATH", folder, 1);
    bool set = setlocale(LC_NUMERIC, "comma") != NULL;
    unlink(path);
    rmdir(inner);
    rmdir(folder);
    return set;
}

#endif
