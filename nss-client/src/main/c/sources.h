/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * Where answers come from, and which of the sources counts for whom: for an owner whom the snapshot
 * knows, the snapshot alone; for all others, the local rows.
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
    REGISTERED, /* the snapshot has the owner as he was named */
    ECLIPSED,   /* his uid or his name stands in the snapshot as somebody else's: he has nothing */
    LOCAL,      /* the snapshot does not know him */
};

struct holder {
    struct owner owner;
    enum standing standing;
    struct id_range registered; /* of the type asked for; count 0 unless he is REGISTERED */
};

/* Opens all of them; false if the snapshot is unusable or the type unknown. */
bool sources_open(struct sources *sources, enum id_type type);

/* Closes them; to be called whatever sources_open said. */
void sources_close(struct sources *sources);

/* Who is meant by a name or a uid, and what the snapshot says of him. */
bool sources_find_holder(const struct sources *sources, const char *text, struct holder *holder);

/* The file to look for a holder's local rows in; none if no row of this standing could count. */
const struct file *sources_local_rows(const struct sources *sources, enum standing standing);

/* Whether a local row, of a holder of this standing, counts. */
bool sources_row_counts(const struct sources *sources, const struct local_row *row,
                        enum standing standing);

#endif
