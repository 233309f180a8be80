/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * A row of the snapshot, name:uid:allocation:start:count:start:count.
 */
#ifndef CADASTRE_ROW_H
#define CADASTRE_ROW_H

#include "id.h"
#include "name.h"

/* 256 + 10 + 36 + 4 * 10 bytes, six colons and the LF are 349. */
enum { ROW_MAX_BYTES = 384 };

struct row {
    char name[NAME_MAX_BYTES + 1];
    uint32_t uid;
    struct id_range uid_range;
    struct id_range gid_range;
};

/* Parses a line without its LF; false unless it is a row in canonical form with subordinate ranges.
 */
bool row_parse(const char *line, size_t length, struct row *row);

/* The range of the row in one of the two ID spaces. */
const struct id_range *row_range(const struct row *row, enum id_type type);

#endif
