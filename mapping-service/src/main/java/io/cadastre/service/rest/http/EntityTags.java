/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The entity tags of If-Match and If-None-Match: RFC 9110 section 13.1. A text that is not a tag is
 * passed over: a client that forgets the quotes gets the text instead of an error.
 */
final class EntityTags {
  private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"");

  private final List<String> fields;

  /** The tags in the values of all fields of that name; no fields if there were none. */
  EntityTags(List<String> fields) {
    this.fields = List.copyOf(fields);
  }

  /** Whether there is a condition at all. */
  boolean isPresent() {
    return !fields.isEmpty();
  }

  /** Whether {@code tag} is among them, or they are {@code *}. Weak tags count: If-None-Match. */
  boolean haveWeakly(String tag) {
    return isOnly(tag) || isAny() || tags().anyMatch(t -> t.group(2).equals(tag));
  }

  /** Whether {@code tag} is among them, or they are {@code *}. Weak tags do not count: If-Match. */
  boolean haveStrongly(String tag) {
    return isOnly(tag)
        || isAny()
        || tags().anyMatch(t -> t.group(1) == null && t.group(2).equals(tag));
  }

  /** The usual condition, without a pattern. */
  private boolean isOnly(String tag) {
    return fields.size() == 1 && fields.get(0).equals("\"" + tag + "\"");
  }

  private boolean isAny() {
    return fields.stream().anyMatch(field -> field.strip().equals("*"));
  }

  private Stream<MatchResult> tags() {
    return fields.stream().flatMap(field -> TAG.matcher(field).results());
  }
}
