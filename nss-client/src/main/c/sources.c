/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The files that answers come from. Tests build the plugin with other paths; they are fixed
 * otherwise.
 */
#include "sources.h"

#include <string.h>

#ifndef SNAPSHOT_PATH
#define SNAPSHOT_PATH "/var/lib/cadastre/subid.map"
#endif
#ifndef ETC
#define ETC "/etc/"
#endif

bool sources_open(struct sources *sources, enum id_type type)
{
    bool good = snapshot_open(&sources->snapshot, SNAPSHOT_PATH);

    sources->type = type;
    file_open(&sources->passwd, ETC "passwd");
    file_open(&sources->local_rows, type == SUBUID ? ETC "subuid" : ETC "subgid");
    return good && (type == SUBUID || type == SUBGID);
}

void sources_close(struct sources *sources)
{
    file_close(&sources->local_rows);
    file_close(&sources->passwd);
    snapshot_close(&sources->snapshot);
}

static bool find_by_name(const struct sources *sources, const char *name, struct row *row,
                         bool *found)
{
    *found = false;
    /* no owner in the registry has an invalid name, and one with ':' could match part of a row */
    return !name_is_good(name, strlen(name))
           || snapshot_find_name(&sources->snapshot, name, row, found);
}

/* Takes the other one of name and uid from /etc/passwd and looks whether the snapshot has it. */
static bool find_eclipse(const struct sources *sources, const char *text, bool by_uid,
                         struct holder *holder)
{
    struct row row;
    bool found = false;
    bool good = owner_resolve(&sources->passwd, text, &holder->owner);

    if (good && by_uid) {
        good = find_by_name(sources, holder->owner.name, &row, &found);
    } else if (good && holder->owner.has_uid) {
        good = snapshot_find_uid(&sources->snapshot, holder->owner.uid, &row, &found);
    }
    holder->standing = found ? ECLIPSED : LOCAL;
    return good;
}

bool sources_find_holder(const struct sources *sources, const char *text, struct holder *holder)
{
    uint32_t uid;
    struct row row;
    bool found;
    bool by_uid = id_parse(text, strlen(text), &uid);
    bool good = by_uid ? snapshot_find_uid(&sources->snapshot, uid, &row, &found)
                       : find_by_name(sources, text, &row, &found);

    holder->registered = (struct id_range){0, 0};
    if (good && found) {
        memcpy(holder->owner.name, row.name, strlen(row.name) + 1);
        holder->owner.has_uid = true;
        holder->owner.uid = row.uid;
        holder->standing = REGISTERED;
        holder->registered = *row_range(&row, sources->type);
    } else if (good) {
        good = find_eclipse(sources, text, by_uid, holder);
    }
    return good;
}

static bool allows_grants(const struct sources *sources)
{
    return sources->snapshot.single_gid_grants && sources->type == SUBGID;
}

const struct file *sources_local_rows(const struct sources *sources, enum standing standing)
{
    static const struct file none = {.state = FILE_ABSENT};
    bool any = standing == LOCAL || (standing == REGISTERED && allows_grants(sources));

    return any ? &sources->local_rows : &none;
}

bool sources_row_counts(const struct sources *sources, const struct local_row *row,
                        enum standing standing)
{
    bool granted = allows_grants(sources) && local_row_is_single_grant(row);
    bool ranged = range_is_subordinate(row->range.start, row->range.count);

    return (standing == LOCAL && (ranged || granted)) || (standing == REGISTERED && granted);
}
