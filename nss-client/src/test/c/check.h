/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * Checks for the C tests. A failed check prints its place and the test continues; the exit status
 * of the program is 1 if a check failed.
 */
#ifndef CADASTRE_CHECK_H
#define CADASTRE_CHECK_H

#include <stdio.h>

static int checks, failures;

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        checks++;                                                                                  \
        if (!(condition)) {                                                                        \
            failures++;                                                                            \
            printf("%s:%d: %s: %s\n", __FILE__, __LINE__, __func__, #condition);                   \
        }                                                                                          \
    } while (0)

/* Runs one test with fresh files. Its name is the sentence that it proves. */
#define RUN(test)                                                                                  \
    do {                                                                                           \
        int before = failures;                                                                     \
        clean_slate();                                                                             \
        test();                                                                                    \
        printf("%s %s\n", failures == before ? "ok  " : "FAIL", #test);                            \
    } while (0)

static int verdict(void)
{
    printf("%d checks, %d failed\n", checks, failures);
    return failures > 0 || checks == 0;
}

#endif
