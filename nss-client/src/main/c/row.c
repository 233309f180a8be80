/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * A row of the snapshot.
 */
#include "row.h"

#include <string.h>

enum { FIELDS = 7, UUID_LENGTH = 36 };

struct field {
    const char *text;
    size_t length;
};

/* Splits a line; false unless it has exactly the fields of a row. */
static bool split(const char *line, size_t length, struct field fields[FIELDS])
{
    size_t found = 0;
    size_t begin = 0;

    for (size_t i = 0; i <= length && found <= FIELDS; i++) {
        if (i == length || line[i] == ':') {
            if (found < FIELDS) {
                fields[found] = (struct field){line + begin, i - begin};
            }
            found++;
            begin = i + 1;
        }
    }
    return found == FIELDS;
}

static bool is_uuid(struct field field)
{
    bool good = field.length == UUID_LENGTH;

    for (size_t i = 0; good && i < UUID_LENGTH; i++) {
        bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        char c = field.text[i];

        good = hyphen ? c == '-' : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
    return good;
}

static bool parse_range(const struct field fields[2], struct id_range *range)
{
    uint32_t start;
    uint32_t count;
    bool good = id_parse(fields[0].text, fields[0].length, &start)
                && id_parse(fields[1].text, fields[1].length, &count)
                && range_is_subordinate(start, count);

    if (good) {
        *range = (struct id_range){start, count};
    }
    return good;
}

bool row_parse(const char *line, size_t length, struct row *row)
{
    struct field fields[FIELDS];
    bool good = length < ROW_MAX_BYTES && split(line, length, fields)
                && name_is_good(fields[0].text, fields[0].length)
                && id_parse(fields[1].text, fields[1].length, &row->uid) && row->uid != 0
                && row->uid != NOBODY && is_uuid(fields[2])
                && parse_range(fields + 3, &row->uid_range)
                && parse_range(fields + 5, &row->gid_range);

    if (good) {
        memcpy(row->name, fields[0].text, fields[0].length);
        row->name[fields[0].length] = '\0';
    }
    return good;
}

const struct id_range *row_range(const struct row *row, enum id_type type)
{
    return type == SUBUID ? &row->uid_range : &row->gid_range;
}
