/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

/** The two ID spaces of a host. An allocation has a range in each. */
public enum IdType {
  /** Subordinate user IDs: subuid(5). */
  SUBUID,
  /** Subordinate group IDs: subgid(5). */
  SUBGID;

  /** Returns the word in paths, files and messages: {@code subuid} or {@code subgid}. */
  public String word() {
    return this == SUBUID ? "subuid" : "subgid";
  }

  /**
   * Returns the type with this word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static IdType of(String word) {
    for (IdType type : values()) {
      if (type.word().equals(word)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "the type \"%s\" is refused: it is subuid or subgid".formatted(word));
  }
}
