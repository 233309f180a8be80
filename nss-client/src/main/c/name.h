/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The rule for owner names, the same as Java's OwnerName; both are held to
 * subid-core/src/test/resources/name-vectors.txt.
 */
#ifndef CADASTRE_NAME_H
#define CADASTRE_NAME_H

#include <stdbool.h>
#include <stddef.h>

enum { NAME_MAX_BYTES = 256 };

/* Whether these bytes are a name that cannot forge a line. */
bool name_is_good(const char *name, size_t length);

#endif
