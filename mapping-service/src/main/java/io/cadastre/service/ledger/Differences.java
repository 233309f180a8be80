/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Where the tables and the fold of the events differ, as it is gathered. Rows are read as text: an
 * edited one may hold what no allocation can be. Not thread-safe.
 */
final class Differences {
  /** What stands for an absent value. */
  static final String NONE = "(none)";

  private static final int MOST = 100;

  private final Handle handle;
  private final List<String> lines = new ArrayList<>();
  private final Set<String> owners = new HashSet<>();
  private int count;

  Differences(Handle handle) {
    this.handle = handle;
  }

  /** Adds one. */
  void add(String what) {
    if (count++ < MOST) {
      lines.add(what);
    }
  }

  /** Compares a row's columns with what they are by the events. */
  void compare(String row, Map<String, String> table, Map<String, String> events) {
    table.forEach(
        (column, value) -> {
          String right = Objects.requireNonNull(events.get(column));
          if (!value.equals(right)) {
            add("%s: %s is %s in the table, %s by its events".formatted(row, column, value, right));
          }
        });
  }

  /** Compares a query, whose rows are each one text, with the texts that there should be. */
  void compare(String query, Set<String> events) {
    Set<String> missing = new HashSet<>(events);
    each(
        query,
        row -> {
          String text = String.join("", row.values());
          if (!missing.remove(text)) {
            add(text + " is in the table and in no event");
          }
        });
    missing.stream().sorted().forEach(text -> add(text + " is missing in the table"));
  }

  /** Gives each row of a query, its columns by their names. */
  void each(String query, Consumer<Map<String, String>> row) {
    try (Stream<Map<String, String>> rows =
        handle.createQuery(query).setFetchSize(1000).map(Differences::texts).stream()) {
      rows.forEach(row);
    }
  }

  private static Map<String, String> texts(ResultSet row, StatementContext context)
      throws SQLException {
    Map<String, String> texts = new LinkedHashMap<>();
    ResultSetMetaData columns = row.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      texts.put(
          columns.getColumnLabel(i).toLowerCase(Locale.ROOT),
          Objects.requireNonNullElse(row.getString(i), NONE));
    }
    return texts;
  }

  /** Says that an owner's entries may say what a row said wrongly. */
  void touches(String stableId) {
    owners.add(stableId);
  }

  /** The stable ids of those. */
  Set<String> owners() {
    return owners;
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /** The first hundred, a sentence each. */
  List<String> lines() {
    return lines;
  }
}
