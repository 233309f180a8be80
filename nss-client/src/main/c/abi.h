/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * What libsubid calls: the part of its plugins' ABI that is the same in libsubid 4 (shadow 4.13), 5
 * and 6 (shadow 4.20), as subid.h and nsswitch.conf's "subid" entry define it. src/test/c/abi_test.c
 * compares it with the header of the system.
 */
#ifndef CADASTRE_ABI_H
#define CADASTRE_ABI_H

#include <stdbool.h>
#include <sys/types.h>

#define EXPORTED __attribute__((visibility("default")))

enum status {
    STATUS_OK = 0,
    STATUS_ERROR = 3, /* libsubid's 1 (unknown user) and 2 (connection) never occur here */
};

enum id_type {
    SUBUID = 1,
    SUBGID = 2,
};

struct id_range {
    unsigned long start;
    unsigned long count;
};

/* Whether all of start..start+count-1 is the owner's. */
EXPORTED enum status shadow_subid_has_range(const char *owner, unsigned long start,
                                            unsigned long count, enum id_type type, bool *result);

/* The owner's ranges, none for an owner nobody knows, as a file of subuid(5) would answer. */
EXPORTED enum status shadow_subid_list_owner_ranges(const char *owner, enum id_type type,
                                                    struct id_range **ranges, int *count);

/* The uids of everyone whose range holds the ID. */
EXPORTED enum status shadow_subid_find_subid_owners(unsigned long id, enum id_type type,
                                                    uid_t **uids, int *count);

/* Frees what the two above returned; libsubid passes over a plugin without it since shadow 4.16. */
EXPORTED void shadow_subid_free(void *pointer);

#endif
