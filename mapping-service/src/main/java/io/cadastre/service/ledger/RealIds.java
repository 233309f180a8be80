/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

/** What is known of the accounts and groups whose uid or gid lies in a range. */
public enum RealIds {
  /** There is none, and was none that is remembered: the range may be given. */
  NONE,
  /** There was one that is gone for less than the memory keeps it: not now. */
  REMEMBERED,
  /** There is one: never. */
  PRESENT
}
