/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * Checks for the C tests: a failed one says where and goes on; the program's exit status is the sum.
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

/* Runs one test on a clean slate. Its name is the sentence that it proves. */
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
