/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fetch;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;

/** The service sent no snapshot. If there is a last good snapshot, it is still served. */
public final class ServiceUnavailable extends NodeFailure {
  private static final long serialVersionUID = 1L;

  private final boolean worthAnotherTry;

  private ServiceUnavailable(int exitStatus, String message, boolean worthAnotherTry) {
    super(exitStatus, message);
    this.worthAnotherTry = worthAnotherTry;
  }

  /** The service cannot be reached, or asks to try again later. */
  static ServiceUnavailable tryAgain(String message) {
    return new ServiceUnavailable(ExitStatus.TRY_AGAIN, message, true);
  }

  /** The server answers, but not as a Cadastre service: another attempt will not help. */
  static ServiceUnavailable forGood(String message) {
    return new ServiceUnavailable(ExitStatus.UNAVAILABLE, message, false);
  }

  /** The service refuses the node's credential: a later run may have a valid one. */
  static ServiceUnavailable unauthorized(String message) {
    return new ServiceUnavailable(ExitStatus.TRY_AGAIN, message, false);
  }

  /** Whether another attempt may succeed. */
  boolean isWorthAnotherTry() {
    return worthAnotherTry;
  }
}
