/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.sync;

import cadastre.node.settings.Mode;
import cadastre.subid.Finding;
import cadastre.subid.Severity;
import java.util.Optional;

/** Whom libsubid asks: the {@code subid:} line of nsswitch.conf(5). */
final class Nsswitch {
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

  /** shadow reads the first word of the first such line only; without one, it reads the files. */
  private static String source(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> line.startsWith("subid:"))
        .map(line -> line.substring("subid:".length()).strip().split("\\s+", 2)[0])
        .findFirst()
        .orElse("files");
  }

  private static Finding warning(String message, String remedy) {
    return new Finding("nsswitch", Severity.WARNING, "/etc/nsswitch.conf", message, remedy);
  }
}
