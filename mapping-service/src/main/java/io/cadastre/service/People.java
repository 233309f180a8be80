/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import io.cadastre.service.access.Authenticator;
import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.oidc.OidcAuthenticator;
import io.cadastre.service.oidc.ProviderKeys;
import java.time.Clock;
import java.util.Optional;

/** Sets up the OpenID provider of {@code access.oidc}, if there is one. */
final class People {
  private People() {}

  /** Recognizes people, as soon as the background has read the provider's keys. */
  static Authenticator of(CadastreConfiguration configuration, Clock clock, Background background) {
    return configuration
        .access()
        .oidc()
        .<Authenticator>map(
            provider -> {
              ProviderKeys keys = new ProviderKeys(provider);
              background.scheduleAlone(
                  "reading the OpenID provider's keys", ProviderKeys.LOOK_EVERY, keys::readIfDue);
              return new OidcAuthenticator(provider, keys, clock);
            })
        .orElse(presented -> Optional.empty());
  }
}
