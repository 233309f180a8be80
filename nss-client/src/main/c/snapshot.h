/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The plugin's file, /var/lib/cadastre/subid.map; docs/subid-map-format.md is its description.
 *
 * Every look-up bisects with pread(2): no mapping, since a file cut short under a mapping is a
 * SIGBUS in a setuid program, and no allocation. Whatever it looks at has to be well-formed, or the
 * look-up fails: that is what false means here. A row that is not there is true, and not found.
 */
#ifndef CADASTRE_SNAPSHOT_H
#define CADASTRE_SNAPSHOT_H

#include "file.h"
#include "row.h"

enum snapshot_index { BY_UID, BY_SUBUID, BY_SUBGID, INDEXES };

struct snapshot {
    struct file file;
    uint64_t rows;        /* offset of the first row */
    uint64_t rows_length; /* bytes, below 2^32 */
    uint64_t count;       /* rows, below 2^32 */
    uint64_t indexes[INDEXES];
    bool single_gid_grants;
};

/* Opens the file and checks its header; false also if there is no file at all. */
bool snapshot_open(struct snapshot *snapshot, const char *path);

/* Closes it; to be called whatever snapshot_open said. */
void snapshot_close(struct snapshot *snapshot);

/* The row of a name. */
bool snapshot_find_name(const struct snapshot *snapshot, const char *name, struct row *row,
                               bool *found);

/* The row of a uid. */
bool snapshot_find_uid(const struct snapshot *snapshot, uint32_t uid, struct row *row,
                              bool *found);

/* The row whose range holds the ID. */
bool snapshot_find_id(const struct snapshot *snapshot, enum id_type type, uint32_t id,
                             struct row *row, bool *found);

#endif
