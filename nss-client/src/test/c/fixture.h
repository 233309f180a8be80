/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * What the tests of the plugin put before it: files in the working directory, which is theirs alone.
 */
#ifndef CADASTRE_FIXTURE_H
#define CADASTRE_FIXTURE_H

#include <stddef.h>
#include <sys/types.h>

/* What getuid(2) answers to the plugin from now on. */
extern uid_t caller;

/* A row of a snapshot whose uid and gid range are equal. */
#define ROW(name, uid, start, count)                                                               \
    name ":" #uid ":00000000-0000-4000-8000-0000000000" #uid ":" #start ":" #count ":" #start      \
         ":" #count "\n"

/* Writes a file of root's, mode 0644. */
void put_file(const char *name, const char *bytes, size_t length);
void put_text(const char *name, const char *text);

/* Writes subid.map of these rows, in the order given, by write_map; options are its. */
void put_map(const char *rows, const char *options);

/* No local rows, /etc/passwd with root and local (uid 500), root calling. */
void clean_slate(void);

/* The whole of a file; its length is set. The caller frees it. */
char *get_file(const char *name, size_t *length);

#endif
