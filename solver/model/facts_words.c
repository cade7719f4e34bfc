/* The words that sites and quotas have in common, as numbers. */
#include "base/random.h"
#include "model/facts_parts.h"

#include <assert.h>
#include <stdlib.h>

static void add_word(word_list *list, word_kind kind, const char *text) {
    if (text != NULL) list->at[list->n++] = (word){random_mix_text((uint64_t)kind, text), text};
}

static int by_key(const void *a, const void *b) {
    const word *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

static void add_words(word_list *list, const char *kind, const char *province,
                      const char *municipality) {
    add_word(list, WORD_KIND, kind);
    add_word(list, WORD_PROVINCE, province);
    add_word(list, WORD_MUNICIPALITY, municipality);
}

plaats_status facts_words_read(const plaats_instance *in, word_list *out, plaats_error *error) {
    plaats_status st = PLAATS_OK;
    int n;

    *out = (word_list){0};
    TRY_ALLOC(out->at =
                  zero_alloc(3 * ((size_t)in->n_sites + (size_t)in->n_quotas), sizeof *out->at));
    for (int i = 0; i < in->n_sites; i++)
        add_words(out, in->sites[i].kind, in->sites[i].province, in->sites[i].municipality);
    for (int i = 0; i < in->n_quotas; i++)
        add_words(out, in->quotas[i].kind, in->quotas[i].province, in->quotas[i].municipality);
    qsort(out->at, (size_t)out->n, sizeof *out->at, by_key);
    n = out->n;
    assert((size_t)n <= 3 * ((size_t)in->n_sites + (size_t)in->n_quotas));
    out->n = 0;
    for (int i = 0; i < n; i++)
        if (i == 0 || out->at[i].key != out->at[out->n - 1].key) out->at[out->n++] = out->at[i];
done:
    return st;
}

int facts_find_word(const word_list *list, word_kind kind, const char *text) {
    word wanted = {.text = text};
    const word *found;
    if (text == NULL || list->n == 0) return NONE;
    wanted.key = random_mix_text((uint64_t)kind, text);
    found = bsearch(&wanted, list->at, (size_t)list->n, sizeof *list->at, by_key);
    return found == NULL ? NONE : (int)(found - list->at);
}

void facts_words_free(word_list *list) {
    free(list->at);
    *list = (word_list){0};
}
