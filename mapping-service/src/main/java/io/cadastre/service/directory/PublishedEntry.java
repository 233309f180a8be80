/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.subid.Allocation;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An entry below one of the two containers. */
public sealed interface PublishedEntry {
  /** The entry's own DN. */
  String dn();

  /**
   * An entry that Cadastre wrote and that still makes sense.
   *
   * @param dn the entry's own DN
   * @param allocation everything the ledger needs to know it again
   */
  record Ours(String dn, Allocation allocation) implements PublishedEntry {}

  /**
   * An entry of somebody else's, or one of ours that does not parse. Its ranges are taken.
   *
   * @param dn the entry's own DN
   * @param uidRanges subuids it speaks of, as far as they can be read
   * @param gidRanges subgids it speaks of, as far as they can be read
   * @param finding what is wrong with it; empty if it is merely not ours
   * @param allocation the allocation that it says it is of, if that can be read
   */
  record Foreign(
      String dn,
      List<IdRange> uidRanges,
      List<IdRange> gidRanges,
      Optional<Finding> finding,
      Optional<UUID> allocation)
      implements PublishedEntry {}
}
