/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.settings;

import cadastre.node.guard.GuardSettings;
import cadastre.node.guard.Window;
import cadastre.node.render.OwnerKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Settings while their file is being read. */
final class Draft {
  final List<String> urls = new ArrayList<>();
  Mode mode = Settings.DEFAULT.mode();
  OwnerKey owners = Settings.DEFAULT.owners();
  Window window = GuardSettings.DEFAULT.window();
  int maxShrinkPercent = GuardSettings.DEFAULT.maxShrinkPercent();
  boolean refuseNewIdentity = GuardSettings.DEFAULT.refuseNewIdentity();
  boolean singleGidGrants = GuardSettings.DEFAULT.singleGidGrants();
  Optional<Path> caFile = Settings.DEFAULT.caFile();
  Duration timeout = Settings.DEFAULT.timeout();
  Duration patience = Settings.DEFAULT.patience();

  /** What has been read. */
  Settings settings() {
    return new Settings(
        urls,
        mode,
        owners,
        new GuardSettings(window, maxShrinkPercent, refuseNewIdentity, singleGidGrants),
        caFile,
        timeout,
        patience);
  }
}
