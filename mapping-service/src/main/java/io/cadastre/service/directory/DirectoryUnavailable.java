/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.service.failure.Unavailable;
import java.time.Duration;

/** The directory did not answer, or the answer is of no use; a retry may succeed later. */
public final class DirectoryUnavailable extends Unavailable {
  private static final long serialVersionUID = 1L;
  private static final Duration RETRY = Duration.ofSeconds(10);

  DirectoryUnavailable(String message, Throwable cause) {
    super(message, RETRY, cause);
  }

  DirectoryUnavailable(String message) {
    super(message, RETRY);
  }
}
