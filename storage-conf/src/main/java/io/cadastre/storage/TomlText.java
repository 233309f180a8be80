/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * Reads TOML as the Go decoder does (BurntSushi, 1.2 in Podman 4.3.1, 1.6 in today's), bounded: a
 * text that would keep the parser busy, or deep in recursion, is refused before it starts.
 */
final class TomlText {
  /** So many brackets open at once are no configuration; the parser recurses at each. */
  private static final int MAX_DEPTH = 64;

  /**
   * A comment, or a string of one of TOML's four kinds; possessive, so that there is no way back.
   */
  private static final Pattern PART =
      Pattern.compile(
          "#[^\\n]*+"
              + "|\"\"\"(?:[^\"\\\\]|\\\\[\\s\\S]|\"(?!\"\"))*+\"\"\""
              + "|'''(?:[^']|'(?!''))*+'''"
              + "|\"(?:[^\"\\\\\\n]|\\\\.)*+\""
              + "|'[^'\\n]*+'");

  private static final Pattern ESCAPE = Pattern.compile("\\\\[\\s\\S]");

  private TomlText() {}

  /** The file's tables. */
  static TomlTable parse(StorageFile file, Engine engine) throws StorageRefused {
    refuseUnreasonable(file);
    String text = file.text();
    if (engine == Engine.MERGED && text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    refuseCharacters(file, text, engine);
    refuseEscapedApostrophes(file, text);
    TomlParseResult result = Toml.parse(text);
    if (result.hasErrors()) {
      TomlParseError error = result.errors().get(0);
      throw syntax(file, error.position().line(), String.valueOf(error.getMessage()));
    }
    return result;
  }

  private static void refuseUnreasonable(StorageFile file) throws StorageRefused {
    String text = file.text();
    if (text.length() > StorageFile.MAX_LENGTH) {
      throw new StorageRefused(
          Refusal.Code.TOO_LARGE,
          "%s is longer than the %,d characters that are read. A storage.conf has a few hundred lines"
              .formatted(file.path(), StorageFile.MAX_LENGTH),
          Optional.of(new SettingPlace(file.path(), 1, "")));
    }
    int depth = 0;
    int line = 1;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\n' -> line++;
        case '[', '{' -> depth++;
        case ']', '}' -> depth = Math.max(0, depth - 1);
        default -> {}
      }
      if (depth > MAX_DEPTH) {
        throw new StorageRefused(
            Refusal.Code.TOO_LARGE,
            "%s opens more than %d brackets within each other in line %d"
                .formatted(file.path(), MAX_DEPTH, line),
            Optional.of(new SettingPlace(file.path(), line, "")));
      }
    }
  }

  /** What TOML 1.0 forbids everywhere and tomlj lets pass in places. */
  private static void refuseCharacters(StorageFile file, String text, Engine engine)
      throws StorageRefused {
    int line = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        line++;
      } else if (c == '\uFEFF' && i == 0) {
        throw syntax(file, line, "it begins with a byte-order mark");
      } else if (isControl(text, i)) {
        throw syntax(file, line, "the control character U+%04X".formatted((int) c));
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c) || (c == '\uFFFD' && engine == Engine.LEGACY)) {
        // Go decodes bad bytes to U+FFFD; the older parser takes that character itself for one.
        throw syntax(file, line, "a byte that is not UTF-8");
      }
    }
  }

  /**
   * What tomlj takes, and neither TOML 1.0 nor Go's decoder: an escaped apostrophe in a string with
   * quotes. A string that is not closed is the parser's business.
   */
  private static void refuseEscapedApostrophes(StorageFile file, String text)
      throws StorageRefused {
    Matcher part = PART.matcher(text);
    while (part.find()) {
      String found = part.group();
      Matcher escape = ESCAPE.matcher(found);
      while (found.startsWith("\"") && escape.find()) {
        if (escape.group().equals("\\'")) {
          String before = text.substring(0, part.start() + escape.start());
          int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
          throw syntax(file, line, "the escape \\'");
        }
      }
    }
  }

  private static boolean isControl(String text, int at) {
    char c = text.charAt(at);
    if (c == '\r') {
      return at + 1 == text.length() || text.charAt(at + 1) != '\n';
    }
    return (c < 0x20 && c != '\t') || c == 0x7F;
  }

  private static StorageRefused syntax(StorageFile file, int line, String what) {
    return new StorageRefused(
        Refusal.Code.SYNTAX,
        "%s:%d: not TOML 1.0: %s".formatted(file.path(), line, what),
        Optional.of(new SettingPlace(file.path(), line, "")));
  }
}
