/* What the two forms of a model share: text that is given away in pieces, names of variables and
 * rows, and the legend that says which households and sites they are. */
#include "model/export.h"

#include "base/utf8.h"
#include "model/export_text.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

enum { PIECE = 64 * 1024, LONG_LINE = 120, MOST_DIGITS = 24 /* of 64 bits, and a sign */ };
static const int64_t MOST_POINTS = 1000000000000;

static void give(text_out *o) {
    if (!o->refused && !o->pending.failed && o->pending.size > 0)
        o->refused = o->write(o->context, o->pending.bytes, o->pending.size) != 0;
    o->pending.size = 0;
}

void export_put_bytes(text_out *o, const char *bytes, size_t size) {
    buffer_add(&o->pending, bytes, size);
    if (o->pending.size >= PIECE) give(o);
}

void export_put_text(text_out *o, const char *text) {
    export_put_bytes(o, text, strlen(text));
}

static void put_blanks(text_out *o, size_t n) {
    for (; n > 0; n--) export_put_bytes(o, " ", 1);
}

void export_put_padded(text_out *o, const char *text, size_t size, size_t width) {
    export_put_bytes(o, text, size);
    if (size < width) put_blanks(o, width - size);
}

/* Writes the digits so that they end before `end`; returns where they begin. Exports print millions
 * of numbers, too many for printf. */
