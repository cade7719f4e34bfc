/* Mixed-integer programs as they are put together: arrays that grow. GLPK gets to see them in
 * mip_solve.c. */
#include "engine/lp/mip.h"

#include <assert.h>
#include <stdlib.h>

static bool grow(void **array, int room, size_t size) {
    void *larger = realloc(*array, (size_t)room * size);
    if (larger == NULL) return false;
    *array = larger;
    return true;
}

static int larger_room(int room) {
    return room < 32 ? 64 : room > INT32_MAX / 2 ? INT32_MAX : room * 2;
}

int mip_column(mip *p, double cost, double upper) {
    assert(upper >= 0);
    if (p->n_columns == p->column_room) {
        int room = larger_room(p->column_room);
        if (!grow((void **)&p->cost, room, sizeof *p->cost) ||
            !grow((void **)&p->upper, room, sizeof *p->upper))
            return -1;
        p->column_room = room;
    }
    p->cost[p->n_columns] = cost;
    p->upper[p->n_columns] = upper;
    return p->n_columns++;
}

int mip_row(mip *p, double low, double high) {
    assert(low <= high);
    if (p->n_rows == p->row_room) {
        int room = larger_room(p->row_room);
        if (!grow((void **)&p->low, room, sizeof *p->low) ||
            !grow((void **)&p->high, room, sizeof *p->high))
            return -1;
        p->row_room = room;
    }
    p->low[p->n_rows] = low;
    p->high[p->n_rows] = high;
    return p->n_rows++;
}

bool mip_entry(mip *p, int row, int column, double value) {
    assert(row >= 0 && row < p->n_rows && column >= 0 && column < p->n_columns && value != 0);
    if (p->n_entries == p->entry_room) {
        int room = larger_room(p->entry_room);
        if (!grow((void **)&p->row, room, sizeof *p->row) ||
            !grow((void **)&p->column, room, sizeof *p->column) ||
            !grow((void **)&p->value, room, sizeof *p->value))
            return false;
        p->entry_room = room;
    }
    p->row[p->n_entries] = row;
    p->column[p->n_entries] = column;
    p->value[p->n_entries] = value;
    p->n_entries++;
    return true;
}

void mip_free(mip *p) {
    free(p->cost);
    free(p->upper);
    free(p->low);
    free(p->high);
    free(p->row);
    free(p->column);
    free(p->value);
    *p = (mip){0};
}
