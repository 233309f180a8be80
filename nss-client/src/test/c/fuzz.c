/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * A libFuzzer harness for the whole plugin. The input is what the plugin reads, separated by 0xFF:
 *
 *   OWNER ff ID ff LOCAL ROWS ff /etc/passwd ff MAP
 *
 * The ID has 7 bits in each byte, the highest first, so that no byte of it is 0xFF. A damaged map
 * is mostly refused at its header, so the harness repairs the sums in the header if the first byte
 * of the input is even. Files are in the working directory, a tmpfs for speed.
 */
#include "abi.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HEADER = 96, FIELDS = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put(const char *name, const void *bytes, size_t length)
{
    int file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);

    if (file < 0 || write(file, bytes, length) != (ssize_t)length) {
        abort();
    }
    close(file);
}

static void put_number(uint8_t *bytes, uint64_t value)
{
    for (int i = 0; i < 8; i++) {
        bytes[i] = (uint8_t)(value >> (56 - 8 * i));
    }
}

/* Repairs the header so that it agrees with the size; keeps the offset of the rows. */
static void repair(uint8_t *map, size_t size)
{
    uint64_t count = map[71] % 64, indexes = 3 * 8 * count;
    uint64_t rows = (uint64_t)map[54] << 8 | map[55];

    if (rows <= HEADER || size < rows + indexes) {
        return;
    }
    memcpy(map, "CADASTRE\0\0\0\1\0\0\0", 15);
    map[15] &= 1;
    put_number(map + 16, size);
    put_number(map + 48, rows);
    put_number(map + 56, size - indexes - rows);
    put_number(map + 64, count);
    for (uint64_t i = 0; i < 3; i++) {
        put_number(map + 72 + 8 * i, size - indexes + 8 * count * i);
    }
    map[rows - 1] = '\n';
    map[size - indexes - 1] = '\n';
}

static void check_range(unsigned long start, unsigned long count, bool single_gids)
{
    bool granted = single_gids && count == 1 && start >= 1000;

    if (count == 0 || start + count > 4294967295 || (start < 65536 && !granted)) {
        abort();
    }
}

static void ask(const char *owner, unsigned long id, enum id_type type)
{
    struct id_range *ranges;
    uid_t *uids;
    int count;
    bool has;

    if (shadow_subid_list_owner_ranges(owner, type, &ranges, &count) == STATUS_OK) {
        for (int i = 0; i < count; i++) {
            check_range(ranges[i].start, ranges[i].count, type == SUBGID);
            if (shadow_subid_has_range(owner, ranges[i].start, ranges[i].count, type, &has)
                    != STATUS_OK
                || (!has && getuid() == 0)) {
                abort(); /* has_range must agree with the list */
            }
        }
        shadow_subid_free(ranges);
    }
    if (shadow_subid_has_range(owner, id, 65536, type, &has) == STATUS_OK && has) {
        check_range(id, 65536, false);
    }
    if (shadow_subid_find_subid_owners(id, type, &uids, &count) == STATUS_OK) {
        if (count > 0 && id < 65536 && type == SUBUID) {
            abort();
        }
        shadow_subid_free(uids);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *field[FIELDS];
    size_t length[FIELDS];
    char owner[1100];
    unsigned long id = 0;

    for (int i = 0; i < FIELDS; i++) {
        const uint8_t *end = size > 0 ? memchr(data, 0xFF, size) : NULL;

        if (end == NULL) {
            return -1; /* not worth keeping */
        }
        field[i] = data;
        length[i] = (size_t)(end - data);
        size -= length[i] + 1;
        data = end + 1;
    }
    if (length[0] < 1 || length[0] >= sizeof owner || size < HEADER || size > 65536) {
        return -1;
    }
    memcpy(owner, field[0] + 1, length[0] - 1);
    owner[length[0] - 1] = '\0';
    for (size_t i = 0; i < length[1]; i++) {
        id = id << 7 | (field[1][i] & 0x7F);
    }

    uint8_t *map = malloc(size);
    if (map == NULL) {
        abort();
    }
    memcpy(map, data, size);
    if (field[0][0] % 2 == 0) {
        repair(map, size);
    }
    put("subid.map", map, size);
    put(field[0][0] & 2 ? "subgid" : "subuid", field[2], length[2]);
    put("passwd", field[3], length[3]);
    free(map);
    ask(owner, id, field[0][0] & 2 ? SUBGID : SUBUID);
    return 0;
}
