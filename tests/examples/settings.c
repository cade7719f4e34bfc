/* Lists what can be set by name, as a program does that takes settings from elsewhere. */
#include <plaats.h>
#include <stdio.h>

int main(void) {
    const plaats_setting *s;
    for (size_t i = 0; (s = plaats_setting_at(i)) != NULL; i++) {
        if (s->type == PLAATS_SETTING_CHOICE)
            printf("%s = %s: %s", s->name, s->standard, s->words);
        else
            printf("%s = %s: %s from %g to %g", s->name, s->standard,
                   s->type == PLAATS_SETTING_INTEGER ? "integer" : "number", s->low, s->high);
        if (*s->unit != '\0') printf(" %s", s->unit);
        if (s->nothing != NULL) printf(", 0: %s", s->nothing);
        printf("\n  %s\n", s->help);
    }
    return 0;
}
