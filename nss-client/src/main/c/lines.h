/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The lines of a text file, one at a time, through a buffer of fixed size.
 */
#ifndef CADASTRE_LINES_H
#define CADASTRE_LINES_H

#include "file.h"

/* shadow ignores a line of /etc/subuid with 1024 bytes or more. */
enum { LINE_MAX_BYTES = 1023 };

struct lines {
    const struct file *file;
    uint64_t offset; /* of the buffer's end in the file */
    size_t begin;    /* of the unread part of the buffer */
    size_t end;
    char buffer[8192];
};

/* Begins at the first line of the file; a missing file has no lines. */
void lines_begin(struct lines *lines, const struct file *file);

/*
 * The next line, with a NUL in place of its LF; NULL after the last line. Lines that are too long
 * or contain a NUL are skipped. False if the file was refused or cannot be read.
 */
bool lines_next(struct lines *lines, char **line);

#endif