static char *digits_before(char *end, uint64_t value) {
    do {
        *--end = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    return end;
}

void export_put_integer(text_out *o, int64_t value, size_t width) {
    char text[MOST_DIGITS], *end = text + sizeof text;
    char *at = digits_before(end, value < 0 ? -(uint64_t)value : (uint64_t)value);
    if (value < 0) *--at = '-';
    size_t size = (size_t)(end - at);
    if (size < width) put_blanks(o, width - size);
    export_put_bytes(o, at, size);
}

plaats_status export_put_end(text_out *o, plaats_error *error) {
    give(o);
    bool failed = o->pending.failed;
    buffer_free(&o->pending);
    if (failed) return fail_memory(error);
    return o->refused ? fail(error, PLAATS_IO, "the model could not be written") : PLAATS_OK;
}

static void append(label *l, const char *text, size_t size) {
    assert(l->size + size <= sizeof l->text);
    memcpy(l->text + l->size, text, size);
    l->size += size;
}

static label named(const char *prefix, int a, int b) {
    assert(a >= 0 && (b >= 0 || b == NONE));
    char text[MOST_DIGITS], *end = text + sizeof text, *at;
    label l = {0};
    append(&l, prefix, strlen(prefix));
    at = digits_before(end, (uint64_t)a);
    append(&l, at, (size_t)(end - at));
    if (b == NONE) return l;
    at = digits_before(end, (uint64_t)b);
    *--at = '_';
    append(&l, at, (size_t)(end - at));
    return l;
}

label export_label_stay(int u, int j) {
    return named("z", u, j);
}
label export_label_unplaced(int u) {
    return named("n", u, NONE);
}
label export_label_open(int j) {
    return named("y", j, NONE);
}
label export_label_slack(int row) {
    return named("v", row, NONE);
}
label export_label_one(int u) {
    return named("one", u, NONE);
}

label export_label_row(const model_row *row) {
    switch (row->kind) {
    case ROW_BEDS:
        return named("beds", row->site, NONE);
    case ROW_OPEN:
        return named("open", row->site, NONE);
    case ROW_SERVICE:
        return named("need", row->site, row->item);
    case ROW_APART:
        return named("apart", row->item, row->site);
    case ROW_MAX:
        return named("max", row->item, NONE);
    default:
        return named("min", row->item, NONE);
    }
}

/* A name of the instance in quotes; nothing in it can end the line. */
static void put_quoted(text_out *o, const char *text) {
    export_put_text(o, "'");
    while (*text != '\0') {
        char shown[UTF8_SHOWN_BYTES];
        size_t read;
        export_put_bytes(o, shown, utf8_show(text, strlen(text), shown, &read));
        text += read;
    }
    export_put_text(o, "'");
}

static void put_entry(text_out *o, const char *mark, const char *what, int number) {
    export_put_text(o, mark);
    export_put_text(o, what);
    export_put_integer(o, number, 0);
    export_put_text(o, ": ");
}

/* "households 'a', 'b'", over several lines where there are many. */
static void put_households(text_out *o, const model *m, const char *mark, const int *list, int n) {
    size_t column = 0;
    export_put_text(o, n == 1 ? "household " : "households ");
    for (int i = 0; i < n; i++) {
        const char *id = m->instance->households[list[i]].id;
        if (column > LONG_LINE) {
            export_put_text(o, "\n");
            export_put_text(o, mark);
            export_put_text(o, "    ");
            column = 0;
        }
        put_quoted(o, id);
        column += strlen(id) + 4;
        export_put_text(o, i + 1 < n ? ", " : "");
    }
    export_put_text(o, "\n");
}

static const char *const LEGEND[] = {
    "minimize the points of one planned week",
    "z<u>_<j> = 1: unit u stays at site j       n<u> = 1: unit u is unplaced",
    "y<j> = 1: site j is kept open              v<r>: persons outside a limit that may be broken",
    "one<u>: unit u is at one site or unplaced  beds<j>, open<j>: usable beds of site j",
    "need<j>_<k>: places of service k at site j apart<g>_<j>: group g of 'apart' at site j",
    "max<q>, min<q>: limits of quota q",
};

static void put_line(text_out *o, const char *mark, const char *text) {
    export_put_text(o, mark);
    export_put_text(o, text);
    export_put_text(o, "\n");
}

/* Services, groups and quotas that have rows, each once: where its first row is. */
static void put_items(text_out *o, const model *m, const char *mark) {
    const plaats_instance *in = m->instance;
    int last = NONE;
    for (int s = 0; s < in->n_services; s++) {
        put_entry(o, mark, "service ", s);
        put_quoted(o, in->services[s]);
        export_put_text(o, "\n");
    }
    for (int i = 0; i < m->n_rows; i++) {
        const model_row *row = &m->rows[i];
        if (row->kind != ROW_APART || row->item == last) continue;
        last = row->item;
        put_entry(o, mark, "apart ", last);
        put_households(o, m, mark, in->apart[last].households.at, in->apart[last].households.n);
    }
    for (int q = 0; q < in->n_quotas; q++) {
        put_entry(o, mark, "quota ", q);
        put_quoted(o, in->quotas[q].id);
        export_put_text(o, "\n");
    }
}

void export_put_legend(text_out *o, const model *m, const char *mark) {
    for (size_t i = 0; i < sizeof LEGEND / sizeof *LEGEND; i++) put_line(o, mark, LEGEND[i]);
    for (int j = 0; j < m->n_sites; j++) {
        put_entry(o, mark, "site ", j);
        put_quoted(o, m->instance->sites[m->sites[j]].id);
        export_put_text(o, "\n");
    }
    put_items(o, m, mark);
    for (int u = 0; u < m->n_units; u++) {
        put_entry(o, mark, "unit ", u);
        put_households(o, m, mark, m->units[u].members, m->units[u].n_members);
    }
}

plaats_status export_model(const plaats_instance *instance, plaats_model_form form,
                           int64_t unplaced, plaats_write_fn write, void *context,
                           plaats_error *error) {
    plaats_status st = PLAATS_OK;
    model *m = NULL;

    if (unplaced < NONE || unplaced > MOST_POINTS)
        TRY(fail(error, PLAATS_USAGE,
                 "points for a person unplaced are %" PRId64 ": allowed are 0 to %" PRId64,
                 unplaced, MOST_POINTS));
    if (form != PLAATS_LP && form != PLAATS_MPS)
        TRY(fail(error, PLAATS_USAGE, "there is no such form of a model"));
    TRY(model_build(instance, unplaced, &m, error));
    TRY((form == PLAATS_LP ? export_lp : export_mps)(m, write, context, error));
done:
    model_free(m);
    return st;
}
