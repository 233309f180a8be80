/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The source of the accounts, as {@code identity.source} names it. */
public enum IdentitySource {
  /** From LDAP: a request says the account's name and nothing else. */
  @JsonProperty("directory")
  DIRECTORY,
  /** From the caller: a request carries the account. */
  @JsonProperty("caller")
  CALLER
}
