/* No example, but a test: a program may call its own functions what the library calls some inside.
 */
#include <plaats.h>
#include <stdio.h>
#include <string.h>

int vector_least(int a, int b);
int buffer_add(int a, int b);
int fail(int number);
void *zero_alloc(void);
int run_over, hash_sha256;

int vector_least(int a, int b) {
    return a < b ? a : b;
}

int buffer_add(int a, int b) {
    return a + b;
}

int fail(int number) {
    return -number;
}

void *zero_alloc(void) {
    return NULL;
}

int main(void) {
    static const char week[] =
        "{\"format\": \"plaats.instance/1\", \"week\": \"2023-W06\","
        " \"sites\": [{\"id\": \"s\", \"beds\": 1}], \"people\": [{\"id\": \"p\", \"age\": 30}]}";
    plaats_instance *instance = NULL;
    plaats_plan *plan = NULL;
    plaats_settings settings;
    plaats_error error = {0};
    plaats_settings_default(&settings);
    if (plaats_instance_read(week, strlen(week), NULL, NULL, &instance, &error) != PLAATS_OK ||
        plaats_solve(instance, &settings, &plan, &error) != PLAATS_OK)
        printf("%s\n", error.message);
    else
        printf("a plan of %s bytes\n", plaats_plan_size(plan) > 100 ? "many" : "few");
    printf("%d\n", vector_least(3, 2) + buffer_add(1, 1) + fail(1) + (zero_alloc() == NULL));
    plaats_plan_free(plan);
    plaats_instance_free(instance);
    return 0;
}
