/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The plugin's file, /var/lib/cadastre/subid.map, in the format of docs/subid-map-format.md.
 *
 * Each look-up bisects with pread(2) and allocates nothing. It maps nothing: a mapped file that is
 * truncated raises SIGBUS in a setuid program. Look-ups return false if the file is unreadable, or
 * if a part that they visit is malformed. If there is no such row, they return true and found is
 * false.
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

/* Opens the file and checks its header; false also if there is no file. */
bool snapshot_open(struct snapshot *snapshot, const char *path);

/* Closes the file; to be called also if snapshot_open returned false. */
void snapshot_close(struct snapshot *snapshot);

/* Finds the row of a name. */
bool snapshot_find_name(const struct snapshot *snapshot, const char *name, struct row *row,
                        bool *found);

/* Finds the row of a uid. */
bool snapshot_find_uid(const struct snapshot *snapshot, uint32_t uid, struct row *row, bool *found);

/* Finds the row with a range that contains the ID. */
bool snapshot_find_id(const struct snapshot *snapshot, enum id_type type, uint32_t id,
                      struct row *row, bool *found);

#endif
