/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import io.cadastre.subid.NodeName;
import java.util.List;
import java.util.Locale;

/**
 * The host names that a node's credential is for.
 *
 * @param text the pattern, with {@code *} for any characters, none included; letters in any case
 */
public record NodePattern(String text) {

  /** Returns whether the name fits. Takes time in proportion to the name's length for each star. */
  public boolean matches(NodeName node) {
    List<String> parts = List.of(text.toLowerCase(Locale.ROOT).split("\\*", -1));
    String name = node.value();
    String first = parts.get(0);
    String last = parts.get(parts.size() - 1);
    if (parts.size() == 1) {
      return name.equals(first);
    }
    int at = first.length();
    int end = name.length() - last.length();
    if (at > end || !name.startsWith(first) || !name.endsWith(last)) {
      return false;
    }
    for (String part : parts.subList(1, parts.size() - 1)) {
      int found = name.indexOf(part, at);
      if (found < 0 || found + part.length() > end) {
        return false;
      }
      at = found + part.length();
    }
    return true;
  }

  /** Returns whether one name fits, and no other. */
  public boolean namesOne() {
    return text.indexOf('*') < 0;
  }
}
