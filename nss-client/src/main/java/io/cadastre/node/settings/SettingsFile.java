/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.settings;

import io.cadastre.node.guard.Acceptance;
import io.cadastre.node.guard.Acceptances;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Parses the text of /etc/cadastre/node.conf and of the files in accept.d: one setting or
 * acceptance a line, blank lines, and comments after {@code #} at the start of a line. All mistakes
 * are found in one pass, and each is named by its line. No mistake quotes its line: in an image the
 * file may be a link to another file, whose content must not be printed.
 */
public final class SettingsFile {
  private final String path;
  private final List<String> lines;
  private final List<String> mistakes = new ArrayList<>();

  private SettingsFile(String path, String text) {
    this.path = path;
    this.lines = new ArrayList<>();
    for (String line : text.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1)) {
      lines.add(line.strip());
    }
  }

  /**
   * Parses settings.
   *
   * @param path for the messages
   */
  public static NodeSettings settings(String path, String text) throws SettingsRefused {
    SettingsFile file = new SettingsFile(path, text);
    NodeSettings.Builder builder = new NodeSettings.Builder();
    Set<SettingKey> seen = EnumSet.noneOf(SettingKey.class);
    for (int i = 0; i < file.lines.size(); i++) {
      if (file.isEntry(i)) {
        file.readSetting(i, builder, seen);
      }
    }
    file.requireNoMistakes();
    return builder.build();
  }

  /**
   * Parses acceptances.
   *
   * @param path for the messages
   */
  public static Acceptances acceptances(String path, String text) throws SettingsRefused {
    SettingsFile file = new SettingsFile(path, text);
    Set<Acceptance> accepted = new HashSet<>();
    for (int i = 0; i < file.lines.size(); i++) {
      if (file.isEntry(i)) {
        try {
          accepted.add(Acceptance.of(file.lines.get(i)));
        } catch (IllegalArgumentException e) {
          file.mistake(i, String.valueOf(e.getMessage()));
        }
      }
    }
    file.requireNoMistakes();
    return new Acceptances(accepted);
  }

  private void readSetting(int line, NodeSettings.Builder builder, Set<SettingKey> seen) {
    String[] sides = lines.get(line).split("=", 2);
    String word = sides[0].strip();
    Optional<SettingKey> key = SettingKey.of(word);
    if (sides.length < 2) {
      mistake(line, "it is not of the form KEY = VALUE");
    } else if (key.isEmpty()) {
      mistake(
          line,
          "there is no such key; there are "
              + Stream.of(SettingKey.values())
                  .map(SettingKey::word)
                  .collect(Collectors.joining(", ")));
    } else if (!seen.add(key.get()) && !key.get().repeats()) {
      mistake(line, word + " is set a second time");
    } else {
      try {
        key.get().read(builder, sides[1].strip());
      } catch (IllegalArgumentException e) {
        mistake(line, "%s: %s (%s)".formatted(word, e.getMessage(), key.get().form()));
      }
    }
  }

  private boolean isEntry(int line) {
    return !lines.get(line).isEmpty() && !lines.get(line).startsWith("#");
  }

  private void mistake(int line, String what) {
    mistakes.add("%s:%d: %s".formatted(path, line + 1, what));
  }

  private void requireNoMistakes() throws SettingsRefused {
    if (!mistakes.isEmpty()) {
      throw new SettingsRefused(mistakes);
    }
  }
}
