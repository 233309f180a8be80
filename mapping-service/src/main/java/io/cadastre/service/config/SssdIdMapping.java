/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cadastre.service.idmap.DomainSid;
import io.cadastre.service.idmap.SssdIdMap;
import io.cadastre.service.idmap.SssdSlices;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ID mapping of the nodes' SSSD: {@code none}, or the settings that all nodes have in
 * sssd.conf.
 *
 * @param map empty for {@code none}: SSSD reads uidNumber and gidNumber on every node
 */
public record SssdIdMapping(Optional<SssdIdMap> map) {
  private static final String NONE = "none";

  /**
   * Reads the word {@code none}.
   *
   * @throws IllegalArgumentException for any other word
   */
  @JsonCreator
  public static SssdIdMapping of(String word) {
    if (!word.equals(NONE)) {
      throw new IllegalArgumentException(
          "\"%s\" is no value of sssdIdMapping: it must be none, or have domainSids: a list of the domains' SIDs"
              .formatted(word));
    }
    return new SssdIdMapping(Optional.empty());
  }

  /**
   * Reads the settings; SSSD's defaults for those left out.
   *
   * @throws IllegalArgumentException naming the setting that is not valid
   */
  @JsonCreator
  public static SssdIdMapping of(
      @JsonProperty("domainSids") @Nullable List<String> domainSids,
      @JsonProperty("defaultDomainSid") @Nullable String defaultDomainSid,
      @JsonProperty("rangeMin") @Nullable Long rangeMin,
      @JsonProperty("rangeMax") @Nullable Long rangeMax,
      @JsonProperty("rangeSize") @Nullable Long rangeSize,
      @JsonProperty("helperTableSize") @Nullable Integer helperTableSize,
      @JsonProperty("autoridCompat") @Nullable Boolean autoridCompat) {
    return new SssdIdMapping(
        Optional.of(
            new SssdIdMap(
                Objects.requireNonNullElse(domainSids, List.<String>of()).stream()
                    .map(DomainSid::new)
                    .toList(),
                Optional.ofNullable(defaultDomainSid).map(DomainSid::new),
                Objects.requireNonNullElse(rangeMin, SssdIdMap.DEFAULT_MIN),
                Objects.requireNonNullElse(rangeMax, SssdIdMap.DEFAULT_MAX),
                Objects.requireNonNullElse(rangeSize, SssdIdMap.DEFAULT_SIZE),
                Objects.requireNonNullElse(helperTableSize, SssdIdMap.DEFAULT_HELPERS),
                Objects.requireNonNullElse(autoridCompat, false))));
  }

  /** The slices of the configured domains; none for {@code none}. */
  public SssdSlices slices() {
    return map.map(SssdSlices::of).orElse(SssdSlices.NONE);
  }
}
