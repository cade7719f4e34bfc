/* Signatures in the making: what the files of facts share. */
#ifndef PLAATS_MODEL_FACTS_PARTS_H
#define PLAATS_MODEL_FACTS_PARTS_H

#include "model/facts.h"

typedef enum { WORD_KIND, WORD_PROVINCE, WORD_MUNICIPALITY } word_kind;

/* One of the kinds, provinces and municipalities of sites and quotas. Wishes for others are wishes
 * for nothing. */
typedef struct {
    uint64_t key; /* hash of kind and text */
    const char *text;
} word;

typedef struct {
    int n;
    word *at; /* by key */
} word_list;

plaats_status facts_words_read(const plaats_instance *in, word_list *out, plaats_error *error);
/* Its number; NONE if there is none, or for NULL. */
int facts_find_word(const word_list *list, word_kind kind, const char *text);
void facts_words_free(word_list *list);

typedef struct {
    const plaats_instance *in;
    const previous_sites *previous;
    word_list words;
    uint64_t *colour, *next; /* per node */
    /* Where each kind of node begins; locations come first. */
    int households, together, apart, quotas, tags, services, first_word, n_nodes;
} refinement;

/* Lets every node take in its neighbours' colours, some rounds long. */
void facts_refine(refinement *r);
/* Tells apart, by their names, nodes that all facts leave equal. */
plaats_status facts_part(refinement *r, plaats_error *error);

#endif
