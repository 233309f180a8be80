/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import static java.util.function.Predicate.not;

import java.util.List;
import java.util.Set;

/**
 * The claims of other programs that a site accepts for its pools and imports. Immutable.
 *
 * @param above2Gi whether IDs of 2^31 and above are accepted
 * @param keywords the claimants that do not run on the nodes, or are configured for other IDs
 */
public record AcceptedClaims(boolean above2Gi, Set<String> keywords) {
  /** No claim is accepted. */
  public static final AcceptedClaims NONE = new AcceptedClaims(false, Set.of());

  /** Copies the set. */
  public AcceptedClaims {
    keywords = Set.copyOf(keywords);
  }

  /** Returns the words of {@code allowClaims}, each once, in the order of the table. */
  public static List<String> knownKeywords() {
    return ReservedIds.TABLE.stream()
        .map(ReservedRange::keyword)
        .filter(not(String::isEmpty))
        .distinct()
        .toList();
  }

  /** Whether the configuration accepts this claim; never for forbidden IDs. */
  boolean accepts(ReservedRange reserved) {
    return switch (reserved.claim()) {
      case FORBIDDEN -> false;
      case ABOVE_2GI -> above2Gi;
      case OPT_IN, CLAIMED -> keywords.contains(reserved.keyword());
    };
  }
}
