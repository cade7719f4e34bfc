/* plaats_instance_review: the review as a text for planners, or as JSON. */
#include "plan/review.h"

#include "plan/write_parts.h"
#include "text/message.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#define NOWHERE_SHOWN 20 /* in the text; the JSON has all */
#define NOTES_SHOWN 20   /* of a kind, likewise */
#define RULES_SHOWN 5    /* per tag, likewise */

/* ---- Text -------------------------------------------------------------------------------- */

static void say_head(buffer *b, const plaats_instance *in) {
    char first[WEEK_TEXT_SIZE], last[WEEK_TEXT_SIZE];
    week_format(in->first, first);
    week_format(in->first + in->weeks - 1, last);
    buffer_format(b, "%d %s in %d household%s, %d site%s, week %s", in->n_people,
                  in->n_people == 1 ? "person" : "people", in->n_households,
                  plural(in->n_households), in->n_sites, plural(in->n_sites), first);
    if (in->weeks > 1) buffer_format(b, " to %s", last);
    buffer_text(b, "\n");
}

static void say_group(buffer *b, const group_beds *g) {
    int64_t spare = g->beds - g->people;
    bool is_tag = g->tag != NULL;
    message_format(b, "  %" PRId64 " %s '%s', %" PRId64 " bed%s %s: %" PRId64 " %s\n", g->people,
                   is_tag ? "with tag" : "in need of", is_tag ? g->tag : g->need, g->beds,
                   plural(g->beds), is_tag ? "open to them" : "with a place for that",
                   spare < 0 ? -spare : spare, spare < 0 ? "short" : "to spare");
}

static bool some_group_is_short(const week_beds *beds) {
    for (int i = 0; i < beds->n_groups; i++)
        if (beds->groups[i].people > beds->groups[i].beds) return true;
    return false;
}

static void say_beds(buffer *b, const review *r) {
    char week_text[WEEK_TEXT_SIZE];
    for (int t = 0; t < r->instance->weeks; t++) {
        const week_beds *beds = &r->beds[t];
        int64_t spare = beds->usable_beds - beds->people;
        week_format(r->instance->first + t, week_text);
        buffer_format(
            b, "%s: %" PRId64 " %s a bed, %" PRId64 " usable at open sites: %" PRId64 " %s%s\n",
            week_text, beds->people, beds->people == 1 ? "person needs" : "people need",
            beds->usable_beds, spare < 0 ? -spare : spare, spare < 0 ? "short" : "to spare",
            spare >= 0 && some_group_is_short(beds) ? ", but not for all of them" : "");
        for (int i = 0; i < beds->n_groups; i++) say_group(b, &beds->groups[i]);
    }
}

static void say_reason(buffer *b, const told_reason *reason) {
    buffer_text(b, reason->code);
    if (reason->what != NULL) message_format(b, " '%s'", reason->what);
    buffer_format(b, " at %d site%s", reason->sites, plural(reason->sites));
    if (reason->because != NULL) message_format(b, " (%s)", reason->because);
}

static void say_nowhere(buffer *b, const review *r) {
    const plaats_instance *in = r->instance;
    if (r->n_nowhere == 0) return;
    buffer_format(b, "\n%d household%s nowhere, even in an empty country:\n", r->n_nowhere,
                  r->n_nowhere == 1 ? " fits" : "s fit");
    for (int i = 0; i < r->n_nowhere && i < NOWHERE_SHOWN; i++) {
        const misplaced *m = &r->nowhere[i];
        const household *h = &in->households[m->household];
        message_format(b, "  '%s', %d %s: ", h->id, h->people.n,
                       h->people.n == 1 ? "person" : "people");
        for (int k = 0; k < m->reasons.n; k++) {
            if (k > 0) buffer_text(b, ", ");
            say_reason(b, &m->reasons.at[k].told);
        }
        buffer_text(b, m->reasons.n == 0 ? "there are no sites\n" : "\n");
    }
    if (r->n_nowhere > NOWHERE_SHOWN)
        buffer_format(b, "  and %d more\n", r->n_nowhere - NOWHERE_SHOWN);
}

static void say_notes(buffer *b, const review *r) {
    int said[NOTE_KINDS] = {0};
    if (r->notes.n == 0) return;
    buffer_text(b, "\nnotes:\n");
    for (int i = 0; i < r->notes.n; i++) {
        const note *n = &r->notes.at[i];
        if (said[n->kind]++ >= NOTES_SHOWN) continue;
        const char *between = n->pointer[0] != '\0' ? ": " : "";
        message_format(b, "  %s%s%s\n", n->pointer, between, n->message);
    }
    for (int k = 0; k < NOTE_KINDS; k++)
        if (said[k] > NOTES_SHOWN)
            buffer_format(b, "  and %d more like those of '%s'\n", said[k] - NOTES_SHOWN,
                          note_code(k));
}

/* Persons or sites only where some carry it, or some rule asks them for it. */
static void say_carriers(buffer *b, const tag_use *use) {
    message_format(b, "  '%s'", use->tag);
    if (use->persons > 0 || use->asks_persons)
        buffer_format(b, ", %" PRId64 " %s", use->persons, use->persons == 1 ? "person" : "people");
    if (use->sites > 0 || use->asks_sites)
        buffer_format(b, ", %" PRId64 " site%s", use->sites, plural(use->sites));
    buffer_text(b, ": ");
}

