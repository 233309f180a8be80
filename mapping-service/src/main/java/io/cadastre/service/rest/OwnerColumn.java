/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

/** The column that names the owner in the lines of subuid(5). */
public enum OwnerColumn {
  /** The login name. */
  NAME,
  /** The uid. */
  UID
}
