/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.List;
import java.util.Optional;

/**
 * What the rules say of a request.
 *
 * @param refusal why every call of Podman fails; empty when they work
 * @param effective the settings in force; where they are refused, those that would have been, if
 *     they could be made out at all
 * @param unused values without effect
 * @param shadowed files without effect
 * @param broken files that do not parse and that Podman does without
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

  /** Whether every call of Podman fails. */
  public boolean refused() {
    return refusal.isPresent();
  }
}
