/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The numbers of the ID space, and how they are parsed.
 */
#ifndef CADASTRE_ID_H
#define CADASTRE_ID_H

#include "abi.h"

#include <stddef.h>
#include <stdint.h>

/* (uid_t)-1 is not an ID, so the highest ID is 2^32-2. */
#define MAX_ID UINT32_C(0xFFFFFFFE)
/* All IDs below belong to accounts of the host; no range may include one. */
#define FIRST_SUBORDINATE_ID UINT32_C(65536)
#define NOBODY UINT32_C(65534)

/* Parses an ID in canonical decimal: only digits, no leading zero, at most MAX_ID. */
bool id_parse(const char *text, size_t length, uint32_t *id);

/* Whether [start, start + count) is a range of subordinate IDs. Does not overflow. */
bool range_is_subordinate(unsigned long start, unsigned long count);

/* Whether the range contains the ID. */
bool range_contains(const struct id_range *range, unsigned long id);

#endif
