/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The files that the tests of the plugin work with, in a working directory of their own.
 */
#ifndef CADASTRE_FIXTURE_H
#define CADASTRE_FIXTURE_H

#include <stddef.h>
#include <sys/types.h>

/* The result of getuid(2) in the plugin from now on. */
extern uid_t caller;

/* A row of a snapshot whose uid and gid range are equal. */
#define ROW(name, uid, start, count)                                                               \
    name ":" #uid ":00000000-0000-4000-8000-0000000000" #uid ":" #start ":" #count ":" #start      \
         ":" #count "\n"

/* Writes a file with mode 0644. */
void put_file(const char *name, const char *bytes, size_t length);
void put_text(const char *name, const char *text);

/* Writes subid.map with these rows, in this order, with write_map and these options for it. */
void put_map(const char *rows, const char *options);

/* No local rows, /etc/passwd with root and local (uid 500), root as the caller. */
void clean_slate(void);

/* Reads a whole file and sets its length. The caller frees the result. */
char *get_file(const char *name, size_t *length);

#endif
