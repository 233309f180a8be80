/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * Files that only root can have written.
 */
#ifndef CADASTRE_FILE_H
#define CADASTRE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct file {
    enum { FILE_ABSENT, FILE_REFUSED, FILE_OPEN } state;
    int descriptor; /* valid if the file is open */
    uint64_t size;
};

/*
 * Opens a regular file that root owns and that neither group nor others can write. The last
 * component may not be a symbolic link. Any other file is refused.
 */
void file_open(struct file *file, const char *path);

/* Closes the file if it is open. */
void file_close(struct file *file);

/* Reads exactly length bytes; false if the file does not have them. */
bool file_read(const struct file *file, void *bytes, size_t length, uint64_t offset);

#endif
