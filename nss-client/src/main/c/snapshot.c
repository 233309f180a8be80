/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The plugin's file: reads its header and bisects its rows and indexes.
 */
#include "snapshot.h"

#include <string.h>

enum { HEADER = 96, ENTRY = 8, VERSION = 1, SINGLE_GID_GRANTS = 1 };

/* A part of this size is scanned row by row: halving it could miss the last row. */
enum { SCANNED = 2 * ROW_MAX_BYTES };

/* A line of the file; offsets count from the first row. */
struct line {
    uint64_t begin;
    uint64_t end; /* after its LF */
    struct row row;
};

static uint64_t big_endian(const unsigned char *bytes, size_t length)
{
    uint64_t value = 0;

    for (size_t i = 0; i < length; i++) {
        value = value << 8 | bytes[i];
    }
    return value;
}

static bool is_line_feed(const struct snapshot *snapshot, uint64_t offset)
{
    char byte;

    return file_read(&snapshot->file, &byte, 1, offset) && byte == '\n';
}

/* The offset and the number of the rows determine all other values of the header. */
static bool read_header(struct snapshot *snapshot)
{
    unsigned char bytes[HEADER];
    uint64_t size = snapshot->file.size;
    bool good = file_read(&snapshot->file, bytes, HEADER, 0) && memcmp(bytes, "CADASTRE", 8) == 0
                && big_endian(bytes + 8, 4) == VERSION
                && (big_endian(bytes + 12, 4) & ~(uint64_t)SINGLE_GID_GRANTS) == 0
                && big_endian(bytes + 16, 8) == size;

    if (good) {
        snapshot->single_gid_grants = big_endian(bytes + 12, 4) == SINGLE_GID_GRANTS;
        snapshot->rows = big_endian(bytes + 48, 8);
        snapshot->rows_length = big_endian(bytes + 56, 8);
        snapshot->count = big_endian(bytes + 64, 8);
        good = snapshot->rows > HEADER && snapshot->rows <= size
               && snapshot->rows_length <= UINT32_MAX && snapshot->count <= UINT32_MAX
               && (snapshot->rows_length == 0) == (snapshot->count == 0);
    }
    if (good) {
        uint64_t end = snapshot->rows + snapshot->rows_length;

        for (int i = 0; i < INDEXES; i++) {
            snapshot->indexes[i] = end;
            good = good && big_endian(bytes + 72 + 8 * i, 8) == end;
            end += ENTRY * snapshot->count;
        }
        good = good && end == size && is_line_feed(snapshot, snapshot->rows - 1)
               && is_line_feed(snapshot, snapshot->rows + snapshot->rows_length - 1);
    }
    return good;
}

bool snapshot_open(struct snapshot *snapshot, const char *path)
{
    file_open(&snapshot->file, path);
    return snapshot->file.state == FILE_OPEN && read_header(snapshot);
}

void snapshot_close(struct snapshot *snapshot)
{
    file_close(&snapshot->file);
}

/* Reads the first line at or after an offset; false if there is none or it is not a row. */
static bool read_line(const struct snapshot *snapshot, uint64_t from, struct line *line)
{
    char window[2 * ROW_MAX_BYTES];
    uint64_t left = snapshot->rows_length - from;
    /* begins one byte before: an LF there, which the header ends with, means a line begins here */
    size_t length = left + 1 < sizeof window ? (size_t)left + 1 : sizeof window;
    bool good = file_read(&snapshot->file, window, length, snapshot->rows + from - 1);
    const char *before = good ? memchr(window, '\n', length) : NULL;
    const char *after = NULL;

    if (before != NULL) {
        after = memchr(before + 1, '\n', length - (size_t)(before + 1 - window));
    }
    good = after != NULL && row_parse(before + 1, (size_t)(after - before - 1), &line->row);
    if (good) {
        line->begin = from + (uint64_t)(before - window);
        line->end = from + (uint64_t)(after - window);
    }
    return good;
}

/* The order of the lines, in which ':' ends a name: "a-b" comes before "a". */
static int compare_names(const char *a, const char *b)
{
    size_t i = 0;

    while (a[i] == b[i] && a[i] != '\0') {
        i++;
    }
    return (a[i] == '\0' ? ':' : (unsigned char)a[i]) - (b[i] == '\0' ? ':' : (unsigned char)b[i]);
}

bool snapshot_find_name(const struct snapshot *snapshot, const char *name, struct row *row,
                        bool *found)
{
    struct line line;
    uint64_t low = 0;                      /* a line begins here; lines before are below */
    uint64_t high = snapshot->rows_length; /* lines that begin here or later are above */
    bool good = true;

    *found = false;
    while (good && !*found && low < high) {
        uint64_t middle = high - low > SCANNED ? low + (high - low) / 2 : low;

        good = read_line(snapshot, middle, &line);
        if (good) {
            int order = compare_names(line.row.name, name);

            *found = order == 0;
            if (order < 0) {
                low = line.end;
            } else {
                high = middle;
            }
        }
    }
    if (*found) {
        *row = line.row;
    }
    return good;
}

static bool read_entry(const struct snapshot *snapshot, enum snapshot_index index, uint64_t number,
                       uint32_t *key, uint32_t *offset)
{
    unsigned char bytes[ENTRY];
    bool good = file_read(&snapshot->file, bytes, ENTRY, snapshot->indexes[index] + ENTRY * number);

    if (good) {
        *key = (uint32_t)big_endian(bytes, 4);
        *offset = (uint32_t)big_endian(bytes + 4, 4);
    }
    return good;
}

static unsigned long key_of(const struct row *row, enum snapshot_index index)
{
    unsigned long key = row->uid;

    if (index != BY_UID) {
        key = row_range(row, index == BY_SUBUID ? SUBUID : SUBGID)->start;
    }
    return key;
}

/* Finds the row of the last entry with a key up to the wanted one. */
static bool find_last(const struct snapshot *snapshot, enum snapshot_index index, uint32_t wanted,
                      struct row *row, bool *found)
{
    uint64_t low = 0; /* entries before are not above wanted */
    uint64_t high = snapshot->count;
    uint32_t key = 0, offset = 0; /* of the last entry before low */
    bool good = true;

    while (good && low < high) {
        uint64_t middle = low + (high - low) / 2;
        uint32_t middle_key, middle_offset;

        good = read_entry(snapshot, index, middle, &middle_key, &middle_offset);
        if (good && middle_key <= wanted) {
            low = middle + 1;
            key = middle_key;
            offset = middle_offset;
        } else {
            high = middle;
        }
    }
    *found = good && low > 0;
    if (*found) {
        struct line line;

        good = offset < snapshot->rows_length && read_line(snapshot, offset, &line)
               && line.begin == offset && key_of(&line.row, index) == key;
        *found = good;
        if (good) {
            *row = line.row;
        }
    }
    return good;
}

bool snapshot_find_uid(const struct snapshot *snapshot, uint32_t uid, struct row *row, bool *found)
{
    bool good = find_last(snapshot, BY_UID, uid, row, found);

    *found = *found && row->uid == uid;
    return good;
}

bool snapshot_find_id(const struct snapshot *snapshot, enum id_type type, uint32_t id,
                      struct row *row, bool *found)
{
    enum snapshot_index index = type == SUBUID ? BY_SUBUID : BY_SUBGID;
    bool good = find_last(snapshot, index, id, row, found);

    *found = *found && range_contains(row_range(row, type), id);
    return good;
}
