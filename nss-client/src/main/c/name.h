/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The rule for owner names, the same as in Java's OwnerName; both are tested with
 * subid-core/src/test/resources/name-vectors.txt.
 */
#ifndef CADASTRE_NAME_H
#define CADASTRE_NAME_H

#include <stdbool.h>
#include <stddef.h>

enum { NAME_MAX_BYTES = 256 };

/* Whether the bytes are a valid name, which cannot forge a line. */
bool name_is_good(const char *name, size_t length);

#endif
