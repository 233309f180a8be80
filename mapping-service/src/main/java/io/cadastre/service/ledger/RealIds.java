/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

/** Whether accounts or groups have, or had, a uid or gid in a range. */
public enum RealIds {
  /** No account has one, and none is remembered: the range may be allocated. */
  NONE,
  /** An account had one recently: the range must not be allocated yet. */
  REMEMBERED,
  /** SSSD may compute one for an account: the range must never be allocated. */
  MAPPED,
  /** An account has one: the range must never be allocated. */
  PRESENT
}
