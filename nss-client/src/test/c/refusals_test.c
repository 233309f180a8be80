/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The files that the plugin refuses: files that others than root may write, and damaged files.
 */
#include "abi.h"

#include "check.h"
#include "fixture.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define ALICE ROW("alice", 11, 1001062400, 65536)
#define BOB ROW("bob", 12, 1001127936, 65536)

enum { HEADER = 96 };

/* Calls all three functions; returns whether all of them failed. */
static bool all_fail(void)
{
    bool has = true;
    struct id_range *ranges;
    uid_t *uids;
    int listed, found;
    bool failed = shadow_subid_has_range("alice", 1001062400, 1, SUBUID, &has) == STATUS_ERROR
                  && !has;

    failed = shadow_subid_list_owner_ranges("11", SUBGID, &ranges, &listed) == STATUS_ERROR
             && ranges == NULL && listed == 0 && failed;
    failed = shadow_subid_find_subid_owners(1001062400, SUBUID, &uids, &found) == STATUS_ERROR
             && uids == NULL && found == 0 && failed;
    shadow_subid_free(ranges);
    shadow_subid_free(uids);
    return failed;
}

/* A checksum of the answers for alice and ID 1001062400; -1 for an error. */
static long answers(void)
{
    bool has;
    struct id_range *ranges;
    uid_t *uids;
    int listed, found;
    long sum = 0;

    if (shadow_subid_has_range("alice", 1001062400, 65536, SUBUID, &has) != STATUS_OK
        || shadow_subid_list_owner_ranges("alice", SUBUID, &ranges, &listed) != STATUS_OK) {
        return -1;
    }
    for (int i = 0; i < listed; i++) {
        CHECK(ranges[i].start >= 65536 && ranges[i].start + ranges[i].count <= 4294967295);
        sum += (long)(ranges[i].start * 31 + ranges[i].count);
    }
    shadow_subid_free(ranges);
    if (shadow_subid_find_subid_owners(1001062400, SUBGID, &uids, &found) != STATUS_OK) {
        return -1;
    }
    for (int i = 0; i < found; i++) {
        CHECK(uids[i] != 0 && uids[i] != 65534);
        sum += (long)uids[i];
    }
    shadow_subid_free(uids);
    return sum * 2 + has;
}

static void no_file_is_an_error(void)
{
    put_text("subuid", "local:100000:10\n");
    CHECK(!all_fail());
    unlink("subid.map");
    CHECK(all_fail());
}

static void a_file_that_others_may_write_is_an_error(void)
{
    const mode_t bad[] = {0664, 0646, 0666, 0622}, good[] = {0644, 0600, 0444, 04644};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        chmod("subid.map", bad[i]);
        CHECK(all_fail());
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        chmod("subid.map", good[i]);
        CHECK(!all_fail());
    }
}

static void a_file_of_another_owner_is_an_error(void)
{
    if (geteuid() == 0) {
        CHECK(chown("subid.map", 65534, 65534) == 0);
        CHECK(all_fail());
    }
}

static void a_symlink_a_folder_and_a_fifo_are_errors(void)
{
    rename("subid.map", "elsewhere");
    CHECK(symlink("elsewhere", "subid.map") == 0);
    CHECK(all_fail());
    unlink("subid.map");
    mkdir("subid.map", 0755);
    CHECK(all_fail());
    rmdir("subid.map");
    CHECK(mkfifo("subid.map", 0644) == 0);
    CHECK(all_fail());
    unlink("subid.map");
    rename("elsewhere", "subid.map");
    CHECK(!all_fail());
}

static void every_cut_and_every_extra_byte_is_an_error(void)
{
    size_t length;
    char *bytes;

    put_map(ALICE BOB, "");
    bytes = get_file("subid.map", &length);
    for (size_t cut = 0; cut < length; cut++) {
        put_file("subid.map", bytes, cut);
        CHECK(all_fail());
    }
    put_file("subid.map", bytes, length + 1);
    CHECK(all_fail());
    free(bytes);
}

static void every_flipped_bit_of_the_header_is_an_error(void)
{
    size_t length;
    char *bytes;

    put_map(ALICE BOB, "");
    bytes = get_file("subid.map", &length);
    for (size_t bit = 0; bit < 8 * HEADER; bit++) {
        /* the flag, the serial and the ledger's UUID, which the plugin does not check */
        bool needless = bit == 8 * 15 || (bit / 8 >= 24 && bit / 8 < 48);

        bytes[bit / 8] = (char)(bytes[bit / 8] ^ 1 << bit % 8);
        put_file("subid.map", bytes, length);
        CHECK(all_fail() == !needless);
        bytes[bit / 8] = (char)(bytes[bit / 8] ^ 1 << bit % 8);
    }
    free(bytes);
}

