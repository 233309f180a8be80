/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The reference writer of docs/subid-map-format.md, for tests and benchmarks: reads a snapshot from
 * standard input and writes its subid.map to standard output. --grants sets the flag. It does not
 * check the order or the digests of the snapshot; with --unchecked it also accepts malformed rows.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEADER = 96, KEYS = 3 };

struct entry {
    uint32_t key;
    uint32_t row;
};

static void fail(const char *why)
{
    fprintf(stderr, "write_map: %s\n", why);
    exit(1);
}

static char *read_all(size_t *size)
{
    size_t room = 1 << 20;
    char *bytes = malloc(room);

    *size = 0;
    for (;;) {
        if (bytes == NULL) {
            fail("out of memory");
        }
        *size += fread(bytes + *size, 1, room - 1 - *size, stdin);
        if (*size < room - 1) {
            bytes[*size] = '\0';
            return bytes;
        }
        room *= 2;
        bytes = realloc(bytes, room);
    }
}

static void put(uint64_t value, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
        putchar((int)(value >> shift & 0xFF));
    }
}

static int by_key(const void *a, const void *b)
{
    uint32_t x = ((const struct entry *)a)->key, y = ((const struct entry *)b)->key;

    return (x > y) - (x < y);
}

static const char *header_value(const char *text, const char *key)
{
    const char *line = strstr(text, key);

    if (line == NULL) {
        fail("no header");
    }
    return line + strlen(key);
}

static void put_ledger(const char *hex)
{
    for (int bytes = 0; bytes < 16; bytes++) {
        unsigned value;

        hex += *hex == '-';
        if (sscanf(hex, "%2x", &value) != 1) {
            fail("no ledger");
        }
        putchar((int)value);
        hex += 2;
    }
}

/* uid, subuid start and subgid start of a row name:uid:id:start:count:start:count. */
static int parse_keys(const char *row, uint32_t key[KEYS])
{
    int colons = 0;

    for (; *row != '\n'; row++) {
        /* no sscanf: it measures the rest of the text for each of up to a million rows */
        if (*row == ':' && colons++ % 2 == 0 && colons <= 2 * KEYS) {
            key[colons / 2] = (uint32_t)strtoul(row + 1, NULL, 10);
        }
    }
    return colons == 6;
}

int main(int argc, char **argv)
{
    uint32_t flags = argc > 1 && strcmp(argv[1], "--grants") == 0;
    int unchecked = argc > 1 && strcmp(argv[1], "--unchecked") == 0;
    size_t size;
    char *text = read_all(&size);
    char *rows = text;

    for (int line = 0; line < 7; line++) {
        char *end = strchr(rows, '\n');

        if (end == NULL) {
            fail("a snapshot begins with seven header lines");
        }
        rows = end + 1;
    }

    size_t count = 0, room = 1024;
    struct entry *entries[KEYS] = {NULL};
    for (char *row = rows; *row != '\0'; row = strchr(row, '\n') + 1) {
        uint32_t key[KEYS] = {0};

        if (entries[0] == NULL || count == room) {
            room *= 2;
            for (int k = 0; k < KEYS; k++) {
                entries[k] = realloc(entries[k], room * sizeof(struct entry));
                if (entries[k] == NULL) {
                    fail("out of memory");
                }
            }
        }
        if (strchr(row, '\n') == NULL || (!parse_keys(row, key) && !unchecked)) {
            fail("a row does not parse");
        }
        for (int k = 0; k < KEYS; k++) {
            entries[k][count] = (struct entry){key[k], (uint32_t)(row - rows)};
        }
        count++;
    }

    uint64_t start = HEADER + (uint64_t)(rows - text);
    uint64_t length = size - (size_t)(rows - text);
    uint64_t index = start + length;
    fputs("CADASTRE", stdout);
    put(1, 4);
    put(flags, 4);
    put(index + 8 * KEYS * count, 8);
    put(strtoull(header_value(text, "# serial "), NULL, 10), 8);
    put_ledger(header_value(text, "# ledger "));
    put(start, 8);
    put(length, 8);
    put(count, 8);
    for (int k = 0; k < KEYS; k++) {
        put(index + 8 * count * (unsigned)k, 8);
    }
    fwrite(text, 1, size, stdout);
    for (int k = 0; k < KEYS; k++) {
        if (count > 0) {
            qsort(entries[k], count, sizeof(struct entry), by_key);
        }
        for (size_t i = 0; i < count; i++) {
            put(entries[k][i].key, 4);
            put(entries[k][i].row, 4);
        }
        free(entries[k]);
    }
    free(text);
    return fflush(stdout) == 0 ? 0 : 1;
}
