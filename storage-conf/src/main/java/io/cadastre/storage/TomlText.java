/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;
import org.tomlj.TomlVersion;

/**
 * Reads TOML as the Go decoder of each edition does: BurntSushi 1.2 of Podman 4.3.1 reads TOML 1.0,
 * the decoder of {@code merged} reads TOML 1.1. A text that is too long or too deeply nested for
 * the parser is refused before it is parsed.
 */
final class TomlText {
  /** The parser recurses once for each bracket that is open; a storage.conf opens a few. */
  private static final int MAX_DEPTH = 64;

  /** The parser takes the third power of the lines in a row that are blank or a comment. */
  private static final int MAX_BARE_RUN = 300;

  private static final int MAX_BARE = 3000;

  private TomlText() {}

  /** Returns the tables of the file. */
  static TomlTable parse(StorageFile file, Engine engine) throws StorageRefused {
    refuseTooLarge(file);
    String text = file.text();
    if (engine.has(Step.BYTE_ORDER_MARK) && text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    refuseBadBytes(file, text, engine);
    TomlVersion version = engine.has(Step.TOML_1_1) ? TomlVersion.V1_1_0 : TomlVersion.V1_0_0;
    // A dotted key counts as nesting as well; the length of the file bounds it.
    TomlParseOptions options =
        TomlParseOptions.sourceless()
            .withVersion(version)
            .withMaxNestingDepth(StorageFile.MAX_LENGTH);
    TomlParseResult result = Toml.parse(text, options);
    if (result.hasErrors()) {
      TomlParseError error = result.errors().get(0);
      String what = String.valueOf(error.getMessage()).replaceAll("\\\\u([0-9a-f]{4})", "U+$1");
      throw syntax(file, engine, error.position().line(), what);
    }
    return result;
  }

  private static void refuseTooLarge(StorageFile file) throws StorageRefused {
    String text = file.text();
    if (text.length() > StorageFile.MAX_LENGTH) {
      throw new StorageRefused(
          Refusal.Code.TOO_LARGE,
          "%s is longer than the %,d characters that are read. A storage.conf has a few hundred lines"
              .formatted(file.path(), StorageFile.MAX_LENGTH),
          Optional.of(new SettingPlace(file.path(), 1, "")));
    }
    refuseBareLines(file);
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

  private static void refuseBareLines(StorageFile file) throws StorageRefused {
    int all = 0;
    int run = 0;
    int line = 0;
    for (String text : file.text().split("\n", -1)) {
      line++;
      boolean bare = text.isBlank() || text.stripLeading().startsWith("#");
      run = bare ? run + 1 : 0;
      all += bare ? 1 : 0;
      if (run > MAX_BARE_RUN || all > MAX_BARE) {
        throw new StorageRefused(
            Refusal.Code.TOO_LARGE,
            "%s has more than %d lines in a row, or %,d in all, that are blank or a comment: line %d. Remove some of them"
                .formatted(file.path(), MAX_BARE_RUN, MAX_BARE, line),
            Optional.of(new SettingPlace(file.path(), line, "")));
      }
    }
  }

  /** Refuses bytes that are not UTF-8, and a byte-order mark that the decoder does not skip. */
  private static void refuseBadBytes(StorageFile file, String text, Engine engine)
      throws StorageRefused {
    if (text.startsWith("\uFEFF")) {
      throw syntax(file, engine, 1, "it begins with a byte-order mark");
    }
    int line = 1;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      line += c == '\n' ? 1 : 0;
      // Go decodes bad bytes to U+FFFD; the older decoder refuses that character itself as well.
      if (Character.getType(c) == Character.SURROGATE
          || (c == '\uFFFD' && !engine.has(Step.REPLACEMENT_CHARACTER))) {
        throw syntax(file, engine, line, "a byte that is not UTF-8");
      }
    }
  }

  private static StorageRefused syntax(StorageFile file, Engine engine, int line, String what) {
    return new StorageRefused(
        Refusal.Code.SYNTAX,
        "%s:%d: not TOML 1.%d: %s"
            .formatted(file.path(), line, engine.has(Step.TOML_1_1) ? 1 : 0, what),
        Optional.of(new SettingPlace(file.path(), line, "")));
  }
}