static void say_tags(buffer *b, const review *r) {
    if (r->instance->n_tags == 0) return;
    buffer_text(b, "\ntags, and the rules that use them:\n");
    for (int i = 0; i < r->instance->n_tags; i++) {
        const tag_use *use = &r->tags[i];
        int n = use->used_by.n;
        say_carriers(b, use);
        for (int k = 0; k < n && k < RULES_SHOWN; k++)
            message_format(b, "%s%s", k > 0 ? "; " : "", use->used_by.at[k]);
        if (n > RULES_SHOWN) buffer_format(b, "; and %d more", n - RULES_SHOWN);
        buffer_text(b, n == 0 ? "no rule\n" : "\n");
    }
}

static void write_text(buffer *b, const review *r) {
    say_head(b, r->instance);
    say_beds(b, r);
    say_nowhere(b, r);
    say_notes(b, r);
    say_tags(b, r);
}

/* ---- JSON -------------------------------------------------------------------------------- */

static void put_groups(json_out *o, const week_beds *beds) {
    json_out_array(o, "groups");
    for (int i = 0; i < beds->n_groups; i++) {
        const group_beds *g = &beds->groups[i];
        json_out_object_row(o, NULL);
        json_out_string(o, g->tag != NULL ? "tag" : "need", g->tag != NULL ? g->tag : g->need);
        json_out_integer(o, "people", g->people);
        json_out_integer(o, "beds", g->beds);
        json_out_end(o);
    }
    json_out_end(o);
}

static void put_beds(json_out *o, const review *r) {
    json_out_array(o, "beds");
    for (int t = 0; t < r->instance->weeks; t++) {
        json_out_object_row(o, NULL);
        write_week(o, "week", r->instance->first + t);
        json_out_integer(o, "people", r->beds[t].people);
        json_out_integer(o, "usable_beds", r->beds[t].usable_beds);
        put_groups(o, &r->beds[t]);
        json_out_end(o);
    }
    json_out_end(o);
}

static void put_texts(json_out *o, const char *key, const texts *t) {
    json_out_array(o, key);
    for (int i = 0; i < t->n; i++) json_out_string(o, NULL, t->at[i]);
    json_out_end(o);
}

static void put_notes(json_out *o, const note_list *notes) {
    json_out_array(o, "notes");
    for (int i = 0; i < notes->n; i++) {
        json_out_object_row(o, NULL);
        json_out_string(o, "code", note_code(notes->at[i].kind));
        json_out_string(o, "pointer", notes->at[i].pointer);
        json_out_string(o, "message", notes->at[i].message);
        json_out_end(o);
    }
    json_out_end(o);
}

static void put_nowhere(json_out *o, const review *r) {
    json_out_array(o, "nowhere");
    for (int i = 0; i < r->n_nowhere; i++) {
        json_out_object_row(o, NULL);
        json_out_string(o, "household", r->instance->households[r->nowhere[i].household].id);
        write_reasons(o, &r->nowhere[i].reasons);
        json_out_end(o);
    }
    json_out_end(o);
}

static void put_tags(json_out *o, const review *r) {
    json_out_array(o, "tags");
    for (int i = 0; i < r->instance->n_tags; i++) {
        json_out_object_row(o, NULL);
        json_out_string(o, "tag", r->tags[i].tag);
        json_out_integer(o, "persons", r->tags[i].persons);
        json_out_integer(o, "sites", r->tags[i].sites);
        put_texts(o, "used_by", &r->tags[i].used_by);
        json_out_end(o);
    }
    json_out_end(o);
}

static void write_json(buffer *b, const review *r) {
    json_out o = {.to = b};
    const plaats_instance *in = r->instance;
    json_out_object(&o, NULL);
    json_out_string(&o, "format", "plaats.review/1");
    json_out_string(&o, "instance_sha256", in->sha256);
    json_out_bool(&o, "sound", true);
    json_out_integer(&o, "people", in->n_people);
    json_out_integer(&o, "households", in->n_households);
    json_out_integer(&o, "sites", in->n_sites);
    write_week(&o, "week", in->first);
    json_out_integer(&o, "weeks", in->weeks);
    put_beds(&o, r);
    put_nowhere(&o, r);
    put_notes(&o, &r->notes);
    put_tags(&o, r);
    json_out_end(&o);
}

plaats_status review_instance(const plaats_instance *instance, plaats_form form,
                              plaats_write_fn write, void *context, plaats_error *error) {
    assert(instance != NULL && write != NULL);
    plaats_status st = PLAATS_OK;
    review r = {0};
    buffer text = {0};
    TRY(review_make(instance, &r, error));
    if (form == PLAATS_JSON)
        write_json(&text, &r);
    else
        write_text(&text, &r);
    if (text.failed) TRY(fail_memory(error));
    if (write(context, text.bytes, text.size) != 0)
        TRY(fail(error, PLAATS_IO, "could not write the review"));
done:
    buffer_free(&text);
    review_free(&r);
    return st;
}
