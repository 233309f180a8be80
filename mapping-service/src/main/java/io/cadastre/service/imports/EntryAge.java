/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.Allocation;

/**
 * Compares the age of an entry with that of an allocation: by revision, which every change moves.
 * An entry of an earlier version has none and is compared by serial, which a change outside the
 * snapshot leaves alone.
 */
final class EntryAge {
  private EntryAge() {}

  /** Whether the entry shows a change that came after the recorded one. */
  static boolean isAhead(Allocation published, Allocation recorded) {
    return published.revision() > 0
        ? published.revision() > recorded.revision()
        : published.serial() > recorded.serial();
  }

  /** As {@link #isAhead}, or possibly: by an equal serial and another content. */
  static boolean mayBeAhead(Allocation published, Allocation recorded) {
    return isAhead(published, recorded)
        || (published.revision() == 0
            && published.serial() == recorded.serial()
            && !isSame(published, recorded));
  }

  /** Whether the entry shows an earlier state than the recorded one. */
  static boolean isBehind(Allocation published, Allocation recorded) {
    return published.revision() > 0
        ? published.revision() < recorded.revision()
        : published.serial() < recorded.serial();
  }

  /** Whether two entries claim to be of the same age. */
  static boolean isTied(Allocation one, Allocation other) {
    return (one.revision() > 0 && other.revision() > 0)
        ? one.revision() == other.revision()
        : one.serial() == other.serial();
  }

  /** Whether both are equal; a missing revision equals any. */
  static boolean isSame(Allocation one, Allocation other) {
    return (one.revision() == 0 || other.revision() == 0)
        ? one.withRevision(0).equals(other.withRevision(0))
        : one.equals(other);
  }
}
