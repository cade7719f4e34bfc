#include "base/utf8.h"
#include "plaats.h"

#include <string.h>

size_t plaats_show(const char *text, char *out, size_t room) {
    size_t left = strlen(text), size = 0, filled = 0;
    while (left > 0) {
        char shown[UTF8_SHOWN_BYTES];
        size_t read, n = utf8_show(text, left, shown, &read);
        /* Nothing comes behind what did not fit. */
        if (filled == size && size + n < room) {
            memcpy(out + size, shown, n);
            filled += n;
        }
        size += n;
        text += read;
        left -= read;
    }
    if (room > 0) out[filled] = '\0';
    return size;
}
