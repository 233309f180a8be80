/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import java.util.regex.Pattern;

/**
 * A word of the pages that not every reader knows.
 *
 * @param of what it is a word of, such as {@code rule}
 * @param word the word
 * @param meaning the explanation, a sentence
 */
public record Word(String of, String word, String meaning) {
  private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9.-]");

  /** Where a page explains the word: the id of that element. */
  public String anchor() {
    return anchor(of, word);
  }

  static String anchor(String of, String word) {
    return "word-" + of + "-" + OTHERS.matcher(word).replaceAll("_");
  }
}
