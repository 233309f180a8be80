/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The answers of the plugin from well-formed files.
 */
#include "abi.h"

#include "check.h"
#include "fixture.h"

#include <stdlib.h>
#include <string.h>

#define THREE                                                                                      \
    ROW("alice", 11, 1001062400, 65536)                                                            \
    ROW("bob", 12, 1001127936, 65536) ROW("zo\xc3\xab", 13, 1001193472, 65536)

static bool has_of(enum id_type type, const char *owner, unsigned long start, unsigned long count)
{
    bool result = true;

    CHECK(shadow_subid_has_range(owner, start, count, type, &result) == STATUS_OK);
    return result;
}

static bool has(const char *owner, unsigned long start, unsigned long count)
{
    return has_of(SUBUID, owner, start, count);
}

/* The owner's ranges as text, "start:count start:count". */
static const char *list_of(enum id_type type, const char *owner)
{
    static char text[4096];
    struct id_range *ranges;
    int count;
    size_t length = 0;

    CHECK(shadow_subid_list_owner_ranges(owner, type, &ranges, &count) == STATUS_OK);
    CHECK((ranges == NULL) == (count == 0));
    text[0] = '\0';
    for (int i = 0; i < count; i++) {
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%lu:%lu",
                                   i > 0 ? " " : "", ranges[i].start, ranges[i].count);
    }
    shadow_subid_free(ranges);
    return text;
}

static bool lists(const char *owner, const char *expected)
{
    return strcmp(list_of(SUBUID, owner), expected) == 0;
}

/* The owners' uids as text. */
static bool found_of(enum id_type type, unsigned long id, const char *expected)
{
    char text[4096] = "";
    uid_t *uids;
    int count;
    size_t length = 0;

    CHECK(shadow_subid_find_subid_owners(id, type, &uids, &count) == STATUS_OK);
    for (int i = 0; i < count; i++) {
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%u", i > 0 ? " " : "",
                                   uids[i]);
    }
    shadow_subid_free(uids);
    return strcmp(text, expected) == 0;
}

static bool found(unsigned long id, const char *expected)
{
    return found_of(SUBUID, id, expected);
}

static void a_registered_owner_is_found_by_name_and_by_uid(void)
{
    put_map(THREE, "");
    CHECK(lists("alice", "1001062400:65536"));
    CHECK(lists("11", "1001062400:65536"));
    CHECK(lists("bob", "1001127936:65536"));
    CHECK(lists("zo\xc3\xab", "1001193472:65536"));
    CHECK(lists("13", "1001193472:65536"));
    CHECK(lists("alic", "") && lists("alicee", "") && lists("alice:11", "") && lists("", ""));
    CHECK(lists("10", "") && lists("14", "") && lists("011", "") && lists("99999999999", ""));
}

static void only_ids_in_the_range_belong_to_its_owner(void)
{
    put_map(THREE, "");
    CHECK(has("alice", 1001062400, 65536) && has("alice", 1001062400, 1));
    CHECK(has("alice", 1001127935, 1) && !has("alice", 1001127935, 2));
    CHECK(!has("alice", 1001062399, 1) && !has("alice", 1001062399, 65536));
    CHECK(!has("alice", 1001062400, 65537) && !has("alice", 1001127936, 1));
    CHECK(!has("alice", 1001062400, 0));
    CHECK(!has("alice", 1001062401, (unsigned long)-1));
    CHECK(!has("alice", (unsigned long)-1, 2) && !has("alice", 4294967295, 1));
    CHECK(!has("alice", 1001062400 + 4294967296, 1));
}

static void a_name_without_its_uid_gains_nothing(void)
{
    put_map(THREE, "");
    caller = 12;
    CHECK(!has("alice", 1001062400, 65536));
    CHECK(has("bob", 1001127936, 65536));
    caller = 11;
    CHECK(has("alice", 1001062400, 65536));
    caller = 0;
    CHECK(has("alice", 1001062400, 65536));
}

static void the_two_id_spaces_are_apart(void)
{
    put_map("alice:11:00000000-0000-4000-8000-000000000011:1001062400:65536:1001127936:10\n", "");
    CHECK(lists("alice", "1001062400:65536"));
    CHECK(strcmp(list_of(SUBGID, "alice"), "1001127936:10") == 0);
    CHECK(has_of(SUBGID, "alice", 1001127936, 10) && !has_of(SUBGID, "alice", 1001062400, 10));
    CHECK(found_of(SUBGID, 1001127945, "11") && found_of(SUBGID, 1001127946, ""));
    CHECK(found(1001062400, "11") && found(1001127936, ""));
}

