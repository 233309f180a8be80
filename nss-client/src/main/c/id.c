/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The numbers of the ID space, and how they are parsed.
 */
#include "id.h"

bool id_parse(const char *text, size_t length, uint32_t *id)
{
    uint64_t value = 0;
    bool good = length >= 1 && length <= 10 && (text[0] != '0' || length == 1);

    for (size_t i = 0; good && i < length; i++) {
        good = text[i] >= '0' && text[i] <= '9';
        value = value * 10 + (uint64_t)(text[i] - '0');
    }
    good = good && value <= MAX_ID;
    if (good) {
        *id = (uint32_t)value;
    }
    return good;
}

bool range_is_subordinate(unsigned long start, unsigned long count)
{
    return start >= FIRST_SUBORDINATE_ID && start <= MAX_ID && count >= 1
           && count <= MAX_ID - start + 1;
}

bool range_contains(const struct id_range *range, unsigned long id)
{
    return id >= range->start && id - range->start < range->count;
}
