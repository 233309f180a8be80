/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects findings that say the same of many rows, and makes one of each kind. It names the first
 * three rows, so that a thousand rows do not hide an error.
 */
final class FindingGroups {
  private static final int NAMED = 3;

  private final Map<Kind, List<Member>> members = new LinkedHashMap<>();

  /**
   * What the findings of a group have in common.
   *
   * @param message says what holds for the rows, and follows their number: {@code "rows are ..."}
   */
  record Kind(String rule, Severity severity, String message, String remedy) {}

  private record Member(String place, String text) {}

  /** Adds a row. */
  void add(Kind kind, String place, String text) {
    members.computeIfAbsent(kind, k -> new ArrayList<>()).add(new Member(place, text));
  }

  /** The findings, in the order in which their kinds came. */
  List<Finding> findings() {
    return members.entrySet().stream().map(e -> finding(e.getKey(), e.getValue())).toList();
  }

  private static Finding finding(Kind kind, List<Member> rows) {
    String named = String.join(", ", rows.stream().limit(NAMED).map(Member::text).toList());
    String more = rows.size() > NAMED ? " and %d more".formatted(rows.size() - NAMED) : "";
    return new Finding(
        kind.rule(),
        kind.severity(),
        rows.get(0).place(),
        "%d %s: %s%s".formatted(rows.size(), kind.message(), named, more),
        kind.remedy());
  }
}
