/* What the two export formats share: names, the comment lines that explain them, and a text that
 * is given away in pieces. Private to the model's files. */
#ifndef PLAATS_MODEL_EXPORT_TEXT_H
#define PLAATS_MODEL_EXPORT_TEXT_H

#include "base/buffer.h"
#include "model/export.h"

/* Text on its way out. A refused or failed piece is remembered; what follows is dropped. */
typedef struct {
    plaats_write_fn write;
    void *context;
    buffer pending;
    bool refused; /* the writer asked to stop */
} text_out;

void export_put_bytes(text_out *o, const char *bytes, size_t size);
void export_put_text(text_out *o, const char *text);
void export_put_padded(text_out *o, const char *text, size_t size, size_t width); /* to the left */
void export_put_integer(text_out *o, int64_t value, size_t width);                /* to the right */
/* Gives away the rest, frees the buffer, and says how it all went. */
plaats_status export_put_end(text_out *o, plaats_error *error);

/* The name of a variable or a row. */
typedef struct {
    size_t size;
    char text[40];
} label;

label export_label_stay(int u, int j);        /* z12_3 */
label export_label_unplaced(int u);           /* n12 */
label export_label_open(int j);               /* y3 */
label export_label_slack(int row);            /* v7 */
label export_label_one(int u);                /* one12 */
label export_label_row(const model_row *row); /* beds3, open3, need3_0, apart2_3, max1, min1 */

/* The comment lines at the top; each begins with `mark`. */
void export_put_legend(text_out *o, const model *m, const char *mark);

#endif
