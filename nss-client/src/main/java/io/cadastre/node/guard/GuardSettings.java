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
 * @param window the IDs it allows
 * @param maxShrinkPercent the share of the last snapshot's allocations that may be gone
 * @param refuseNewIdentity whether a new allocation under a known name or uid is refused, not only
 *     warned of
 * @param singleGidGrants whether rows of /etc/subgid with a count of 1 are the node's to give, also
 *     to owners whom the snapshot has
 */
public record GuardSettings(
    Window window, int maxShrinkPercent, boolean refuseNewIdentity, boolean singleGidGrants) {
  /** What holds where nothing is set. */
  public static final GuardSettings DEFAULT = new GuardSettings(Window.DEFAULT, 10, false, false);

  /**
   * Whether a local row grants a single project GID: by the rule that the plugin's
   * SINGLE_GID_GRANTS has (decision 0043).
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
