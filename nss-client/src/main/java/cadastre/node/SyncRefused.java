/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node;

/** A guard found that what would be written is worse than what is there. */
final class SyncRefused extends NodeFailure {
  private static final long serialVersionUID = 1L;

  SyncRefused(String message) {
    super(ExitStatus.DATA_REFUSED, message);
  }
}
