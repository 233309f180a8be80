/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.event;

import io.cadastre.subid.Witness;
import java.util.List;
import java.util.Optional;

/**
 * A witness and the node that kept it. Immutable.
 *
 * @param node the name of the node, or of the file that has its lines
 * @param witness what the node was told
 */
public record SeenHead(String node, Witness witness) {
  private static final int WORDS = 4;

  /**
   * The witness in a line of {@code cadastre-node heads}: the last four words. The word before them
   * is the node; a colon behind it, as pdsh and clush write it, is no part of the name.
   *
   * @param file the node of a line that names none, as in the file that a node keeps
   * @return empty if the line is another text
   */
  public static Optional<SeenHead> parse(String line, String file) {
    String[] words = line.strip().split("\\s+", -1);
    int first = words.length - WORDS;
    if (first < 0) {
      return Optional.empty();
    }
    String node = first == 0 ? file : words[first - 1].replaceFirst(":$", "");
    return Witness.parse(String.join(" ", List.of(words).subList(first, words.length)))
        .map(witness -> new SeenHead(node, witness));
  }
}
