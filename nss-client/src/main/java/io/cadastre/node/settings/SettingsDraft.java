/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.settings;

import io.cadastre.node.guard.GuardSettings;
import io.cadastre.node.guard.Window;
import io.cadastre.node.render.OwnerKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Settings while their file is being read. */
final class SettingsDraft {
  final List<String> urls = new ArrayList<>();
  Mode mode = NodeSettings.DEFAULT.mode();
  OwnerKey owners = NodeSettings.DEFAULT.owners();
  Window window = GuardSettings.DEFAULT.window();
  int maxShrinkPercent = GuardSettings.DEFAULT.maxShrinkPercent();
  boolean refuseNewIdentity = GuardSettings.DEFAULT.refuseNewIdentity();
  boolean singleGidGrants = GuardSettings.DEFAULT.singleGidGrants();
  Optional<Path> caFile = NodeSettings.DEFAULT.caFile();
  Duration timeout = NodeSettings.DEFAULT.timeout();
  Duration patience = NodeSettings.DEFAULT.patience();

  /** What has been read. */
  NodeSettings settings() {
    return new NodeSettings(
        urls,
        mode,
        owners,
        new GuardSettings(window, maxShrinkPercent, refuseNewIdentity, singleGidGrants),
        caFile,
        timeout,
        patience);
  }
}
