/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A subject alternative name, or a pattern of such names. A {@code *} stands for one or more
 * characters of one label: of a host name no dot, of a URI no slash, of an e-mail address no at
 * sign. Immutable.
 */
public final class SubjectPattern {
  private final SubjectName.Kind kind;
  private final String text;
  private final Pattern pattern;
  private final long stars;

  /**
   * A pattern.
   *
   * @throws IllegalArgumentException if no name could match it
   */
  public SubjectPattern(SubjectName.Kind kind, String text) {
    if (!kind.isName(text.replace('*', 'x'))) {
      throw new IllegalArgumentException(
          "%s: \"%s\" is no name, and no pattern with * for a label".formatted(kind.word(), text));
    }
    this.kind = kind;
    this.text = kind == SubjectName.Kind.DNS ? text.toLowerCase(Locale.ROOT) : text;
    this.stars = text.chars().filter(c -> c == '*').count();
    String label = "([^" + kind.separator() + "]+)";
    this.pattern = Pattern.compile(Pattern.quote(this.text).replace("*", "\\E" + label + "\\Q"));
  }

  /** Returns whether several names match it. */
  public boolean hasWildcard() {
    return stars > 0;
  }

  /** Returns whether this name matches. */
  boolean matches(SubjectName name) {
    return name.kind() == kind && pattern.matcher(name.value()).matches();
  }

  /** Returns the host that a matching name names; empty if it names none. */
  Optional<String> host(SubjectName name) {
    if (kind == SubjectName.Kind.DNS) {
      return Optional.of(name.value());
    }
    Matcher matcher = pattern.matcher(name.value());
    return kind == SubjectName.Kind.URI && stars == 1 && matcher.matches()
        ? Optional.of(matcher.group(1))
        : Optional.empty();
  }

  /** Returns the type and the pattern. */
  @Override
  public String toString() {
    return kind.word() + ": " + text;
  }
}
