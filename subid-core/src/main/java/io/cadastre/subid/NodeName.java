/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.util.Locale;

/**
 * The name of a node: a host name by RFC 1123, in lower case. Immutable.
 *
 * @param value 1 to 253 characters: labels of 1 to 63 letters, digits and hyphens, with dots
 *     between them
 */
public record NodeName(String value) implements Comparable<NodeName> {
  private static final int LONGEST = 253;
  private static final int LONGEST_LABEL = 63;

  /**
   * Checks the form of the name and lowers it.
   *
   * @throws IllegalArgumentException if it is no host name; the message does not quote it
   */
  public NodeName {
    // Before it is lowered: the lower case of the Kelvin sign is the letter k.
    if (!isHostName(value)) {
      throw new IllegalArgumentException(
          "a node's name is a host name: labels of 1 to 63 letters, digits and inner hyphens, with"
              + " dots between them, up to 253 characters");
    }
    value = value.toLowerCase(Locale.ROOT);
  }

  /** By loops: a node checks its name when it starts. */
  private static boolean isHostName(String text) {
    int label = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean last = i + 1 == text.length() || text.charAt(i + 1) == '.';
      if (c == '.') {
        if (label == 0 || last) {
          return false;
        }
        label = 0;
      } else if (isLetterOrDigit(c) || (c == '-' && label > 0 && !last)) {
        label++;
        if (label > LONGEST_LABEL) {
          return false;
        }
      } else {
        return false;
      }
    }
    return label > 0 && text.length() <= LONGEST;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  @Override
  public int compareTo(NodeName other) {
    return value.compareTo(other.value);
  }

  /** The name. */
  @Override
  public String toString() {
    return value;
  }
}
