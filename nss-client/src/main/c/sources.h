/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The files that answers come from. For an owner in the snapshot only the snapshot counts, for all
 * others the local rows.
 */
#ifndef CADASTRE_SOURCES_H
#define CADASTRE_SOURCES_H

#include "local.h"
#include "snapshot.h"

struct sources {
    enum id_type type;
    struct snapshot snapshot;
    struct file passwd;
    struct file local_rows; /* /etc/subuid or /etc/subgid */
};

enum standing {
    REGISTERED, /* the snapshot has the name or uid that was asked for */
    ECLIPSED,   /* the snapshot has the other one of name and uid, of another owner: no ranges */
    LOCAL,      /* the snapshot has neither */
};

struct holder {
    struct owner owner;
    enum standing standing;
    struct id_range registered; /* of the type asked for; count 0 unless REGISTERED */
};

/* Opens the files; false if the snapshot is unusable or the type is unknown. */
bool sources_open(struct sources *sources, enum id_type type);

/* Closes the files; to be called also if sources_open returned false. */
void sources_close(struct sources *sources);

/* Resolves a name or a uid, and looks it up in the snapshot. False if a file is unusable. */
bool sources_find_holder(const struct sources *sources, const char *text, struct holder *holder);

/* The file with local rows of a holder; an absent file if no row of this standing counts. */
const struct file *sources_local_rows(const struct sources *sources, enum standing standing);

/* Whether a local row of a holder with this standing counts. */
bool sources_row_counts(const struct sources *sources, const struct local_row *row,
                        enum standing standing);

#endif
