/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.service.directory.PublishedEntry.Ours;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Owner;
import java.util.List;
import java.util.Optional;

/**
 * How entries show allocations, by the server's schema at one moment. Asks no server. Immutable.
 */
public final class PublishedForm {
  private final EntryCodec codec;

  PublishedForm(EntryCodec codec) {
    this.codec = codec;
  }

  /** Whether publishing gives this allocation an entry if it has none. */
  public boolean needsEntry(Allocation allocation) {
    return EntryCodec.hasEntry(allocation);
  }

  /** The entry that publishing writes for an allocation. */
  public Ours entryOf(Allocation allocation) {
    return new Ours(codec.dn(allocation).toString(), shown(allocation));
  }

  /**
   * Whether this is the entry that publishing writes for the allocation, with the same texts. One
   * that spells the DN of the account in another way is not, although it does not {@linkplain
   * PublishDirectory#differs differ}.
   */
  public boolean isEntryOf(Allocation allocation, Ours entry) {
    return (needsEntry(allocation) || allocation.state() != AllocationState.ACTIVE)
        && entry.allocation().equals(shown(allocation))
        && !EntryDiff.isOutdated(codec, List.of(entry))
        && EntryDiff.normalized(entry.dn()).equals(codec.dn(allocation).toNormalizedString());
  }

  /** Only the entry of an active allocation names the account. */
  private Allocation shown(Allocation a) {
    Allocation revised = codec.hasRevision() ? a : a.withRevision(0);
    Owner o = a.owner();
    return a.state() == AllocationState.ACTIVE
        ? revised
        : revised.withOwner(
            new Owner(o.stableId(), o.name(), o.uidNumber(), o.gidNumber(), Optional.empty()));
  }
}
