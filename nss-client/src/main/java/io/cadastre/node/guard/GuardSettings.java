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
 */
public record GuardSettings(
    Window window, int maxShrinkPercent, boolean refuseNewIdentity, boolean singleGidGrants) {
  /** The settings where the file has none. */
  public static final GuardSettings DEFAULT = new GuardSettings(Window.DEFAULT, 10, false, false);

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
