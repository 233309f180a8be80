/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cadastre.subid.NameRefused;
import io.cadastre.subid.OwnerName;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The case of login names, as the nodes' SSSD gives them. */
public enum NameCase {
  /** As the directory spells them: {@code case_sensitive = true} or {@code preserving}. */
  @JsonProperty("preserve")
  PRESERVE,
  /** In lower case: {@code case_sensitive = false}, the default of SSSD's {@code ad} provider. */
  @JsonProperty("lower")
  LOWER;

  /**
   * Returns the name in this case. Lower case is that of Unicode without the rules of a language,
   * as SSSD's.
   *
   * @throws NameRefused if the name in lower case is longer than the limit
   */
  public OwnerName of(OwnerName name) {
    if (this == PRESERVE) {
      return name;
    }
    String lower = text(name.value());
    return lower.equals(name.value()) ? name : new OwnerName(lower);
  }

  /** Returns a text that need not be a valid name, such as an owner field, in this case. */
  public String text(String text) {
    return this == LOWER ? text.toLowerCase(Locale.ROOT) : text;
  }

  /** Looks a recorded name up: in this case first, then as given, as it was recorded before. */
  public <T> Optional<T> find(OwnerName name, Function<OwnerName, Optional<T>> lookUp) {
    OwnerName here = of(name);
    Optional<T> found = lookUp.apply(here);
    return found.isPresent() || here.equals(name) ? found : lookUp.apply(name);
  }
}
