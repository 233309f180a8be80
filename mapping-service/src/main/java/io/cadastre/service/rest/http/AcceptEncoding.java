/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses between gzip and no coding by RFC 9110 section 12.5.3: a coding's own weight counts
 * before that of {@code *}; no coding is acceptable unless it is excluded, and loses to gzip unless
 * it is weighted higher.
 */
public final class AcceptEncoding {
  /** The coding of the body. */
  public enum Coding {
    /** No coding. */
    IDENTITY,
    /** Compressed: RFC 1952. */
    GZIP
  }

  private AcceptEncoding() {}

  /**
   * The coding to send, or empty if neither is acceptable.
   *
   * @param fields the values of all Accept-Encoding header fields
   */
  public static Optional<Coding> choose(List<String> fields) {
    Map<String, Double> weights = new HashMap<>();
    for (String element : String.join(",", fields).split(",", -1)) {
      String[] parts = element.strip().toLowerCase(Locale.ROOT).split(";", 2);
      String coding = parts[0].strip();
      weight(parts).ifPresent(w -> weights.put(coding.equals("x-gzip") ? "gzip" : coding, w));
    }
    double any = weights.getOrDefault("*", 0.0);
    double gzip = weights.getOrDefault("gzip", any);
    boolean excluded = weights.getOrDefault("identity", weights.getOrDefault("*", 1.0)) == 0;
    double identity = weights.getOrDefault("identity", 0.0);
    if (gzip > 0 && gzip >= identity) {
      return Optional.of(Coding.GZIP);
    }
    return excluded ? Optional.empty() : Optional.of(Coding.IDENTITY);
  }

  /** The weight of a coding; empty if it cannot be read: the element is then passed over. */
  private static Optional<Double> weight(String[] parts) {
    if (parts.length == 1) {
      return Optional.of(1.0);
    }
    String[] parameter = parts[1].split("=", 2);
    String weight = parameter.length == 1 ? "" : parameter[1].strip();
    return parameter[0].strip().equals("q") && weight.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?")
        ? Optional.of(Double.valueOf(weight))
        : Optional.empty();
  }
}
