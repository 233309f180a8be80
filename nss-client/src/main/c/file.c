/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * Files that only root can have written.
 */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef TRUSTED_UID
#define TRUSTED_UID 0 /* tests that do not run as root set another one */
#endif

void file_open(struct file *file, const char *path)
{
    struct stat status;

    file->state = FILE_REFUSED;
    file->size = 0;
    do {
        /* O_NONBLOCK: a FIFO in place of the file must not block newuidmap */
        file->descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    } while (file->descriptor < 0 && errno == EINTR);
    if (file->descriptor < 0) {
        file->state = errno == ENOENT ? FILE_ABSENT : FILE_REFUSED;
    } else if (fstat(file->descriptor, &status) == 0 && S_ISREG(status.st_mode)
               && status.st_uid == TRUSTED_UID && (status.st_mode & (S_IWGRP | S_IWOTH)) == 0
               && status.st_size >= 0) {
        file->state = FILE_OPEN;
        file->size = (uint64_t)status.st_size;
    } else {
        close(file->descriptor);
    }
}

void file_close(struct file *file)
{
    if (file->state == FILE_OPEN) {
        close(file->descriptor);
    }
    file->state = FILE_ABSENT;
}

bool file_read(const struct file *file, void *bytes, size_t length, uint64_t offset)
{
    size_t done = 0;
    bool going = true;

    while (going && done < length) {
        ssize_t got = pread(file->descriptor, (char *)bytes + done, length - done,
                            (off_t)(offset + done));

        if (got > 0) {
            done += (size_t)got;
        } else {
            going = got < 0 && errno == EINTR;
        }
    }
    return done == length;
}
