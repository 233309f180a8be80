/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules of who may call what: a row for each operation. What has no row is for admins only.
 * docs/rest-api.md and the {@code security} of the OpenAPI document are made from it. Immutable.
 */
public final class AccessTable {
  private final List<Row> rows;
  private final Map<String, List<Form>> forms;

  private AccessTable(List<Row> rows) {
    this.rows = List.copyOf(rows);
    // A literal segment goes before a variable one: /v1/owners/batch is no owner.
    this.forms =
        rows.stream()
            .map(row -> new Form(row, segments(row.template())))
            .sorted(Comparator.comparingLong(Form::variables))
            .collect(Collectors.groupingBy(form -> form.row().method()));
  }

  /** A row with its template split, which every request would do again for every row. */
  private record Form(Row row, List<String> segments) {
    boolean matches(List<String> path) {
      if (segments.size() != path.size()) {
        return false;
      }
      for (int i = 0; i < segments.size(); i++) {
        if (!isVariable(segments.get(i)) && !segments.get(i).equals(path.get(i))) {
          return false;
        }
      }
      return true;
    }

    long variables() {
      return segments.stream().filter(Form::isVariable).count();
    }

    private static boolean isVariable(String segment) {
      return segment.startsWith("{");
    }
  }

  /** What an operation does to the registry. */
  public enum Effect {
    /** It changes nothing. */
    READS,
    /** It may change something, and holds each change against the bounds of the credential. */
    CHANGES_WITHIN_BOUNDS,
    /** It may change something; a credential with bounds on changes may not call it. */
    CHANGES
  }

  /**
   * A row.
   *
   * @param method the method; HEAD counts as GET
   * @param template the path, with {@code {name}} for any segment
   * @param roles the roles that may call it; all four are every valid credential
   * @param everyone whether it needs no credential
   * @param effect what it does
   */
  public record Row(
      String method, String template, Set<Role> roles, boolean everyone, Effect effect) {
    /** Copies the set. */
    public Row {
      roles = Set.copyOf(roles);
    }

    /** Returns the segment of a matching path that stands for this variable, encoded. */
    public Optional<String> variable(String name, String path) {
      String variable = "{" + name + "}";
      return template.contains(variable)
          ? Optional.of(segments(path).get(segments(template).indexOf(variable)))
          : Optional.empty();
    }
  }

  /** Makes a table. */
  public static final class Builder {
    private final List<Row> rows = new ArrayList<>();

    /** Adds an operation for these roles; admins may always. All but a GET may change something. */
    public Builder allow(String method, String template, Role... roles) {
      return allow(method.equals("GET") ? Effect.READS : Effect.CHANGES, method, template, roles);
    }

    /** Adds an operation with this effect for these roles; admins may always. */
    public Builder allow(Effect effect, String method, String template, Role... roles) {
      Set<Role> set = EnumSet.of(Role.ADMIN, roles);
      rows.add(new Row(method, template, set, false, effect));
      return this;
    }

    /** Adds an operation that needs no credential. */
    public Builder everyone(String method, String template) {
      rows.add(new Row(method, template, EnumSet.allOf(Role.class), true, Effect.READS));
      return this;
    }

    /** Returns the table. */
    public AccessTable build() {
      return new AccessTable(rows);
    }
  }

  /** Returns a table with the rows of another one behind these. */
  public AccessTable with(AccessTable other) {
    return new AccessTable(Stream.concat(rows.stream(), other.rows.stream()).toList());
  }

  /** Returns the rows in their order. */
  public List<Row> rows() {
    return rows;
  }

  /** Returns a table in which these paths need no credential for a GET. */
  public AccessTable opened(Set<String> templates) {
    return new AccessTable(
        rows.stream()
            .map(
                row ->
                    row.method().equals("GET") && templates.contains(row.template())
                        ? new Row(row.method(), row.template(), row.roles(), true, Effect.READS)
                        : row)
            .toList());
  }

  /**
   * Returns the row of a request.
   *
   * @param path the path as it was sent, without the query: encoded
   */
  public Optional<Row> row(String method, String path) {
    String asked = method.equals("HEAD") ? "GET" : method;
    List<String> segments = segments(path);
    for (Form form : forms.getOrDefault(asked, List.of())) {
      if (form.matches(segments)) {
        return Optional.of(form.row());
      }
    }
    return Optional.empty();
  }

  private static List<String> segments(String path) {
    // An empty segment at the end is none, as for Jersey.
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return List.of(trimmed.split("/", -1));
  }
}
