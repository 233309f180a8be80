/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * name_test VECTORS: tests the rule for names with the vectors of Java's OwnerName. The plugin
 * reads recorded names, so that its expected result is the second column; the first is for new
 * names.
 */
#include "name.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>

static size_t from_hex(const char *hex, char *bytes)
{
    size_t length = 0;
    unsigned value;

    while (sscanf(hex + 2 * length, "%2x", &value) == 1 && hex[2 * length] != '\t') {
        bytes[length++] = (char)value;
    }
    return length;
}

int main(int argc, char **argv)
{
    char line[2048];
    FILE *vectors = argc == 2 ? fopen(argv[1], "r") : NULL;

    if (vectors == NULL) {
        fputs("usage: name_test VECTORS\n", stderr);
        return 2;
    }
    while (fgets(line, sizeof line, vectors) != NULL) {
        char *read = strchr(line, '\t');
        char *hex = read != NULL ? strchr(read + 1, '\t') : NULL;

        if (line[0] != '#' && hex != NULL) {
            char bytes[1024];
            size_t length = from_hex(hex + 1, bytes);
            /* on the heap and as long as the name, so that a sanitizer finds every overrun */
            char *name = malloc(length + 1);
            bool expected = strncmp(read + 1, "accept\t", 7) == 0;

            memcpy(name, bytes, length);
            name = realloc(name, length > 0 ? length : 1);
            CHECK(name_is_good(name, length) == expected);
            if (name_is_good(name, length) != expected) {
                printf("  %s", line);
            }
            free(name);
        }
    }
    fclose(vectors);
    CHECK(checks > 150);
    return verdict();
}
