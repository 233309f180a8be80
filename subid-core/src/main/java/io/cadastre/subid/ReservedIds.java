/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import static io.cadastre.subid.ReservedRange.Claim.ABOVE_2GI;
import static io.cadastre.subid.ReservedRange.Claim.CLAIMED;
import static io.cadastre.subid.ReservedRange.Claim.FORBIDDEN;
import static io.cadastre.subid.ReservedRange.Claim.OPT_IN;

import io.cadastre.subid.ReservedRange.Claim;
import java.util.List;

/**
 * The reserved IDs: each claim on a part of the ID space, as the claimant's code or document has
 * it. docs/id-space.md has the same table.
 */
public final class ReservedIds {
  private static final String SYSTEMD = "systemd, UIDS-GIDS";

  /** Every known claim, in the order of the first IDs. */
  public static final List<ReservedRange> TABLE =
      List.of(
          forbidden(0, 0, "root"),
          forbidden(1, 999, "system users"),
          forbidden(1000, 60000, "regular users"),
          forbidden(60001, 60513, "systemd-homed users"),
          forbidden(60514, 60577, "host users mapped into nspawn containers"),
          forbidden(60578, 60705, "systemd dynamic greeter users"),
          forbidden(60706, 61183, "unassigned 16-bit IDs, Debian static users"),
          forbidden(61184, 65519, "systemd DynamicUser="),
          forbidden(65520, 65533, "unassigned 16-bit IDs, Debian"),
          forbidden(65534, 65534, "nobody, the overflow ID"),
          forbidden(65535, 65535, "the 16-bit -1"),
          claim(
              CLAIMED,
              65536,
              IdRange.MAX_ID,
              "kubelet",
              "a kubelet for which getsubids kubelet has no answer",
              "Kubernetes, kubelet_pods.go",
              "Give an owner kubelet a range, as docs/id-space.md says."),
          claim(
              CLAIMED,
              65536,
              4294901759L,
              "apptainer",
              "apptainer config fakeroot --add, from the top down",
              "Apptainer, fakeroot",
              "Do not run it on nodes: the registry's row serves Apptainer too."),
          claim(
              CLAIMED,
              100000,
              165535,
              "docker",
              "dockremap of Docker's userns-remap, the first free range from here up",
              "Docker, userns-remap",
              "Give dockremap a row of its own before Docker's first start."),
          claim(
              CLAIMED,
              100000,
              600100000,
              "useradd",
              "useradd on each node",
              "shadow, login.defs",
              "Set SUB_UID_COUNT 0 and SUB_GID_COUNT 0 in login.defs of the nodes."),
          claim(
              CLAIMED,
              200000,
              2000199999,
              "sssd",
              "SSSD AD id-mapping, FreeIPA users",
              "sssd-ldap(5)",
              "The IDs of accounts in the directory are real IDs, and no range holds one; with SSSD's ID mapping set identity.sssdIdMapping."),
          claim(
              OPT_IN,
              524288,
              589823,
              "snapd",
              "snapd, where it runs",
              "snapd, system users",
              "Keep snapd off the nodes: its accounts have these IDs."),
          claim(
              CLAIMED,
              524288,
              1879048191,
              "nspawn",
              "systemd-nspawn -U, nsresourced",
              SYSTEMD,
              "Do not use them on nodes: they look for users, not for subordinate IDs."),
          claim(
              CLAIMED,
              1000000,
              1000999999,
              "incus",
              "LXD and Incus without a row for root",
              "Incus, idmap",
              "Give root a row outside the pools in /etc/subuid and /etc/subgid of these hosts."),
          claim(
              CLAIMED,
              100000000,
              200000000,
              "docker",
              "dockremap of openSUSE",
              "openSUSE, Docker",
              "Give dockremap a row of its own before Docker's first start."),
          claim(
              CLAIMED,
              1879048192,
              2147483647,
              "kanidm",
              "kanidm dynamic IDs",
              "kanidm, POSIX accounts",
              "The IDs of accounts in the directory are real IDs, and no range holds one."),
          claim(
              CLAIMED,
              2100000000L,
              4200000000L,
              "himmelblau",
              "himmelblau subids",
              "himmelblau, subids",
              "Configure another range in himmelblau.conf."),
          forbidden(2147352576, 2147418111, "systemd foreign OS images"),
          claim(
              ABOVE_2GI,
              2147483648L,
              IdRange.MAX_ID,
              "",
              "IDs of 2^31 and above break devpts and setfsuid",
              SYSTEMD,
              "Test your programs with such IDs."),
          claim(
              CLAIMED,
              2147483648L,
              4294901759L,
              "freeipa",
              "FreeIPA subids",
              "FreeIPA, subids",
              "Let one of the two give ranges: FreeIPA or this registry."));

  private ReservedIds() {}

  private static ReservedRange forbidden(long first, long last, String claimant) {
    return new ReservedRange(IdRange.between(first, last), claimant, FORBIDDEN, SYSTEMD, "", "");
  }

  private static ReservedRange claim(
      Claim claim,
      long first,
      long last,
      String keyword,
      String claimant,
      String source,
      String remedy) {
    return new ReservedRange(
        IdRange.between(first, last), claimant, claim, source, keyword, remedy);
  }

  /** Returns the claims that share an ID with {@code range}. */
  public static List<ReservedRange> touching(IdRange range) {
    return TABLE.stream().filter(reserved -> reserved.ids().overlaps(range)).toList();
  }

  /** Returns the claims that forbid {@code range}, unless the configuration accepts them. */
  public static List<ReservedRange> forbidding(IdRange range, AcceptedClaims accepted) {
    return touching(range).stream()
        .filter(reserved -> reserved.claim() != CLAIMED && !accepted.accepts(reserved))
        .toList();
  }

  /** Returns the claims on {@code range} that warn and do not forbid, except accepted ones. */
  public static List<ReservedRange> claiming(IdRange range, AcceptedClaims accepted) {
    return touching(range).stream()
        .filter(reserved -> reserved.claim() == CLAIMED && !accepted.accepts(reserved))
        .toList();
  }

  /** Returns the claims that forbid {@code range} whatever the configuration says. */
  public static List<ReservedRange> forbidden(IdRange range) {
    return touching(range).stream().filter(reserved -> reserved.claim() == FORBIDDEN).toList();
  }
}
