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
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Collects the differences between the tables and the fold of the events. Rows are read as text,
 * because an edited row may hold invalid values. Not thread-safe.
 */
final class TableDifferences {
  /** The text for NULL. */
  static final String NONE = "(none)";

  private static final int MAX_LINES = 100;

  private final Handle handle;
  private final List<String> lines = new ArrayList<>();
  private final Set<String> owners = new HashSet<>();
  private int count;

  TableDifferences(Handle handle) {
    this.handle = handle;
  }

  /** Adds a difference, as a sentence. */
  void add(String what) {
    if (count++ < MAX_LINES) {
      lines.add(what);
    }
  }

  /** Compares the columns of a row with the values by the events. */
  void compare(Supplier<String> row, Map<String, String> table, Map<String, String> events) {
    table.forEach(
        (column, value) -> {
          String right = Objects.requireNonNull(events.get(column));
          if (!value.equals(right)) {
            add(
                "%s: %s is %s in the table, %s by its events"
                    .formatted(row.get(), column, value, right));
          }
        });
  }

  /** Compares the rows of a query, each one text, with the texts by the events. */
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

  /** Passes on each row of a query, its columns by their names. */
  void each(String query, Consumer<Map<String, String>> row) {
    try (Stream<Map<String, String>> rows =
        handle.createQuery(query).setFetchSize(1000).map(new Texts(List.of())).stream()) {
      rows.forEach(row);
    }
  }

  /** Reads the columns as text, with their names, which are the same for all rows of a result. */
  private record Texts(List<String> columns) implements RowMapper<Map<String, String>> {
    @Override
    public RowMapper<Map<String, String>> specialize(ResultSet rows, StatementContext context)
        throws SQLException {
      ResultSetMetaData about = rows.getMetaData();
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= about.getColumnCount(); i++) {
        names.add(about.getColumnLabel(i).toLowerCase(Locale.ROOT));
      }
      return new Texts(names);
    }

    @Override
    public Map<String, String> map(ResultSet row, StatementContext context) throws SQLException {
      Map<String, String> texts = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        texts.put(columns.get(i), Objects.requireNonNullElse(row.getString(i + 1), NONE));
      }
      return texts;
    }
  }

  /** Adds an owner whose directory entries may hold the wrong values too. */
  void addOwner(String stableId) {
    owners.add(stableId);
  }

  /** The stable ids of these owners. */
  Set<String> owners() {
    return owners;
  }

  /** The number of differences. */
  int count() {
    return count;
  }

  /** The first hundred differences, a sentence each. */
  List<String> lines() {
    return lines;
  }
}
