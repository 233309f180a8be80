/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.List;
import java.util.Optional;

/**
 * The rules of containers/storage by edition: the settings that {@code podman info} prints, and the
 * refusals. The tests compare these rules with the real Podman (docs/decisions/0050).
 */
public final class StorageRules {
  private StorageRules() {}

  /**
   * Returns the settings that Podman uses for this request, or the refusal. Never throws for a
   * wrong file.
   */
  public static StorageJudgement judge(StorageRequest request) {
    IgnoredFiles ignored = new IgnoredFiles();
    StorageDraft draft;
    try {
      draft =
          request.engine().has(Step.MERGED)
              ? new MergedRules(request, ignored).draft()
              : new LegacyRules(request, ignored).draft();
    } catch (StorageRefused e) {
      return new StorageJudgement(
          Optional.of(e.refusal()),
          Optional.empty(),
          List.of(),
          ignored.shadowed(),
          ignored.broken());
    }
    draft = draft.withRecordedDriver(request.recordedDriver());
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
    EffectiveStorage effective = effective(draft, driver, options, new Folders(request));
    return new StorageJudgement(
        refusal,
        Optional.of(effective),
        new UnusedSettings(request, draft, effective).settings(),
        ignored.shadowed(),
        ignored.broken());
  }

  private static EffectiveStorage effective(
      StorageDraft draft, Setting driver, ReadOptions options, Folders folders) {
    return new EffectiveStorage(
        draft.files(),
        driver,
        draft.graphroot(),
        draft.runroot(),
        draft.imagestore().map(folders::real),
        options.imageStores(),
        draft.options(),
        options.ignoreChownErrors());
  }
}
