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
   * @param text of /etc/nsswitch.conf; an image may have none yet, and no text has no finding there
   * @param live whether it is the running system's: in plugin mode a line that is missing is an
   *     error then
   */
  static Optional<Finding> check(String text, Mode mode, boolean live) {
    boolean asksPlugin = source(text).equals(PLUGIN);
    if (asksPlugin == (mode == Mode.PLUGIN) || (text.isEmpty() && !live)) {
      return Optional.empty();
    }
    return Optional.of(
        mode == Mode.PLUGIN
            ? finding(
                live ? Severity.ERROR : Severity.WARNING,
                "it has no \"subid: cadastre\", so no program reads the map, but this node's mode"
                    + " is plugin",
                "run \"cadastre-node plugin on\"")
            : finding(
                Severity.WARNING,
                "it says \"subid: cadastre\", but this node's mode is files",
                "set the mode to plugin, or run \"cadastre-node plugin off\""));
  }

  /**
   * The source that libsubid asks: shadow reads only the first word. Without a word it is {@code
   * files}.
   */
  public static String source(String text) {
    List<String> sources = sources(text);
    return sources.isEmpty() ? "files" : sources.get(0);
  }

  /**
   * All words of the line that shadow reads: the first line that begins with {@code subid:}, in
   * upper or lower case and without white space before it, and that has a word. shadow knows no
   * comments on that line: if the first word is "#", it looks for a source of that name.
   */
  public static List<String> sources(String text) {
    // Without a lambda: the timer's run comes here (docs/decisions/0083).
    for (String line : text.split("\n", -1)) {
      if (line.regionMatches(true, 0, KEY, 0, KEY.length())) {
        String words = line.substring(KEY.length()).strip();
        if (!words.isEmpty()) {
          return List.of(words.split("\\s+", -1));
        }
      }
    }
    return List.of();
  }

  private static Finding finding(Severity severity, String message, String remedy) {
    return new Finding("nsswitch", severity, "/etc/nsswitch.conf", message, remedy);
  }
}
