/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The local accounts and rows of this host.
 */
#include "local.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* systemd's UIDS-GIDS: system groups are below 1000; 65534 and 65535 are nobody and (uint16)-1. */
enum { FIRST_PROJECT_GID = 1000, LAST_16_BIT_GID = 65533 };

/* The next field of *rest, ended by NUL; advances *rest. NULL after the last field. */
static char *next_field(char **rest)
{
    char *field = *rest;

    if (field != NULL) {
        char *colon = strchr(field, ':');

        *rest = colon == NULL ? NULL : colon + 1;
        if (colon != NULL) {
            *colon = '\0';
        }
    }
    return field;
}

/* passwd(5): name:password:uid:... */
static bool parse_account(char *line, const char **name, uint32_t *uid)
{
    char *rest = line;
    char *number;

    *name = next_field(&rest);
    next_field(&rest);
    number = next_field(&rest);
    return **name != '\0' && number != NULL && id_parse(number, strlen(number), uid);
}

bool owner_resolve(const struct file *passwd, const char *text, struct owner *owner)
{
    size_t length = strlen(text);
    bool by_uid = id_parse(text, length, &owner->uid);
    bool found = length > LINE_MAX_BYTES; /* no account has such a name */
    bool good = true;
    struct lines lines;
    char *line;

    owner->has_uid = by_uid;
    owner->name[0] = '\0';
    if (!by_uid && !found) {
        memcpy(owner->name, text, length + 1);
    }
    lines_begin(&lines, passwd);
    while (!found && (good = lines_next(&lines, &line)) && line != NULL) {
        const char *name;
        uint32_t uid;

        found = parse_account(line, &name, &uid)
                && (by_uid ? uid == owner->uid : strcmp(name, owner->name) == 0);
        if (found) {
            owner->has_uid = true;
            owner->uid = uid;
            memcpy(owner->name, name, strlen(name) + 1);
        }
    }
    return good;
}

bool local_row_is_of(const struct local_row *row, const struct owner *owner)
{
    uint32_t uid;
    bool by_uid = id_parse(row->owner, strlen(row->owner), &uid);

    return by_uid ? owner->has_uid && owner->uid == uid : strcmp(row->owner, owner->name) == 0;
}

/* Parses a number as shadow does: strtoul(3) with base 0, over the whole field. */
static bool parse_number(const char *text, unsigned long *number)
{
    char *end = NULL;
    int saved = errno;
    bool good;

    errno = 0;
    *number = text == NULL ? 0 : strtoul(text, &end, 0);
    good = end != NULL && end != text && *end == '\0' && errno == 0;
    errno = saved;
    return good;
}

static bool parse_row(char *line, struct local_row *row)
{
    char *rest = line;
    const char *owner = next_field(&rest);
    unsigned long start, count;
    bool good = *owner != '\0' && parse_number(next_field(&rest), &start)
                && parse_number(next_field(&rest), &count) && start <= MAX_ID && count > 0;

    if (good) {
        unsigned long room = MAX_ID - start + 1; /* IDs beyond MAX_ID do not exist */

        memcpy(row->owner, owner, strlen(owner) + 1);
        row->range = (struct id_range){start, count < room ? count : room};
    }
    return good;
}

bool local_row_next(struct lines *lines, struct local_row *row, bool *found)
{
    bool good = true;
    char *line = NULL;

    *found = false;
    while (!*found && (good = lines_next(lines, &line)) && line != NULL) {
        *found = parse_row(line, row);
    }
    return good;
}

bool local_row_is_single_grant(const struct local_row *row)
{
    unsigned long gid = row->range.start;

    return row->range.count == 1
           && ((gid >= FIRST_PROJECT_GID && gid <= LAST_16_BIT_GID) || gid >= FIRST_SUBORDINATE_ID);
}
