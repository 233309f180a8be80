/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import static io.cadastre.subid.ReservedRange.Claim.ABOVE_2GI;
import static io.cadastre.subid.ReservedRange.Claim.CLAIMED;
import static io.cadastre.subid.ReservedRange.Claim.FORBIDDEN;

import io.cadastre.subid.ReservedRange.Claim;
import java.util.List;

/** The reserved IDs: each claim on a part of the ID space, with its document. */
public final class ReservedIds {
  private static final String SYSTEMD = "systemd, UIDS-GIDS";

  /** Every known claim, in the order of the first IDs. */
  public static final List<ReservedRange> TABLE =
      List.of(
          row(0, 0, "root", FORBIDDEN, SYSTEMD),
          row(1, 999, "system users", FORBIDDEN, SYSTEMD),
          row(1000, 60000, "regular users", FORBIDDEN, SYSTEMD),
          row(60001, 60513, "systemd-homed users", FORBIDDEN, SYSTEMD),
          row(60514, 60577, "host users mapped into nspawn containers", FORBIDDEN, SYSTEMD),
          row(60578, 60705, "systemd dynamic greeter users", FORBIDDEN, SYSTEMD),
          row(60706, 61183, "unassigned 16-bit IDs, Debian static users", FORBIDDEN, SYSTEMD),
          row(61184, 65519, "systemd DynamicUser=", FORBIDDEN, SYSTEMD),
          row(65520, 65533, "unassigned 16-bit IDs, Debian", FORBIDDEN, SYSTEMD),
          row(65534, 65534, "nobody, the overflow ID", FORBIDDEN, SYSTEMD),
          row(65535, 65535, "the 16-bit -1", FORBIDDEN, SYSTEMD),
          row(65536, 7274495, "kubelet user namespaces, 110 pods", CLAIMED, "Kubernetes KEP-127"),
          row(100000, 600100000, "useradd on each node", CLAIMED, "shadow, login.defs"),
          row(200000, 2000199999, "SSSD AD id-mapping, FreeIPA users", CLAIMED, "sssd-ldap(5)"),
          row(524288, 589823, "snapd", FORBIDDEN, "snapd, system users"),
          row(524288, 1879048191, "systemd-nspawn -U, nsresourced", CLAIMED, SYSTEMD),
          row(1000000, 1000999999, "LXD and Incus", CLAIMED, "Incus, idmap"),
          row(100000000, 200000000, "dockremap", CLAIMED, "openSUSE, Docker"),
          row(1879048192, 2147483647, "kanidm dynamic IDs", CLAIMED, "kanidm, POSIX accounts"),
          row(2100000000L, 4200000000L, "himmelblau subids", CLAIMED, "himmelblau, subids"),
          row(2147352576, 2147418111, "systemd foreign OS images", FORBIDDEN, SYSTEMD),
          row(
              2147483648L,
              IdRange.MAX_ID,
              "IDs of 2^31 and above break devpts and setfsuid",
              ABOVE_2GI,
              SYSTEMD),
          row(
              2147483648L,
              4294901759L,
              "FreeIPA subids, apptainer config fakeroot",
              CLAIMED,
              "FreeIPA, subids"));

  private ReservedIds() {}

  private static ReservedRange row(
      long first, long last, String claimant, Claim claim, String source) {
    return new ReservedRange(IdRange.between(first, last), claimant, claim, source);
  }

  /** Returns the claims that share an ID with {@code range}. */
  public static List<ReservedRange> touching(IdRange range) {
    return TABLE.stream().filter(reserved -> reserved.ids().overlaps(range)).toList();
  }

  /**
   * Returns the claims that forbid {@code range}.
   *
   * @param allowAbove2Gi whether the configuration allows IDs of 2^31 and above
   */
  public static List<ReservedRange> forbidding(IdRange range, boolean allowAbove2Gi) {
    return touching(range).stream()
        .filter(r -> r.claim() == FORBIDDEN || (r.claim() == ABOVE_2GI && !allowAbove2Gi))
        .toList();
  }
}
