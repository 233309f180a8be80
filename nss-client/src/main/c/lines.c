/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The lines of a text file.
 */
#include "lines.h"

#include <string.h>

void lines_begin(struct lines *lines, const struct file *file)
{
    lines->file = file;
    lines->offset = 0;
    lines->begin = 0;
    lines->end = 0;
}

static uint64_t left_in_file(const struct lines *lines)
{
    return lines->file->state != FILE_OPEN ? 0 : lines->file->size - lines->offset;
}

/* Moves the unread bytes to the front and fills the buffer, except one byte for a NUL. */
static bool fill(struct lines *lines)
{
    size_t unread = lines->end - lines->begin;
    size_t room = sizeof lines->buffer - 1 - unread;
    uint64_t left = left_in_file(lines);
    size_t length = left < room ? (size_t)left : room;

    memmove(lines->buffer, lines->buffer + lines->begin, unread);
    lines->begin = 0;
    lines->end = unread + length;
    lines->offset += length;
    return length == 0
           || file_read(lines->file, lines->buffer + unread, length, lines->offset - length);
}

bool lines_next(struct lines *lines, char **line)
{
    bool good = lines->file->state != FILE_REFUSED;
    bool skipping = false; /* within a line that is too long */

    *line = NULL;
    while (good && *line == NULL) {
        char *begin = lines->buffer + lines->begin;
        size_t unread = lines->end - lines->begin;
        char *feed = memchr(begin, '\n', unread);
        size_t length = feed == NULL ? unread : (size_t)(feed - begin);

        if (feed == NULL && left_in_file(lines) > 0 && length <= LINE_MAX_BYTES) {
            good = fill(lines);
        } else if (feed == NULL && left_in_file(lines) > 0) {
            skipping = true;
            lines->begin = lines->end;
        } else if (feed == NULL && unread == 0) {
            break;
        } else {
            lines->begin += length + (feed != NULL);
            begin[length] = '\0';
            if (!skipping && length <= LINE_MAX_BYTES && memchr(begin, '\0', length) == NULL) {
                *line = begin;
            }
            skipping = false;
        }
    }
    return good;
}
