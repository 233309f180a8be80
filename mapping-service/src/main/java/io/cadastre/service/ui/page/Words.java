/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All words of the pages that are explained, of words.tsv. Thread-safe. */
public final class Words {
  private static final String FILE = "/io/cadastre/service/ui/words.tsv";
  private static final Map<String, Word> BY_ANCHOR = load();

  private Words() {}

  private static Map<String, Word> load() {
    Map<String, Word> words = new LinkedHashMap<>();
    for (String line : text().split("\n", -1)) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        String[] cells = line.split("\t", -1);
        Word word = new Word(cells[0], cells[1], cells[2]);
        if (words.putIfAbsent(word.anchor(), word) != null) {
          throw new IllegalStateException("%s is twice in %s".formatted(word.anchor(), FILE));
        }
      }
    }
    return Collections.unmodifiableMap(words);
  }

  private static String text() {
    try (InputStream in = Words.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is in no jar of the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every word. */
  public static Collection<Word> all() {
    return BY_ANCHOR.values();
  }

  /** The word with this anchor; empty if it is not explained. */
  static Optional<Word> at(String anchor) {
    return Optional.ofNullable(BY_ANCHOR.get(anchor));
  }

  /** The explanation of a word; empty if there is none. */
  public static Optional<Word> find(String of, String word) {
    return at(Word.anchor(of, word)).filter(found -> found.word().equals(word));
  }

  /** What a word means; the word itself if it is not explained. */
  public static String meaning(String of, String word) {
    return find(of, word).map(Word::meaning).orElse(word);
  }
}
