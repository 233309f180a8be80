/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fetch;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;

/** The service gave no snapshot. A last good snapshot, if there is one, goes on being served. */
public final class ServiceUnavailable extends NodeFailure {
  private static final long serialVersionUID = 1L;

  private ServiceUnavailable(int exitStatus, String message) {
    super(exitStatus, message);
  }

  /** It cannot be reached, or asks to be tried again. */
  static ServiceUnavailable tryAgain(String message) {
    return new ServiceUnavailable(ExitStatus.TRY_AGAIN, message);
  }

  /** It answers, but as no Cadastre service does: trying again will not help. */
  static ServiceUnavailable forGood(String message) {
    return new ServiceUnavailable(ExitStatus.UNAVAILABLE, message);
  }

  /** Whether another attempt may succeed. */
  boolean isWorthAnotherTry() {
    return exitStatus() == ExitStatus.TRY_AGAIN;
  }
}
