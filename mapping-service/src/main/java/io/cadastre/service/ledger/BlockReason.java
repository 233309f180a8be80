/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.subid.IdRange;
import java.util.Optional;
import java.util.UUID;

/**
 * Why a slot cannot be allocated. {@link #text} is the form that the column {@code blocked_by} and
 * messages hold; {@link #parse} reads back every text, and {@code parse(t).text()} equals {@code
 * t}.
 */
public sealed interface BlockReason {

  /** The reason as the database and messages write it. */
  String text();

  /** Whether an allocation holds the slot, or touches it. */
  default boolean isAllocation() {
    return false;
  }

  /** Whether a range that the ledger does not own has IDs of the slot. */
  default boolean isForeign() {
    return this instanceof ForeignEntry || this instanceof LocalRow;
  }

  /** The reason that this text states. */
  static BlockReason parse(String text) {
    return AllocatedRange.parse(text)
        .or(() -> ForeignEntry.parse(text))
        .or(() -> LocalRow.parse(text))
        .or(() -> RealId.parse(text))
        .or(() -> MappedId.parse(text))
        .filter(reason -> reason.text().equals(text))
        .orElseGet(() -> new OtherReason(text));
  }

  /** The reason for a row of {@code foreign_range} with this source. */
  static BlockReason ofSource(String source) {
    return source.startsWith(LocalRow.PREFIX) ? new LocalRow(source) : new ForeignEntry(source);
  }

  private static Optional<String> after(String prefix, String text) {
    return text.startsWith(prefix)
        ? Optional.of(text.substring(prefix.length()))
        : Optional.empty();
  }

  private static Optional<IdRange> afterRange(String prefix, String text) {
    try {
      return after(prefix, text)
          .map(range -> range.split(":", 2))
          .filter(parts -> parts.length == 2)
          .map(parts -> new IdRange(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A range of this allocation is the slot or touches it. */
  record AllocatedRange(UUID allocation) implements BlockReason {
    private static final String PREFIX = "allocation ";

    @Override
    public String text() {
      return PREFIX + allocation;
    }

    @Override
    public boolean isAllocation() {
      return true;
    }

    private static Optional<BlockReason> parse(String text) {
      try {
        return after(PREFIX, text).map(UUID::fromString).map(AllocatedRange::new);
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }

  /** A directory entry that the ledger does not know claims IDs of the slot. */
  record ForeignEntry(String dn) implements BlockReason {
    private static final String PREFIX = "entry of the directory: ";

    @Override
    public String text() {
      return PREFIX + dn;
    }

    private static Optional<BlockReason> parse(String text) {
      return after(PREFIX, text).map(ForeignEntry::new);
    }
  }

  /** A local row of a node has IDs of the slot. No DN begins as the text does. */
  record LocalRow(String text) implements BlockReason {
    static final String PREFIX = "local row ";

    private static Optional<BlockReason> parse(String text) {
      return after(PREFIX, text).map(rest -> new LocalRow(text));
    }
  }

  /** An account or group has its uid or gid in this range, the range of the slot. */
  record RealId(IdRange range) implements BlockReason {
    private static final String PREFIX = "real ID: an account or group has an ID in ";

    @Override
    public String text() {
      return PREFIX + range;
    }

    private static Optional<BlockReason> parse(String text) {
      return afterRange(PREFIX, text).map(RealId::new);
    }
  }

  /** SSSD may compute an ID in this range, the range of the slot, for an account or group. */
  record MappedId(IdRange range) implements BlockReason {
    private static final String PREFIX = "ID mapping: SSSD gives accounts or groups IDs in ";

    @Override
    public String text() {
      return PREFIX + range;
    }

    private static Optional<BlockReason> parse(String text) {
      return afterRange(PREFIX, text).map(MappedId::new);
    }
  }

  /** A text that this service does not write: the table was edited by hand. */
  record OtherReason(String text) implements BlockReason {}
}