static void every_id_has_its_owner(void)
{
    put_map(THREE, "");
    CHECK(found(1001062400, "11") && found(1001127935, "11") && found(1001127936, "12"));
    CHECK(found(1001259007, "13") && found(1001259008, "") && found(1001062399, ""));
    CHECK(found(0, "") && found(4294967294, "") && found(4294967295, ""));
    CHECK(found((unsigned long)-1, ""));
}

static void names_are_found_in_the_order_of_lines(void)
{
    /* "a-b:" sorts before "a:", since '-' is below ':' */
    put_map(ROW("a-b", 11, 1001062400, 10) ROW("a", 12, 1001062410, 10)
                ROW("a_b", 13, 1001062420, 10) ROW("ab", 14, 1001062430, 10),
            "");
    CHECK(lists("a-b", "1001062400:10") && lists("a", "1001062410:10"));
    CHECK(lists("a_b", "1001062420:10") && lists("ab", "1001062430:10"));
    CHECK(lists("a-", "") && lists("a_", "") && lists("b", "") && lists("A", ""));
}

static void every_one_of_many_owners_is_found(void)
{
    enum { MANY = 3000 };
    char *rows = malloc(MANY * 400), *at = rows;
    char name[300], expected[64], uid[16];

    for (int i = 0; i < MANY; i++) {
        /* names of very different lengths, the longest 256 bytes */
        at += sprintf(at, "u%04d%0*d:%d:00000000-0000-4000-8000-%012d:%d:16:%d:16\n", i, i % 252, 0,
                      4000000 - i, i, 100000 + 32 * i, 100000 + 32 * i);
    }
    put_map(rows, "");
    for (int i = 0; i < MANY; i++) {
        sprintf(name, "u%04d%0*d", i, i % 252, 0);
        sprintf(expected, "%d:16", 100000 + 32 * i);
        sprintf(uid, "%d", 4000000 - i);
        CHECK(lists(name, expected) && lists(uid, expected));
        CHECK(found((unsigned long)(100000 + 32 * i + 15), uid));
        CHECK(found((unsigned long)(100000 + 32 * i + 16), ""));
        name[strlen(name) - 1] = '!';
        CHECK(lists(name, ""));
    }
    free(rows);
}

static void an_empty_snapshot_has_no_owners(void)
{
    put_map("", "");
    CHECK(lists("alice", "") && lists("11", "") && !has("alice", 1001062400, 1));
    CHECK(found(1001062400, ""));
}

static void unknown_owners_fall_through_to_local_rows(void)
{
    put_map(THREE, "");
    put_text("subuid", "root:1000000:65536\n# remark\nlocal:100000:65536\ncontainers:200000:10\n"
                       "77:300000:5\nalice:400000:10\n11:500000:10\nlocal:0x30d40:0x10\n");
    CHECK(lists("root", "1000000:65536") && lists("0", "1000000:65536"));
    CHECK(lists("local", "100000:65536 200000:16") && lists("500", "100000:65536 200000:16"));
    CHECK(lists("containers", "200000:10") && lists("77", "300000:5"));
    CHECK(has("local", 100000, 65536) && has("containers", 200000, 10) && !has("local", 300000, 1));
    CHECK(found(100000, "500") && found(1000000, "0") && found(300004, "77"));
    CHECK(found(200000, "500")); /* there is no account named containers */
}

static void local_rows_of_a_registered_owner_do_not_count(void)
{
    put_map(THREE, "");
    put_text("subuid", "alice:400000:10\n11:500000:10\nlocal:600000:10\n500:700000:10\n");
    CHECK(lists("alice", "1001062400:65536") && lists("11", "1001062400:65536"));
    CHECK(!has("alice", 400000, 1) && !has("alice", 500000, 1));
    CHECK(found(400000, "") && found(500000, "") && found(600000, "500") && found(700000, "500"));
    /* nor if only the name or only the uid is that of a registered owner */
    put_text("passwd", "alice:x:600:600::/:/bin/sh\nlocal:x:11:11::/:/bin/sh\n");
    put_text("subuid", "alice:400000:10\n600:410000:10\nlocal:420000:10\n");
    CHECK(lists("600", "") && found(400000, "") && found(410000, ""));
    CHECK(lists("local", "") && !has("local", 420000, 1) && found(420000, ""));
}

static void a_local_name_without_its_uid_gains_nothing(void)
{
    put_text("subuid", "local:100000:10\nunknown:200000:10\n");
    caller = 501;
    CHECK(!has("local", 100000, 10));
    CHECK(has("unknown", 200000, 10));
    caller = 500;
    CHECK(has("local", 100000, 10));
}

static void adjoining_local_ranges_count_as_one(void)
{
    put_text("subuid", "local:100020:10\nlocal:100010:10\nroot:100030:10\nlocal:100000:10\n"
                       "local:100040:10\nlocal:100045:10\n");
    CHECK(has("local", 100000, 30) && has("local", 100005, 20) && !has("local", 100000, 31));
    CHECK(has("local", 100040, 15) && !has("local", 100040, 16) && !has("local", 99999, 2));
}

