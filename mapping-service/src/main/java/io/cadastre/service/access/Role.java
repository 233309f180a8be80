/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The four roles. Each credential has one. */
public enum Role {
  /** Account provisioning: allocates and retires. */
  PROVISIONER,
  /** A node, or the image of a cluster: reads the snapshot. */
  NODE,
  /** Reads everything, and starts audits. */
  AUDITOR,
  /** May do everything. */
  ADMIN;

  /** Returns the role as JSON, events and the configuration write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the role with this word. */
  public static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }
}
