/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

/** What the lines of subuid(5) name an owner by. */
public enum OwnerColumn {
  /** The login name. */
  NAME,
  /** The uid. */
  UID
}
