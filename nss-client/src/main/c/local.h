/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * What this host itself says: /etc/passwd, /etc/subuid and /etc/subgid. They are parsed here and
 * not by getpwnam(3): a look-up that asks NSS asks the network.
 */
#ifndef CADASTRE_LOCAL_H
#define CADASTRE_LOCAL_H

#include "id.h"
#include "lines.h"

/* An owner as look-ups name him, by login name or by uid, with what /etc/passwd adds to that. */
struct owner {
    char name[LINE_MAX_BYTES + 1]; /* empty if only the uid is known */
    bool has_uid;
    uint32_t uid;
};

/* A row of subuid(5). */
struct local_row {
    char owner[LINE_MAX_BYTES + 1];
    struct id_range range;
};

/* Who is meant by a login name or by a uid in decimal. False if /etc/passwd cannot be read. */
bool owner_resolve(const struct file *passwd, const char *text, struct owner *owner);

/* Whether the row's first field names the owner. */
bool local_row_is_of(const struct local_row *row, const struct owner *owner);

/* The next row; found is false after the last. Lines that are no rows are passed over. */
bool local_row_next(struct lines *lines, struct local_row *row, bool *found);

/* Whether the row grants a single project GID: a count of 1, nothing of the system's. */
bool local_row_is_single_grant(const struct local_row *row);

#endif
