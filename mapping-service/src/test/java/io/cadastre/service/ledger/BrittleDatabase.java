/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/**
 * A database in memory with connections that count changes, commits included, and fail the ones
 * that a test names: a single change, as by an error, or all from one on, as by a kill. Not
 * thread-safe.
 */
final class BrittleDatabase {
  private static final Pattern CHANGE = Pattern.compile("\\b(CREATE|ALTER|INSERT|UPDATE|DELETE) ");

  private final JdbcDataSource h2 = new JdbcDataSource();
  private final List<Connection> open = new ArrayList<>();
  private IntPredicate fails = number -> false;
  private int changes;

  BrittleDatabase() {
    h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  }

  /** The database without failures, as it is after a kill. */
  DataSource sound() {
    return h2;
  }

  /** The database that fails these changes, counted from 1. */
  DataSource failing(IntPredicate which) {
    fails = which;
    changes = 0;
    return wrapped(DataSource.class, h2);
  }

  /** The number of changes that were made or failed. */
  int changes() {
    return changes;
  }

  /** Ends all connections, as a kill does; uncommitted changes are lost. */
  void end() throws SQLException {
    for (Connection connection : open) {
      if (!connection.isClosed()) {
        connection.rollback();
        connection.close();
      }
    }
    open.clear();
  }

  private <T> T wrapped(Class<T> type, T inner) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(inner, method, arguments)));
  }

  private Object call(Object inner, Method method, Object[] arguments) throws Throwable {
    if (isChange(inner, method, arguments) && fails.test(++changes)) {
      throw new SQLException("injected at change " + changes);
    }
    try {
      Object result = method.invoke(inner, arguments);
      if (result instanceof Connection connection) {
        open.add(connection);
        return wrapped(Connection.class, connection);
      }
      return result instanceof Statement statement && inner instanceof Connection
          ? wrapped(statementType(method), statement)
          : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static boolean isChange(Object inner, Method method, Object[] arguments) {
    boolean runs = inner instanceof Statement && method.getName().startsWith("execute");
    String sql = arguments == null ? inner.toString() : String.valueOf(arguments[0]);
    boolean commits = inner instanceof Connection && method.getName().equals("commit");
    return commits || (runs && CHANGE.matcher(sql).find());
  }

  @SuppressWarnings("unchecked")
  private static Class<Statement> statementType(Method method) {
    return (Class<Statement>) method.getReturnType();
  }
}
