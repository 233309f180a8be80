/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * libsubid_cadastre.so: the four functions that libsubid looks up. They run in setuid newuidmap and
 * in every program that links libsubid: no state, no output, no network, no name service.
 */
#include "sources.h"

#include <stdlib.h>
#include <unistd.h>

/* Enough for any answer: the kernel maps at most 340 ranges. */
enum { ANSWERS = 4096 };

/* Finds the next local row that counts for this holder. */
static bool next_row(const struct sources *sources, const struct holder *holder,
                     struct lines *lines, struct local_row *row, bool *found)
{
    bool good;

    do {
        good = local_row_next(lines, row, found);
    } while (good && *found
             && !(local_row_is_of(row, &holder->owner)
                  && sources_row_counts(sources, row, holder->standing)));
    return good;
}

/*
 * newuidmap has looked up the caller by name, so the name is right. But another account may have
 * had this name when the snapshot or the row was made. If the uid is known, it must be the
 * caller's.
 */
static bool is_caller(const struct holder *holder)
{
    uid_t caller = getuid();

    return caller == 0 || !holder->owner.has_uid || holder->owner.uid == caller;
}

/* Advances "reached" to the end of the range if the range contains it. */
static bool advance(const struct id_range *range, unsigned long *reached)
{
    bool holds = range_contains(range, *reached);

    if (holds) {
        *reached = range->start + range->count;
    }
    return holds;
}

/*
 * Whether the ranges of the holder together cover this one. Rows may be in any order: each pass
 * advances "reached" as far as the rows allow.
 */
static bool ranges_cover(const struct sources *sources, const struct holder *holder,
                         const struct id_range *range, bool *covered)
{
    unsigned long reached = range->start;
    unsigned long end = range->start + range->count;
    bool good = true;
    bool moved = true;

    while (good && moved && reached < end) {
        struct lines lines;
        struct local_row row;
        bool found = true;

        moved = advance(&holder->registered, &reached);
        lines_begin(&lines, sources_local_rows(sources, holder->standing));
        while (good && found && reached < end) {
            good = next_row(sources, holder, &lines, &row, &found);
            moved = (good && found && advance(&row.range, &reached)) || moved;
        }
    }
    *covered = good && reached >= end;
    return good;
}

enum status shadow_subid_has_range(const char *owner, unsigned long start, unsigned long count,
                                   enum id_type type, bool *result)
{
    struct id_range range = {start, count};
    struct sources sources;
    struct holder holder;
    bool good = sources_open(&sources, type) && sources_find_holder(&sources, owner, &holder);

    *result = false;
    if (good && is_caller(&holder) && start <= MAX_ID && count >= 1
        && count <= MAX_ID - start + 1) {
        good = ranges_cover(&sources, &holder, &range, result);
    }
    sources_close(&sources);
    return good ? STATUS_OK : STATUS_ERROR;
}

enum status shadow_subid_list_owner_ranges(const char *owner, enum id_type type,
                                           struct id_range **ranges, int *count)
{
    struct id_range *list = calloc(ANSWERS, sizeof *list);
    int listed = 0;
    struct sources sources;
    struct holder holder;
    bool good = sources_open(&sources, type) && list != NULL
                && sources_find_holder(&sources, owner, &holder);

    if (good) {
        struct lines lines;
        struct local_row row;
        bool found = true;

        if (holder.standing == REGISTERED) {
            list[listed++] = holder.registered;
        }
        lines_begin(&lines, sources_local_rows(&sources, holder.standing));
        while (good && found) {
            good = next_row(&sources, &holder, &lines, &row, &found)
                   && (!found || listed < ANSWERS);
            if (good && found) {
                list[listed++] = row.range;
            }
        }
    }
    if (!good || listed == 0) {
        free(list);
        list = NULL;
        listed = 0;
    }
    *ranges = list;
    *count = listed;
    sources_close(&sources);
    return good ? STATUS_OK : STATUS_ERROR;
}

/* Adds a uid unless it is in the list; false if the list is full. */
static bool add_uid(uid_t *uids, int *count, uid_t uid)
{
    int at = 0;

    while (at < *count && uids[at] != uid) {
        at++;
    }
    if (at == *count && at < ANSWERS) {
        uids[(*count)++] = uid;
    }
    return at < ANSWERS;
}

static bool add_local_owners(const struct sources *sources, unsigned long id, uid_t *uids,
                             int *count)
{
    struct lines lines;
    struct local_row row;
    bool found = true;
    bool good = true;

    lines_begin(&lines, &sources->local_rows);
    while ((good = good && local_row_next(&lines, &row, &found)) && found) {
        if (range_contains(&row.range, id)) {
            struct holder holder;

            good = sources_find_holder(sources, row.owner, &holder);
            if (good && sources_row_counts(sources, &row, holder.standing)
                && holder.owner.has_uid) {
                good = add_uid(uids, count, holder.owner.uid);
            }
        }
    }
    return good;
}

enum status shadow_subid_find_subid_owners(unsigned long id, enum id_type type, uid_t **uids,
                                           int *count)
{
    uid_t *list = calloc(ANSWERS, sizeof *list);
    int listed = 0;
    struct sources sources;
    struct row row;
    bool found = false;
    bool good = sources_open(&sources, type) && list != NULL;

    if (good && id <= MAX_ID) {
        good = snapshot_find_id(&sources.snapshot, type, (uint32_t)id, &row, &found);
        if (found) {
            list[listed++] = row.uid;
        }
        good = good && add_local_owners(&sources, id, list, &listed);
    }
    if (!good || listed == 0) {
        free(list);
        list = NULL;
        listed = 0;
    }
    *uids = list;
    *count = listed;
    sources_close(&sources);
    return good ? STATUS_OK : STATUS_ERROR;
}

void shadow_subid_free(void *pointer)
{
    free(pointer);
}
