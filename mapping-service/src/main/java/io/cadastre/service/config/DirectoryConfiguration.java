/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import io.cadastre.schema.Profile;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Objects;
import java.util.Optional;

/**
 * The {@code directory} part of the service's YAML.
 *
 * @param mode a server of the site, or one inside the service
 * @param profile the names under which ranges are published
 * @param identity where accounts are read; optional with an embedded directory
 * @param publish where entries are written; optional with an embedded directory
 * @param embedded the settings of the embedded directory
 */
public record DirectoryConfiguration(
    Mode mode,
    Profile profile,
    @NotNull @Valid IdentityConfiguration identity,
    @NotNull @Valid PublishConfiguration publish,
    @Valid EmbeddedConfiguration embedded) {

  /** The place of the directory. */
  public enum Mode {
    /** A server of the site. */
    LDAP,
    /** A small directory inside the service. */
    EMBEDDED
  }

  /** Applies the defaults. */
  public DirectoryConfiguration {
    mode = Objects.requireNonNullElse(mode, Mode.LDAP);
    profile = Objects.requireNonNullElse(profile, Profile.GENERIC);
    if (embedded == null) {
      embedded =
          new EmbeddedConfiguration(
              0, EmbeddedConfiguration.DEFAULT_SUFFIX, Optional.empty(), Optional.empty());
    }
    if (mode == Mode.EMBEDDED) {
      identity = IdentityConfiguration.within(embedded.suffix(), Optional.ofNullable(identity));
      publish = PublishConfiguration.within(embedded.suffix(), Optional.ofNullable(publish));
    }
  }
}
