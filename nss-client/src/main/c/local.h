/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The local accounts and rows of this host: /etc/passwd, /etc/subuid and /etc/subgid. They are
 * parsed here, since getpwnam(3) asks NSS and NSS may ask the network.
 */
#ifndef CADASTRE_LOCAL_H
#define CADASTRE_LOCAL_H

#include "id.h"
#include "lines.h"

/* An owner as a look-up names it, by login name or by uid, with the other one from /etc/passwd. */
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

/* Resolves a login name or a uid in decimal. False if /etc/passwd cannot be read. */
bool owner_resolve(const struct file *passwd, const char *text, struct owner *owner);

/* Whether the first field of the row names the owner. */
bool local_row_is_of(const struct local_row *row, const struct owner *owner);

/* The next row; found is false after the last row. Lines that are not rows are skipped. */
bool local_row_next(struct lines *lines, struct local_row *row, bool *found);

/* Whether the row grants a single project GID: a count of 1, and not a GID of the system. */
bool local_row_is_single_grant(const struct local_row *row);

#endif
