/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * time_lookup RUNS UID getsubids OWNER
 * time_lookup RUNS UID newuidmap START COUNT
 *
 * Runs the program RUNS times as that uid and the gid of the same number. Prints a line for each
 * run: microseconds from before the fork to the end of the process, a tab, microseconds of CPU.
 * newuidmap maps a new user namespace each time. Exit status 1 if a run fails: a fast refusal would
 * look good.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void require(int condition, const char *what)
{
    if (!condition) {
        perror(what);
        exit(1);
    }
}

/* Starts a process in a new user namespace that has no map yet. */
static pid_t namespace_to_map(void)
{
    int ready[2];
    char byte;
    pid_t child;

    require(pipe2(ready, O_CLOEXEC) == 0, "pipe");
    child = fork();
    require(child >= 0, "fork");
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        require(unshare(CLONE_NEWUSER) == 0, "unshare");
        require(write(ready[1], "x", 1) == 1, "write");
        for (;;) {
            pause();
        }
    }
    close(ready[1]);
    require(read(ready[0], &byte, 1) == 1, "read");
    close(ready[0]);
    return child;
}

static double microseconds(struct timeval time)
{
    return (double)time.tv_sec * 1e6 + (double)time.tv_usec;
}

static void run(char *const arguments[], posix_spawn_file_actions_t *quiet)
{
    struct timespec begin, end;
    char *const environment[] = {"PATH=/usr/bin:/bin", NULL};
    pid_t child;
    int status;
    struct rusage used;

    clock_gettime(CLOCK_MONOTONIC, &begin);
    require(posix_spawnp(&child, arguments[0], quiet, NULL, arguments, environment) == 0, "spawn");
    require(wait4(child, &status, 0, &used) == child, "wait4");
    clock_gettime(CLOCK_MONOTONIC, &end);
    require(WIFEXITED(status) && WEXITSTATUS(status) == 0, arguments[0]);
    printf("%.0f\t%.0f\n",
           (double)(end.tv_sec - begin.tv_sec) * 1e6 + (double)(end.tv_nsec - begin.tv_nsec) / 1e3,
           microseconds(used.ru_utime) + microseconds(used.ru_stime));
}

int main(int argc, char **argv)
{
    posix_spawn_file_actions_t quiet;

    if (argc < 5) {
        fputs("usage: time_lookup RUNS UID getsubids OWNER | newuidmap START COUNT\n", stderr);
        return 2;
    }
    require(setgid((gid_t)atol(argv[2])) == 0 && setuid((uid_t)atol(argv[2])) == 0, "setuid");
    prctl(PR_SET_DUMPABLE, 1); /* otherwise root owns our children's /proc, and newuidmap refuses */
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
    for (int i = atoi(argv[1]); i > 0; i--) {
        if (strcmp(argv[3], "newuidmap") == 0) {
            pid_t mapped = namespace_to_map();
            char pid[16];

            snprintf(pid, sizeof pid, "%d", (int)mapped);
            run((char *[]){argv[3], pid, "0", argv[4], argv[5], NULL}, &quiet);
            kill(mapped, SIGKILL);
            waitpid(mapped, NULL, 0);
        } else {
            run((char *[]){argv[3], argv[4], NULL}, &quiet);
        }
    }
    return 0;
}
