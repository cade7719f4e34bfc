#include "plaats.h"

#include <string.h>

void plaats_settings_default(plaats_settings *settings) {
    memset(settings, 0, sizeof *settings);
    settings->method = PLAATS_METHOD_AUTO;
    settings->time_limit = 60;
}
