/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The form of a token, held against a regular expression for it. */
class TokenTextTest {
  private static final Pattern FORM =
      Pattern.compile("cadastre_([A-Z2-7]{8,12})_[A-Za-z0-9_-]{43}");
  private static final String ODD = "aZ27018_-=+/. \u00e9\u0130\0\n";
  private static final int CHANGES = 20_000;

  @Test
  void whatIsMadeIsRead() {
    TokenText made = TokenText.random(new SecureRandom());
    assertThat(TokenText.parse(made.text())).contains(made);
    assertThat(made.toString()).doesNotContain(made.text());
  }

  @Test
  void readsWhatHasTheFormAndNothingElse() {
    Random random = new Random(7);
    int read = 0;
    for (int i = 0; i < CHANGES; i++) {
      String text = changed(TokenText.random(new SecureRandom()).text(), random);
      Matcher form = FORM.matcher(text);
      Optional<String> id = form.matches() ? Optional.of(form.group(1)) : Optional.empty();
      assertThat(TokenText.parse(text).map(TokenText::id)).as(text).isEqualTo(id);
      read += id.isPresent() ? 1 : 0;
    }
    assertThat(read).isBetween(CHANGES / 20, CHANGES - CHANGES / 20);
  }

  /** Up to three characters are put in, left out or replaced. */
  private static String changed(String text, Random random) {
    StringBuilder changed = new StringBuilder(text);
    for (int n = random.nextInt(4); n > 0; n--) {
      int at = random.nextInt(changed.length());
      char other =
          random.nextBoolean()
              ? ODD.charAt(random.nextInt(ODD.length()))
              : text.charAt(random.nextInt(text.length()));
      switch (random.nextInt(3)) {
        case 0 -> changed.insert(at, other);
        case 1 -> changed.deleteCharAt(at);
        default -> changed.setCharAt(at, other);
      }
    }
    return changed.toString();
  }
}
