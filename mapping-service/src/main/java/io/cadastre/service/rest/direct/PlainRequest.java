/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.direct;

import io.cadastre.service.api.Paths;
import io.cadastre.service.rest.http.EventBehindAnswer;
import io.cadastre.subid.IdRange;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A request that can be read in one way only: a path without any encoding, no query, no body, and
 * no field that calls for another answer than the usual one.
 *
 * @param question what it asks for
 * @param subject the last segment of the path, a name or an ID; empty for a text
 */
record PlainRequest(Question question, String subject) {
  /** The longest name, in bytes: each of its characters is one here. */
  private static final int LONGEST_NAME = 256;

  private static final int LONGEST_ID = 10;

  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  /** Fields of requests with a body, and one that calls for a certain answer. */
  private static final List<String> UNUSUAL =
      List.of(
          "Content-Length", "Transfer-Encoding", "Content-Type", "Expect", EventBehindAnswer.LEAST);

  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain";

  /** What can be asked in the shortest way. */
  enum Question {
    OWNER(Paths.owner(""), JSON),
    SUBUID_OWNER(Paths.IDS + "/" + Paths.SUBUID_OWNER.replace("{id}", ""), JSON),
    SUBGID_OWNER(Paths.IDS + "/" + Paths.SUBGID_OWNER.replace("{id}", ""), JSON),
    SNAPSHOT(Paths.SNAPSHOT, TEXT),
    SUBUID(Paths.SUBUID, TEXT),
    SUBGID(Paths.SUBGID, TEXT);

    private final String path;
    private final String mediaType;

    Question(String path, String mediaType) {
      this.path = path;
      this.mediaType = mediaType;
    }

    private Optional<PlainRequest> asked(String asked) {
      if (!asked.startsWith(path)) {
        return Optional.empty();
      }
      String subject = asked.substring(path.length());
      boolean fits =
          switch (this) {
            case OWNER -> isPlainName(subject);
            case SUBUID_OWNER, SUBGID_OWNER -> isId(subject);
            case SNAPSHOT, SUBUID, SUBGID -> subject.isEmpty();
          };
      return fits ? Optional.of(new PlainRequest(this, subject)) : Optional.empty();
    }
  }

  private static final List<Question> QUESTIONS = List.of(Question.values());

  /**
   * The question of a request; empty if it is not plain.
   *
   * @param path the path without what the operator has put before it, encoded
   */
  static Optional<PlainRequest> of(HttpServletRequest request, String path) {
    if (!METHODS.contains(request.getMethod()) || request.getQueryString() != null) {
      return Optional.empty();
    }
    for (Question question : QUESTIONS) {
      Optional<PlainRequest> asked = question.asked(path);
      if (asked.isPresent()) {
        return asked.filter(unused -> isUsual(request, question.mediaType));
      }
    }
    return Optional.empty();
  }

  /** No field has to be understood, but the conditions and codings of a text. */
  private static boolean isUsual(HttpServletRequest request, String mediaType) {
    for (String field : UNUSUAL) {
      if (request.getHeader(field) != null) {
        return false;
      }
    }
    return accepts(request.getHeaders("Accept"), mediaType);
  }

  private static boolean accepts(Enumeration<String> accepted, String mediaType) {
    if (!accepted.hasMoreElements()) {
      return true;
    }
    String first = accepted.nextElement();
    return (first.equals("*/*") || first.equals(mediaType)) && !accepted.hasMoreElements();
  }

  /** A name that means itself in a path. One with another character may be as good. */
  private static boolean isPlainName(String segment) {
    if (segment.isEmpty()
        || segment.length() > LONGEST_NAME
        || segment.charAt(0) == '.'
        || segment.equals(Paths.BATCH_NAME)) {
      return false;
    }
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (!isLetterOrDigit(c) && "-_.@".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isId(String segment) {
    return !segment.isEmpty()
        && segment.length() <= LONGEST_ID
        && segment.chars().allMatch(c -> c >= '0' && c <= '9')
        && Long.parseLong(segment) <= IdRange.MAX_ID;
  }

  /** The values of all fields of a name. */
  static List<String> fields(HttpServletRequest request, String name) {
    Enumeration<String> values = request.getHeaders(name);
    return values.hasMoreElements() ? Collections.list(values) : List.of();
  }
}
