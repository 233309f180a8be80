/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.List;
import java.util.Optional;

/**
 * The result of the rules for a request. Immutable.
 *
 * @param refusal the reason why every call of Podman fails; empty if they work
 * @param effective the settings that Podman uses; after a refusal those that it would use; empty if
 *     they are unknown
 * @param unused the values without effect
 * @param shadowed the files without effect
 * @param broken the files that do not parse and that Podman ignores
 */
public record StorageJudgement(
    Optional<Refusal> refusal,
    Optional<EffectiveStorage> effective,
    List<UnusedSetting> unused,
    List<ShadowedFile> shadowed,
    List<BrokenFile> broken) {
  /** Copies the lists. */
  public StorageJudgement {
    unused = List.copyOf(unused);
    shadowed = List.copyOf(shadowed);
    broken = List.copyOf(broken);
  }

  /** Returns whether every call of Podman fails. */
  public boolean refused() {
    return refusal.isPresent();
  }
}
