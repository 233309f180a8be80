/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The plugin's ABI against the system's own header, of Debian's libsubid-dev.
 */
#include <shadow/subid.h>

#include "abi.h"

#include <stddef.h>

_Static_assert((int)STATUS_OK == (int)SUBID_STATUS_SUCCESS, "success");
_Static_assert((int)STATUS_ERROR == (int)SUBID_STATUS_ERROR, "error");
_Static_assert((int)SUBUID == (int)ID_TYPE_UID && (int)SUBGID == (int)ID_TYPE_GID, "types");
_Static_assert(sizeof(enum status) == sizeof(enum subid_status), "size of a status");
_Static_assert(sizeof(enum id_type) == sizeof(enum subid_type), "size of a type");
_Static_assert(sizeof(struct id_range) == sizeof(struct subid_range), "size of a range");
_Static_assert(offsetof(struct id_range, count) == offsetof(struct subid_range, count),
               "its fields");

int main(void)
{
    return 0;
}
