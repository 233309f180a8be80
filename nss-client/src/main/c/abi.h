/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The functions that libsubid calls: the part of its plugin ABI that is the same in libsubid 4
 * (shadow 4.13), 5 and 6 (shadow 4.20). src/test/c/abi_test.c compares it with the system's
 * subid.h.
 */
#ifndef CADASTRE_ABI_H
#define CADASTRE_ABI_H

#include <stdbool.h>
#include <sys/types.h>

#define EXPORTED __attribute__((visibility("default")))

enum status {
    STATUS_OK = 0,
    STATUS_ERROR = 3, /* 1 (unknown user) and 2 (connection) of libsubid never occur here */
};

enum id_type {
    SUBUID = 1,
    SUBGID = 2,
};

struct id_range {
    unsigned long start;
    unsigned long count;
};

/* Whether all IDs from start to start+count-1 belong to the owner. */
EXPORTED enum status shadow_subid_has_range(const char *owner, unsigned long start,
                                            unsigned long count, enum id_type type, bool *result);

/* The ranges of the owner; none for an unknown owner, as with a file of subuid(5). */
EXPORTED enum status shadow_subid_list_owner_ranges(const char *owner, enum id_type type,
                                                    struct id_range **ranges, int *count);

/* The uids of all owners that have a range with the ID. */
EXPORTED enum status shadow_subid_find_subid_owners(unsigned long id, enum id_type type,
                                                    uid_t **uids, int *count);

/* Frees what the two above returned. Since shadow 4.16 libsubid ignores a plugin without it. */
EXPORTED void shadow_subid_free(void *pointer);

#endif
