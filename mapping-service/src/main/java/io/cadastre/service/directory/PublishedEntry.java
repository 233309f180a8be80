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
import java.util.function.Consumer;

/** An entry below one of the two containers. */
public sealed interface PublishedEntry {
  /** The entry's own DN. */
  String dn();

  /** Passes the entry to the consumer of its kind. */
  void pass(Consumer<Ours> ours, Consumer<Foreign> foreign);

  /**
   * An entry that Cadastre wrote and that is still valid.
   *
   * @param dn the entry's own DN
   * @param allocation the allocation, as the ledger records it
   */
  record Ours(String dn, Allocation allocation) implements PublishedEntry {
    @Override
    public void pass(Consumer<Ours> ours, Consumer<Foreign> foreign) {
      ours.accept(this);
    }
  }

  /**
   * An entry of another program, or one of ours that does not parse. Its ranges are taken.
   *
   * @param dn the entry's own DN
   * @param uidRanges the subuids that it claims, as far as they can be read
   * @param gidRanges the subgids that it claims, as far as they can be read
   * @param finding what is wrong with it; empty for an entry of another program
   * @param allocation the id of the allocation in it, if that can be read
   */
  record Foreign(
      String dn,
      List<IdRange> uidRanges,
      List<IdRange> gidRanges,
      Optional<Finding> finding,
      Optional<UUID> allocation)
      implements PublishedEntry {
    @Override
    public void pass(Consumer<Ours> ours, Consumer<Foreign> foreign) {
      foreign.accept(this);
    }
  }
}
