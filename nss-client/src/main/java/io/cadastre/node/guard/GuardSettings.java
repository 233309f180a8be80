/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.guard;

import io.cadastre.subid.IdType;
import io.cadastre.subid.SubidRow;

/**
 * How strict a node is.
 *
 * @param window the IDs that it allows
 * @param maxShrinkPercent the share of the last snapshot's allocations that a new one may lack
 * @param refuseNewIdentity whether a new allocation under a known name or uid is refused, not only
 *     a warning
 * @param singleGidGrants whether rows of /etc/subgid with a count of 1 stay valid, also for owners
 *     in the snapshot
 * @param refuseConflicts whether one conflict with a local row or account refuses the snapshot;
 *     otherwise the node holds back the rows concerned
 */
public record GuardSettings(
    Window window,
    int maxShrinkPercent,
    boolean refuseNewIdentity,
    boolean singleGidGrants,
    boolean refuseConflicts) {
  /** The settings where the file has none. */
  public static final GuardSettings DEFAULT =
      new GuardSettings(Window.DEFAULT, 10, false, false, false);

  /** A small site may lose this many rows at once, whatever their share is. */
  private static final int SMALL_LOSS = 3;

  /** Whether so many rows with conflicts, of all rows of a snapshot, refuse the snapshot. */
  public boolean refuses(int conflicts, int all) {
    boolean emptiesTheNode = conflicts == all && all > 1;
    return conflicts > 0 && (refuseConflicts || emptiesTheNode || !allowsLoss(conflicts, all));
  }

  /** Whether so many of all rows may stop being served at once. */
  boolean allowsLoss(int lost, int all) {
    return lost <= SMALL_LOSS || lost * 100L <= (long) maxShrinkPercent * all;
  }

  /**
   * Whether a local row grants a single project GID, by the same rule as the plugin's
   * SINGLE_GID_GRANTS (decision 0043).
   */
  public boolean grants(IdType type, SubidRow row) {
    long gid = row.range().start();
    return singleGidGrants
        && type == IdType.SUBGID
        && row.range().count() == 1
        && gid >= 1000
        && gid != 65534
        && gid != 65535;
  }
}
