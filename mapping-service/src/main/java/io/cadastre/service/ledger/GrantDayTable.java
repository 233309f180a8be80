/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import java.time.LocalDate;
import org.jdbi.v3.core.Handle;

/**
 * The table {@code grant_day}: the allocations of each pool by day, counted in the transaction of
 * the allocation. All of it follows from the events.
 */
final class GrantDayTable {
  private final Handle handle;

  GrantDayTable(Handle handle) {
    this.handle = handle;
  }

  /** The counts of this day and later ones. */
  GrantDays since(LocalDate day) {
    GrantDays days = new GrantDays();
    handle
        .createQuery("SELECT pool, utc_day, grants FROM grant_day WHERE utc_day >= :day")
        .bind("day", day.toEpochDay())
        .map((row, context) -> new Row(row.getString(1), row.getLong(2), row.getLong(3)))
        .forEach(row -> days.add(row.pool(), LocalDate.ofEpochDay(row.utcDay()), row.grants()));
    return days;
  }

  private record Row(String pool, long utcDay, long grants) {}

  /** Adds to the recorded counts. */
  void add(GrantDays added) {
    added.forEach(
        (pool, day, grants) -> {
          if (write(
                  "UPDATE grant_day SET grants = grants + :grants"
                      + " WHERE pool = :pool AND utc_day = :day",
                  pool,
                  day,
                  grants)
              == 0) {
            insert(pool, day, grants);
          }
        });
  }

  /** Replaces all recorded counts. */
  void replace(GrantDays days) {
    handle.execute("DELETE FROM grant_day");
    days.forEach(this::insert);
  }

  private void insert(String pool, LocalDate day, long grants) {
    int unused =
        write(
            "INSERT INTO grant_day (pool, utc_day, grants) VALUES (:pool, :day, :grants)",
            pool,
            day,
            grants);
  }

  private int write(String sql, String pool, LocalDate day, long grants) {
    return handle
        .createUpdate(sql)
        .bind("pool", pool)
        .bind("day", day.toEpochDay())
        .bind("grants", grants)
        .execute();
  }
}
