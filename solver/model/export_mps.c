/* The model as MPS, column by column. Free form, in columns that are right for fixed form too as
 * long as names have at most eight characters. */
#include "base/status.h"
#include "model/export_text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* One line: blanks, a name, another name, a number. */
static void put_entry(text_out *o, label name, label row, int64_t value) {
    export_put_text(o, "    ");
    export_put_padded(o, name.text, name.size, 8);
    export_put_text(o, "  ");
    export_put_padded(o, row.text, row.size, 8);
    export_put_text(o, "  ");
    export_put_integer(o, value, 12);
    export_put_text(o, "\n");
}

static label word(const char *text) {
    label l = {.size = strlen(text)};
    assert(l.size <= sizeof l.text);
    memcpy(l.text, text, l.size);
    return l;
}

static void put_cost(text_out *o, label name, int64_t cost) {
    if (cost != 0) put_entry(o, name, word("COST"), cost);
}

static void put_row_name(text_out *o, const char *sense, label name) {
    export_put_text(o, sense);
    export_put_bytes(o, name.text, name.size);
    export_put_text(o, "\n");
}

static void put_rows(text_out *o, const model *m) {
    export_put_text(o, "ROWS\n N  COST\n");
    for (int u = 0; u < m->n_units; u++) put_row_name(o, " E  ", export_label_one(u));
    for (int i = 0; i < m->n_rows; i++)
        put_row_name(o, m->rows[i].kind == ROW_MIN ? " G  " : " L  ",
                     export_label_row(&m->rows[i]));
}

static void put_unit_columns(text_out *o, const model *m, int u, row_use *uses) {
    options list = model_options(m, u);
    label one = export_label_one(u);

    for (int i = 0; i < list.n; i++) {
        label name = export_label_stay(u, list.site[i]);
        int n = model_uses(m, u, list.site[i], uses);
        put_cost(o, name, option_cost(&list, i));
        put_entry(o, name, one, 1);
        for (int k = 0; k < n; k++)
            put_entry(o, name, export_label_row(&m->rows[uses[k].row]), labs(uses[k].use));
    }
    put_cost(o, export_label_unplaced(u), m->units[u].unplaced_cost);
    put_entry(o, export_label_unplaced(u), one, 1);
}

static void put_marker(text_out *o, const char *number, const char *kind) {
    export_put_text(o, "    MARKER");
    export_put_text(o, number);
    export_put_text(o, "   'MARKER'                 ");
    export_put_text(o, kind);
    export_put_text(o, "\n");
}

static void put_columns(text_out *o, const model *m, row_use *uses) {
    export_put_text(o, "COLUMNS\n");
    put_marker(o, "1", "'INTORG'");
    for (int u = 0; u < m->n_units; u++) put_unit_columns(o, m, u, uses);
    for (int i = 0; i < m->n_rows; i++) {
        const model_row *row = &m->rows[i];
        if (!row_is_open(row)) continue;
        put_cost(o, export_label_open(row->site), row->points);
        put_entry(o, export_label_open(row->site), export_label_row(row), -row->beds);
    }
    put_marker(o, "2", "'INTEND'");
    for (int i = 0; i < m->n_rows; i++) {
        const model_row *row = &m->rows[i];
        if (!row_is_soft(row)) continue;
        put_cost(o, export_label_slack(i), row->points);
        put_entry(o, export_label_slack(i), export_label_row(row), row->kind == ROW_MIN ? 1 : -1);
    }
}

static void put_right_hand_sides(text_out *o, const model *m) {
    export_put_text(o, "RHS\n");
    for (int u = 0; u < m->n_units; u++) put_entry(o, word("RHS"), export_label_one(u), 1);
    for (int i = 0; i < m->n_rows; i++) {
        const model_row *row = &m->rows[i];
        int64_t rhs = row->kind == ROW_MIN ? -row->rhs : row->rhs;
        if (rhs != 0) put_entry(o, word("RHS"), export_label_row(row), rhs);
    }
}

static void put_binary(text_out *o, label name) {
    export_put_text(o, " BV BOUND     ");
    export_put_bytes(o, name.text, name.size);
    export_put_text(o, "\n");
}

static void put_bounds(text_out *o, const model *m) {
    export_put_text(o, "BOUNDS\n");
    for (int u = 0; u < m->n_units; u++) {
        options list = model_options(m, u);
        for (int i = 0; i < list.n; i++) put_binary(o, export_label_stay(u, list.site[i]));
        put_binary(o, export_label_unplaced(u));
    }
    for (int i = 0; i < m->n_rows; i++)
        if (row_is_open(&m->rows[i])) put_binary(o, export_label_open(m->rows[i].site));
}

plaats_status export_mps(const model *m, plaats_write_fn write, void *context,
                         plaats_error *error) {
    plaats_status st = PLAATS_OK, ended;
    text_out o = {.write = write, .context = context};
    row_use *uses = NULL;

    TRY_ALLOC(uses = zero_alloc((size_t)m->max_uses, sizeof *uses));
    export_put_legend(&o, m, "* ");
    export_put_text(&o, "NAME          plaats\n");
    put_rows(&o, m);
    put_columns(&o, m, uses);
    put_right_hand_sides(&o, m);
    put_bounds(&o, m);
    export_put_text(&o, "ENDATA\n");
done:
    free(uses);
    ended = export_put_end(&o, st == PLAATS_OK ? error : NULL);
    return st == PLAATS_OK ? ended : st;
}
