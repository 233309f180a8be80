/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The lines of a text file, one after the other, through a buffer of fixed size.
 */
#ifndef CADASTRE_LINES_H
#define CADASTRE_LINES_H

#include "file.h"

/* shadow passes over a line of /etc/subuid that has 1024 bytes or more. */
enum { LINE_MAX_BYTES = 1023 };

struct lines {
    const struct file *file;
    uint64_t offset; /* of the buffer's end in the file */
    size_t begin;    /* of the unread part of the buffer */
    size_t end;
    char buffer[8192];
};

/* Begins at the file's first line; no file is a file with no lines. */
void lines_begin(struct lines *lines, const struct file *file);

/*
 * The next line, without its LF and ended by NUL; NULL after the last. Lines too long and lines
 * that hold a NUL are passed over. False if the file was refused or reading it fails.
 */
bool lines_next(struct lines *lines, char **line);

#endif
