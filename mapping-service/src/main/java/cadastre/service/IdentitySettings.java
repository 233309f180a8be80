/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service;

import cadastre.service.registry.Identities;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where accounts come from.
 *
 * @param source {@code directory} (if left out) or {@code caller}
 * @param readEvery how often all accounts of the directory are read; every minute if left out
 */
public record IdentitySettings(
    @Nullable SourceName source,
    @Nullable @MinDuration(value = 1, unit = TimeUnit.SECONDS) Duration readEvery) {

  /** The sources as the YAML writes them. */
  public enum SourceName {
    /** See {@link Identities.Source#DIRECTORY}. */
    @JsonProperty("directory")
    DIRECTORY,
    /** See {@link Identities.Source#CALLER}. */
    @JsonProperty("caller")
    CALLER
  }

  Identities.Source identitySource() {
    return source == SourceName.CALLER ? Identities.Source.CALLER : Identities.Source.DIRECTORY;
  }

  Duration interval() {
    return Objects.requireNonNullElse(readEvery, Duration.minutes(1));
  }
}
