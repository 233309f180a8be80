/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

/** The directory did not answer, or the answer is of no use; a retry may succeed later. */
public final class DirectoryUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DirectoryUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  DirectoryUnavailable(String message) {
    super(message);
  }
}
