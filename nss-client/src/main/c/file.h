/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * Files that root alone can have written.
 */
#ifndef CADASTRE_FILE_H
#define CADASTRE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct file {
    enum { FILE_ABSENT, FILE_REFUSED, FILE_OPEN } state;
    int descriptor; /* of an open file */
    uint64_t size;
};

/*
 * Opens a regular file of root's that neither group nor others can write, following no symlink at
 * its end; anything else is refused.
 */
void file_open(struct file *file, const char *path);

/* Closes it if it is open. */
void file_close(struct file *file);

/* Reads exactly so many bytes; false if they are not all there. */
bool file_read(const struct file *file, void *bytes, size_t length, uint64_t offset);

#endif
