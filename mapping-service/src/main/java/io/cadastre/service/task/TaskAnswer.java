/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.task;

import java.util.List;

/**
 * What a task says when it has run.
 *
 * @param outcome whose move is next
 * @param summary one sentence
 * @param lines the details, a line each
 */
public record TaskAnswer(Outcome outcome, String summary, List<String> lines) {
  /** Whose move is next. */
  public enum Outcome {
    /** Nobody's: it was done. */
    DONE,
    /** The caller's: nothing was changed. */
    REFUSED,
    /** Nobody's yet: nothing was changed, the same call may succeed later. */
    UNAVAILABLE
  }

  /** Copies the lines. */
  public TaskAnswer {
    lines = List.copyOf(lines);
  }

  static TaskAnswer done(String summary, List<String> lines) {
    return new TaskAnswer(Outcome.DONE, summary, lines);
  }
}
