/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.List;

/** The cases that show the steps of {@link Step}, as far as other cases do not. */
final class StepCases {
  private static final String OVERLAY = FlagCases.driver("overlay");
  private static final String OWN = OVERLAY + "[storage.options.overlay]\n";

  private StepCases() {}

  static List<StorageCase> cases() {
    return List.of(
        user("skip-mount-home", OWN + "skip_mount_home = \"perhaps\"\n"),
        user("composefs", OWN + "use_composefs = \"true\"\n"),
        StorageCase.of("step-runtime-folder-gone")
            .user(OVERLAY)
            .with("XDG_RUNTIME_DIR", "@HOME@/gone"),
        user("thinpool", OVERLAY + "[storage.options.thinpool]\nsize = \"1g\"\n"),
        user("force-mask", OWN + "force_mask = \"700\"\n"),
        user("remap", OVERLAY + "[storage.options]\nremap-uids = \"0:1:1000\"\n"),
        user("aufs", OVERLAY + "[storage.options.aufs]\nmountopt = \"nodev\"\n"),
        user("aufs-empty", OVERLAY + "[storage.options.aufs]\n[storage.options.thinpool]\n"),
        user(
            "append",
            OVERLAY
                + "[storage.options]\nadditionalimagestores = [\"/tmp/store/a\", {append=true}]\n"),
        user("sync", OWN + "sync = \"filesystem\"\n"),
        user("toml", "[storage]\ndriver = \"\\x76fs\"\n"));
  }

  private static StorageCase user(String name, String text) {
    return StorageCase.of("step-" + name).user(text);
  }
}