static void a_flipped_bit_elsewhere_never_gives_a_host_id(void)
{
    size_t length;
    char *bytes;
    long before;
    int errors = 0;

    put_map(ALICE, "");
    before = answers();
    CHECK(before > 0 && before % 2 == 1);
    bytes = get_file("subid.map", &length);
    for (size_t bit = 8 * HEADER; bit < 8 * length; bit++) {
        bytes[bit / 8] = (char)(bytes[bit / 8] ^ 1 << bit % 8);
        put_file("subid.map", bytes, length);
        errors += answers() < 0; /* answers() checks the ranges */
        bytes[bit / 8] = (char)(bytes[bit / 8] ^ 1 << bit % 8);
    }
    CHECK(errors > 400);
    free(bytes);
}

static bool lookup_of_x_fails(void)
{
    struct id_range *ranges;
    int count;
    bool failed = shadow_subid_list_owner_ranges("x", SUBUID, &ranges, &count) == STATUS_ERROR;

    shadow_subid_free(ranges);
    return failed;
}

static void a_row_that_does_not_parse_is_an_error(void)
{
    static const char *const bad[] = {
        ":11:00000000-0000-4000-8000-000000000011:100000:10:100000:10",
        "-x:11:00000000-0000-4000-8000-000000000011:100000:10:100000:10",
        "12:11:00000000-0000-4000-8000-000000000011:100000:10:100000:10",
        "x y:11:00000000-0000-4000-8000-000000000011:100000:10:100000:10",
        "x:0:00000000-0000-4000-8000-000000000011:100000:10:100000:10",
        "x:65534:00000000-0000-4000-8000-000000000011:100000:10:100000:10",
        "x:4294967295:00000000-0000-4000-8000-000000000011:100000:10:100000:10",
        "x:011:00000000-0000-4000-8000-000000000011:100000:10:100000:10",
        "x:11:00000000-0000-4000-8000-00000000001A:100000:10:100000:10",
        "x:11:00000000-0000-4000-8000-00000000001:100000:10:100000:10",
        "x:11:00000000-0000-4000-80000-00000000011:100000:10:100000:10",
        "x:11:00000000-0000-4000-8000-000000000011:65535:10:100000:10",
        "x:11:00000000-0000-4000-8000-000000000011:100000:10:0:1",
        "x:11:00000000-0000-4000-8000-000000000011:100000:0:100000:10",
        "x:11:00000000-0000-4000-8000-000000000011:100000:10:100000:010",
        "x:11:00000000-0000-4000-8000-000000000011:4294967290:6:100000:10",
        "x:11:00000000-0000-4000-8000-000000000011:100000:10:4294967295:1",
        "x:11:00000000-0000-4000-8000-000000000011:100000:10:100000:10:",
        "x:11:00000000-0000-4000-8000-000000000011:100000:10:100000",
        "x:11:00000000-0000-4000-8000-000000000011:100000:10:100000:10 ",
        "x:11:00000000-0000-4000-8000-000000000011:100000:10:100000:10\r",
        "x:11:00000000-0000-4000-8000-000000000011:+100000:10:100000:10",
        "x:11:00000000-0000-4000-8000-000000000011: 100000:10:100000:10",
        "",
    };

    put_map("x:11:00000000-0000-4000-8000-000000000011:100000:10:100000:10\n", "");
    CHECK(!lookup_of_x_fails());
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char row[400];

        snprintf(row, sizeof row, "%s\n", bad[i]);
        put_map(row, "--unchecked");
        CHECK(lookup_of_x_fails());
    }
}

static void an_index_with_a_wrong_offset_is_an_error(void)
{
    enum { ENTRIES = 6, ENTRY = 8 };
    size_t length;
    char *bytes;

    put_map(ALICE BOB, "");
    bytes = get_file("subid.map", &length);
    for (int offset = 0; offset < 300; offset++) {
        char *low_byte = bytes + length - (ENTRIES - 1) * ENTRY + ENTRY
                         - 1; /* of bob's entry, by uid */
        struct id_range *ranges;
        int count;

        bool right = offset == sizeof ALICE - 1;
        bool failed;

        low_byte[0] = (char)offset;
        low_byte[-1] = (char)(offset >> 8);
        put_file("subid.map", bytes, length);
        failed = shadow_subid_list_owner_ranges("12", SUBUID, &ranges, &count) == STATUS_ERROR;
        shadow_subid_free(ranges);
        CHECK(failed == !right);
    }
    free(bytes);
}

