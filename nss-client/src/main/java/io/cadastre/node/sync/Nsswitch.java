/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.settings.NodeSettings.Mode;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import java.util.List;
import java.util.Optional;

/** The {@code subid:} line of nsswitch.conf(5), which names the source that libsubid asks. */
public final class Nsswitch {
  private static final String KEY = "subid:";
  private static final String PLUGIN = "cadastre";

  private Nsswitch() {}

  /**
   * Checks that the line fits the mode of the node.
   *
   * @param text of /etc/nsswitch.conf; an image may have none yet, and no text has no finding
   */
  static Optional<Finding> check(String text, Mode mode) {
    boolean asksPlugin = source(text).equals(PLUGIN);
    if (text.isEmpty() || asksPlugin == (mode == Mode.PLUGIN)) {
      return Optional.empty();
    }
    return Optional.of(
        mode == Mode.PLUGIN
            ? warning(
                "it has no \"subid: cadastre\", so no program reads the map, but this node's mode is plugin",
                "run \"cadastre-node plugin on\"")
            : warning(
                "it says \"subid: cadastre\", but this node's mode is files",
                "set the mode to plugin, or run \"cadastre-node plugin off\""));
  }

  /**
   * The source that libsubid asks: shadow reads only the first word. Without a word it is {@code
   * files}.
   */
  public static String source(String text) {
    return sources(text).stream().findFirst().orElse("files");
  }

  /**
   * All words of the line that shadow reads: the first line that begins with {@code subid:}, in
   * upper or lower case and without white space before it, and that has a word. shadow knows no
   * comments on that line: if the first word is "#", it looks for a source of that name.
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