static void ids_of_the_host_are_never_returned(void)
{
    put_text("subuid", "local:0:4294967295\nlocal:65535:2\nlocal:1000:1\nlocal:65536:2\n");
    CHECK(lists("local", "65536:2"));
    CHECK(!has("local", 0, 1) && !has("local", 65535, 2) && !has("local", 1000, 1));
    CHECK(has("local", 65536, 2) && found(1000, "") && found(65535, "") && found(65537, "500"));
    put_text("subuid", "local:4294967290:4294967295\nlocal:-1:5\nlocal:100000:0\nlocal::5\n");
    CHECK(lists("local", "4294967290:5"));
}

static void single_gids_are_granted_where_the_node_allows_it(void)
{
    const char *local_rows
        = "alice:5000:1\nalice:6000:2\nalice:999:1\nalice:65534:1\nlocal:5000:1\n"
          "alice:0:1\nalice:70000:1\n";

    put_text("subuid", local_rows);
    put_text("subgid", local_rows);
    put_map(THREE, "");
    CHECK(!has_of(SUBGID, "alice", 5000, 1) && !has_of(SUBGID, "local", 5000, 1));
    put_map(THREE, "--grants");
    CHECK(has_of(SUBGID, "alice", 5000, 1) && has_of(SUBGID, "local", 5000, 1));
    CHECK(strcmp(list_of(SUBGID, "alice"), "1001062400:65536 5000:1 70000:1") == 0);
    CHECK(!has_of(SUBGID, "alice", 6000, 1) && !has_of(SUBGID, "alice", 999, 1));
    CHECK(!has_of(SUBGID, "alice", 0, 1) && !has_of(SUBGID, "alice", 65534, 1));
    CHECK(!has_of(SUBUID, "alice", 5000, 1) && lists("alice", "1001062400:65536"));
    CHECK(found_of(SUBGID, 5000, "11 500") && found_of(SUBGID, 999, ""));
    caller = 12;
    CHECK(!has_of(SUBGID, "alice", 5000, 1));
}

static void a_grant_that_adjoins_the_registered_range_counts_with_it(void)
{
    put_text("subgid", "alice:1001062399:1\nalice:1001127936:1\n");
    put_map(ROW("alice", 11, 1001062400, 65536), "--grants");
    CHECK(has_of(SUBGID, "alice", 1001062399, 65538));
    CHECK(!has_of(SUBGID, "alice", 1001062399, 65539) && !has("alice", 1001062399, 65538));
}

static void odd_lines_are_skipped(void)
{
    enum { LONG = 20000 };
    char *text = malloc(LONG + 200);
    size_t length;

    memset(text, 'x', LONG);
    length = LONG + (size_t)sprintf(text + LONG, ":1:1\nlocal:100000:10\nlocal:7");
    put_file("subuid", text, length); /* the last line has no LF and is not a row */
    CHECK(lists("local", "100000:10"));
    memset(text, 'x', 1100);
    length = 1015 + (size_t)sprintf(text + 1015, ":80000:1\n%s", "local:100000:10");
    put_file("subuid", text, length);
    CHECK(lists("local", "100000:10")); /* a last line without LF is a line too */
    text[1015] = '\0';
    CHECK(lists(text, "80000:1")); /* 1023 bytes are a line, 1024 are not */
    text[1015] = ':';
    memmove(text + 1, text, length);
    put_file("subuid", text, length + 1);
    text[1016] = '\0';
    CHECK(lists(text, "") && lists("local", "100000:10"));
    put_file("subuid", "local:90000:1\0:\nlocal:100000:10\n\n\n", 34);
    CHECK(lists("local", "100000:10"));
    free(text);
}

int main(void)
{
    RUN(a_registered_owner_is_found_by_name_and_by_uid);
    RUN(only_ids_in_the_range_belong_to_its_owner);
    RUN(a_name_without_its_uid_gains_nothing);
    RUN(the_two_id_spaces_are_apart);
    RUN(every_id_has_its_owner);
    RUN(names_are_found_in_the_order_of_lines);
    RUN(every_one_of_many_owners_is_found);
    RUN(an_empty_snapshot_has_no_owners);
    RUN(unknown_owners_fall_through_to_local_rows);
    RUN(local_rows_of_a_registered_owner_do_not_count);
    RUN(a_local_name_without_its_uid_gains_nothing);
    RUN(adjoining_local_ranges_count_as_one);
    RUN(ids_of_the_host_are_never_returned);
    RUN(single_gids_are_granted_where_the_node_allows_it);
    RUN(a_grant_that_adjoins_the_registered_range_counts_with_it);
    RUN(odd_lines_are_skipped);
    return verdict();
}
