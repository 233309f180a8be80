/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The files that the tests of the plugin work with.
 */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

uid_t caller;

/* Replaces that of libc: the tests act as several users. */
uid_t getuid(void)
{
    return caller;
}

static void require(int condition, const char *what)
{
    if (!condition) {
        perror(what);
        exit(2);
    }
}

void put_file(const char *name, const char *bytes, size_t length)
{
    FILE *file;

    unlink(name);
    file = fopen(name, "w");
    require(file != NULL && fwrite(bytes, 1, length, file) == length && fclose(file) == 0, name);
    require(chmod(name, 0644) == 0, name);
}

void put_text(const char *name, const char *text)
{
    put_file(name, text, strlen(text));
}

void put_map(const char *rows, const char *options)
{
    char command[512];
    FILE *writer;

    snprintf(command, sizeof command, "%s %s > subid.map", getenv("WRITE_MAP"), options);
    unlink("subid.map");
    writer = popen(command, "w");
    require(writer != NULL, command);
    fputs("# cadastre-snapshot 1\n# ledger 5b2a7f6e-0c1d-4e2f-8a3b-9c4d5e6f7081\n# serial 42\n"
          "# rows -\n# sha256 -\n# head -\n# check -\n",
          writer);
    fputs(rows, writer);
    require(pclose(writer) == 0, command);
    require(chmod("subid.map", 0644) == 0, "subid.map");
}

void clean_slate(void)
{
    put_map("", "");
    put_text("subuid", "");
    put_text("subgid", "");
    put_text("passwd", "root:x:0:0::/:/bin/sh\nlocal:x:500:500::/:/bin/sh\n");
    caller = 0;
}

char *get_file(const char *name, size_t *length)
{
    FILE *file = fopen(name, "r");
    char *bytes = malloc(1 << 20);

    require(file != NULL && bytes != NULL, name);
    *length = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return bytes;
}