static void local_files_that_others_may_write_are_errors(void)
{
    bool has;

    put_map(ALICE, "");
    put_text("subuid", "local:100000:10\n");
    CHECK(shadow_subid_has_range("local", 100000, 1, SUBUID, &has) == STATUS_OK && has);
    chmod("subuid", 0666);
    CHECK(shadow_subid_has_range("local", 100000, 1, SUBUID, &has) == STATUS_ERROR && !has);
    CHECK(shadow_subid_has_range("alice", 1001062400, 1, SUBUID, &has) == STATUS_OK && has);
    chmod("subuid", 0644);
    chmod("passwd", 0666);
    CHECK(shadow_subid_has_range("local", 100000, 1, SUBUID, &has) == STATUS_ERROR && !has);
    unlink("passwd");
    unlink("subuid");
    CHECK(shadow_subid_has_range("local", 100000, 1, SUBUID, &has) == STATUS_OK && !has);
}

static bool lists(const char *owner, enum id_type type)
{
    struct id_range *ranges;
    int count;
    bool listed = shadow_subid_list_owner_ranges(owner, type, &ranges, &count) == STATUS_OK;

    shadow_subid_free(ranges);
    return listed;
}

static void a_file_without_rows_of_an_owner_is_not_read(void)
{
    bool has = true;

    put_map(ALICE, "");
    put_text("passwd", "eclipsed:x:11:11::/:/bin/sh\nlocal:x:500:500::/:/bin/sh\n");
    chmod("subuid", 0666);
    chmod("subgid", 0666);
    CHECK(lists("alice", SUBUID) && lists("11", SUBGID) && lists("eclipsed", SUBUID));
    CHECK(shadow_subid_has_range("alice", 1001062400, 65537, SUBUID, &has) == STATUS_OK && !has);
    CHECK(!lists("local", SUBUID) && !lists("local", SUBGID));
    /* a grant could stand in /etc/subgid */
    put_map(ALICE, "--grants");
    CHECK(lists("alice", SUBUID) && !lists("alice", SUBGID));
    CHECK(shadow_subid_has_range("alice", 1001062400, 65536, SUBGID, &has) == STATUS_OK && has);
    CHECK(shadow_subid_has_range("alice", 1001062400, 65537, SUBGID, &has) == STATUS_ERROR);
}

static void a_type_that_is_neither_is_an_error(void)
{
    bool has = true;

    put_map(ALICE, "");
    CHECK(shadow_subid_has_range("alice", 1001062400, 1, (enum id_type)3, &has) == STATUS_ERROR);
    CHECK(!has);
    CHECK(shadow_subid_has_range("alice", 1001062400, 1, (enum id_type)0, &has) == STATUS_ERROR);
}

static void no_descriptor_stays_open(void)
{
    int before = dup(0), after;
    bool has;

    close(before);
    put_map(ALICE, "");
    CHECK(answers() > 0);
    shadow_subid_has_range("local", 100000, 1, (enum id_type)7, &has);
    chmod("subid.map", 0666);
    CHECK(all_fail());
    chmod("passwd", 0666);
    CHECK(all_fail());
    put_text("subid.map", "short");
    CHECK(all_fail());
    after = dup(0);
    close(after);
    CHECK(before == after);
}

static void a_process_without_descriptors_gets_an_error(void)
{
    struct rlimit limit, none;

    put_map(ALICE, "");
    getrlimit(RLIMIT_NOFILE, &limit);
    none = limit;
    none.rlim_cur = 3;
    setrlimit(RLIMIT_NOFILE, &none);
    CHECK(all_fail());
    setrlimit(RLIMIT_NOFILE, &limit);
    CHECK(answers() > 0);
}

int main(void)
{
    RUN(no_file_is_an_error);
    RUN(a_file_that_others_may_write_is_an_error);
    RUN(a_file_of_another_owner_is_an_error);
    RUN(a_symlink_a_folder_and_a_fifo_are_errors);
    RUN(every_cut_and_every_extra_byte_is_an_error);
    RUN(every_flipped_bit_of_the_header_is_an_error);
    RUN(a_flipped_bit_elsewhere_never_gives_a_host_id);
    RUN(a_row_that_does_not_parse_is_an_error);
    RUN(an_index_with_a_wrong_offset_is_an_error);
    RUN(local_files_that_others_may_write_are_errors);
    RUN(a_file_without_rows_of_an_owner_is_not_read);
    RUN(a_type_that_is_neither_is_an_error);
    RUN(no_descriptor_stays_open);
    RUN(a_process_without_descriptors_gets_an_error);
    return verdict();
}
