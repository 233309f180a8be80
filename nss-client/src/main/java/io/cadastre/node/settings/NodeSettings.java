/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.settings;

import io.cadastre.node.guard.GuardSettings;
import io.cadastre.node.render.OwnerKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the settings file says, with what holds where it says nothing.
 *
 * @param urls the services, tried in turn; empty if the command line has to name one
 * @param mode how the node serves
 * @param owners how rows name their owners
 * @param guards how strict the node is
 * @param caFile the certificates that a service's may be signed by, in PEM; empty for the JRE's
 * @param timeout of the one attempt that is made while a last good snapshot serves
 * @param patience how long to go on trying where there is none
 */
public record NodeSettings(
    List<String> urls,
    Mode mode,
    OwnerKey owners,
    GuardSettings guards,
    Optional<Path> caFile,
    Duration timeout,
    Duration patience) {
  /** Without a settings file. */
  public static final NodeSettings DEFAULT =
      new NodeSettings(
          List.of(),
          Mode.FILES,
          OwnerKey.NAME,
          GuardSettings.DEFAULT,
          Optional.empty(),
          Duration.ofSeconds(2),
          Duration.ofSeconds(30));

  /** Copies the list. */
  public NodeSettings {
    urls = List.copyOf(urls);
  }

  /** These settings with other services. */
  public NodeSettings withUrls(List<String> others) {
    return new NodeSettings(others, mode, owners, guards, caFile, timeout, patience);
  }
}
