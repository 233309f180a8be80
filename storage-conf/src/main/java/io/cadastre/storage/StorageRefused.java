/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Optional;

/**
 * Thrown where Podman would fail. {@link StorageRules} catches it: it does not leave the package.
 */
final class StorageRefused extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient Refusal refusal;

  StorageRefused(Refusal.Code code, String reason, Optional<SettingPlace> place) {
    super(reason);
    this.refusal = new Refusal(code, reason, place);
  }

  Refusal refusal() {
    return refusal;
  }
}
