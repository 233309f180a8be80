/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.registry.AccountSynchronizer.Followed;
import io.cadastre.service.registry.AdminCommands.Following;
import java.util.List;
import java.util.Optional;

/**
 * The result of following the directory.
 *
 * @param forgotten absent if no IDs were to be forgotten
 * @param owners absent if no owner could follow: no directory, or changes are held back
 * @param entitled absent if ranges are allocated on request only
 */
public record FollowedJson(
    Optional<ForgottenIdsJson> forgotten,
    Optional<FollowedOwnersJson> owners,
    Optional<EntitledJson> entitled) {
  /**
   * The number of newly entitled accounts.
   *
   * @param allocated got, or would get, a range
   * @param waiting have none yet: another read must show them, an admin must accept so many, or the
   *     pool is nearly full
   */
  public record EntitledJson(int allocated, int waiting) {}

  /** The number of IDs that were, or would be, forgotten. */
  public record ForgottenIdsJson(int uids, int gids) {}

  /**
   * The number of owners.
   *
   * @param followed renamed, renumbered or moved
   * @param withheld their accounts are gone, or their names or uids belong to others
   * @param restored their accounts are back
   * @param spared missing, but too many in a day to be believed
   * @param renames the owners with new names
   * @param renamesWait whether the new names are too many to be followed unless accepted
   */
  public record FollowedOwnersJson(
      int followed,
      int withheld,
      int restored,
      int spared,
      List<RenameJson> renames,
      boolean renamesWait) {
    /**
     * A new name.
     *
     * @param from the name in the ledger
     * @param to the login name of the account
     * @param uidNumber the uid of the account
     */
    public record RenameJson(String from, String to, long uidNumber) {}

    static FollowedOwnersJson of(Followed followed) {
      return new FollowedOwnersJson(
          followed.followed(),
          followed.withheld(),
          followed.restored(),
          followed.spared(),
          followed.renames().renames().stream()
              .map(r -> new RenameJson(r.from().value(), r.to().value(), r.uidNumber()))
              .toList(),
          followed.renames().waiting());
    }
  }

  /** The answer that reports this. */
  public static FollowedJson of(Following following) {
    return new FollowedJson(
        following.forgotten().map(ids -> new ForgottenIdsJson(ids.uids(), ids.gids())),
        following.followed().map(FollowedOwnersJson::of),
        following.entitled().map(e -> new EntitledJson(e.allocated(), e.waiting())));
  }
}
