/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.List;
import java.util.Optional;

/**
 * The rules of containers/storage, in both editions: what {@code podman info} says, and where it
 * refuses. The real Podman is the oracle; the tests hold these rules against it.
 */
public final class StorageRules {
  private StorageRules() {}

  /** What Podman will do with these files, in this environment, for this user. */
  public static StorageJudgement judge(StorageRequest request) {
    Notes notes = new Notes();
    StorageDraft draft;
    try {
      draft =
          request.engine() == Engine.LEGACY
              ? new LegacyRules(request, notes).draft()
              : new MergedRules(request, notes).draft();
    } catch (StorageRefused e) {
      return new StorageJudgement(
          Optional.of(e.refusal()), Optional.empty(), List.of(), notes.shadowed(), notes.broken());
    }
    Optional<Refusal> refusal = Optional.empty();
    Setting driver = draft.driver().orElse(new Setting("", Optional.empty()));
    ReadOptions options = ReadOptions.none();
    try {
      DriverChoice.Chosen chosen = new DriverChoice(request, draft).chosen();
      driver = new Setting(chosen.name(), chosen.place());
      options = chosen.options();
    } catch (StorageRefused e) {
      refusal = Optional.of(e.refusal());
    }
    EffectiveStorage effective = effective(draft, driver, options);
    return new StorageJudgement(
        refusal,
        Optional.of(effective),
        new UnusedSettings(request, draft, effective).settings(),
        notes.shadowed(),
        notes.broken());
  }

  private static EffectiveStorage effective(
      StorageDraft draft, Setting driver, ReadOptions options) {
    return new EffectiveStorage(
        draft.files(),
        driver,
        draft.graphroot(),
        draft.runroot(),
        draft.imagestore(),
        options.imageStores(),
        draft.options(),
        options.ignoreChownErrors());
  }
}
