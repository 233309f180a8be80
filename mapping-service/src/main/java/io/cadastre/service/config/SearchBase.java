/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import jakarta.validation.constraints.NotNull;
import java.util.Objects;
import java.util.Optional;

/**
 * A subtree of the directory: in YAML its DN, or {@code {dn: ..., dereferenceAliases: ...}}.
 *
 * @param dn the base of searches
 * @param dereferenceAliases the aliases that they follow; the setting of all bases if left out
 */
public record SearchBase(
    @NotNull @DistinguishedName String dn, Optional<AliasDereferencing> dereferenceAliases) {

  /** Reads the DN alone. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static SearchBase of(String dn) {
    return new SearchBase(dn, Optional.empty());
  }

  /** Applies the default. */
  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public SearchBase {
    dereferenceAliases = Objects.requireNonNullElse(dereferenceAliases, Optional.empty());
  }

  /** The aliases that a search follows; none unless a setting says so. */
  public AliasDereferencing dereferencing() {
    return dereferenceAliases.orElse(AliasDereferencing.NEVER);
  }

  /** The same base; follows these aliases unless it has a setting of its own. */
  SearchBase orElse(AliasDereferencing common) {
    return new SearchBase(dn, Optional.of(dereferenceAliases.orElse(common)));
  }
}
