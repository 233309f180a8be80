/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.settings.Mode;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import java.util.List;
import java.util.Optional;

/** Whom libsubid asks: the {@code subid:} line of nsswitch.conf(5). */
public final class Nsswitch {
  private static final String KEY = "subid:";
  private static final String PLUGIN = "cadastre";

  private Nsswitch() {}

  /**
   * What is wrong with it for this mode.
   *
   * @param text of /etc/nsswitch.conf; an image may have none yet
   */
  static Optional<Finding> check(String text, Mode mode) {
    boolean asksPlugin = source(text).equals(PLUGIN);
    if (text.isEmpty() || asksPlugin == (mode == Mode.PLUGIN)) {
      return Optional.empty();
    }
    return Optional.of(
        mode == Mode.PLUGIN
            ? warning(
                "it has no \"subid: cadastre\", so nobody reads the map that this node's mode says",
                "add the line")
            : warning(
                "it says \"subid: cadastre\", but this node's mode is files",
                "set the mode to plugin, or take the line out"));
  }

  /** The source that libsubid asks: shadow reads the first word alone; without one, the files. */
  public static String source(String text) {
    return sources(text).stream().findFirst().orElse("files");
  }

  /**
   * All words of the line that shadow reads: the first that begins with {@code subid:}, in any case
   * of letters and with nothing before it, and that says something. It knows no comment behind
   * that: a first word "#" is the source that it looks for.
   */
  public static List<String> sources(String text) {
    return text.lines()
        .filter(line -> line.regionMatches(true, 0, KEY, 0, KEY.length()))
        .map(line -> line.substring(KEY.length()).strip())
        .filter(words -> !words.isEmpty())
        .findFirst()
        .map(words -> List.of(words.split("\\s+")))
        .orElse(List.of());
  }

  private static Finding warning(String message, String remedy) {
    return new Finding("nsswitch", Severity.WARNING, "/etc/nsswitch.conf", message, remedy);
  }
}
