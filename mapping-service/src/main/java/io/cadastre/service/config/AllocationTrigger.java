/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What makes an account get a range, as {@code identity.allocate} names it. */
public enum AllocationTrigger {
  /** A request: a hook, a command or a client of the interface. */
  @JsonProperty("onRequest")
  ON_REQUEST,
  /** The account itself, once two reads of the directory have shown it entitled. */
  @JsonProperty("entitled")
  ENTITLED
}
