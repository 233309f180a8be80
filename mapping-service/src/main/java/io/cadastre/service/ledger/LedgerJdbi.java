/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.OwnerName;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.mapper.Mappers;

/**
 * Configures JDBI for the ledger: how values are bound, and what rows and columns are read as.
 * {@link LedgerRows} reads the rows.
 */
final class LedgerJdbi {
  private static final List<Type> READ =
      List.of(
          Allocation.class,
          Event.class,
          LedgerHead.class,
          IdRange.class,
          BlockedSlot.class,
          ForeignRange.class,
          KnownId.class,
          OutboxEntry.class,
          BlockReason.class,
          Instant.class,
          String.class,
          Long.class,
          UUID.class);

  private LedgerJdbi() {}

  /** Configures JDBI for this database; opens no connection. */
  static Jdbi create(DataSource dataSource) {
    Jdbi jdbi = Jdbi.create(dataSource);
    jdbi.registerArrayType(String.class, "varchar");
    jdbi.registerArrayType(Long.class, "bigint");
    bind(jdbi, IdType.class, IdType::word);
    bind(jdbi, AllocationState.class, AllocationState::word);
    bind(jdbi, EventKind.class, EventKind::word);
    bind(jdbi, OwnerName.class, OwnerName::value);
    // As an offset from UTC: a java.sql.Timestamp would pass through the zone of the host.
    jdbi.registerArgument(new Binder<>(Instant.class, instant -> instant.atOffset(ZoneOffset.UTC)));
    jdbi.registerRowMapper(Allocation.class, (row, context) -> LedgerRows.allocation(row));
    jdbi.registerRowMapper(Event.class, (row, context) -> LedgerRows.event(row));
    jdbi.registerRowMapper(LedgerHead.class, (row, context) -> LedgerRows.head(row));
    jdbi.registerRowMapper(IdRange.class, (row, context) -> LedgerRows.range(row));
    jdbi.registerRowMapper(BlockedSlot.class, (row, context) -> LedgerRows.blockedSlot(row));
    jdbi.registerRowMapper(ForeignRange.class, (row, context) -> LedgerRows.foreignRange(row));
    jdbi.registerRowMapper(KnownId.class, (row, context) -> LedgerRows.knownId(row));
    jdbi.registerRowMapper(OutboxEntry.class, (row, context) -> LedgerRows.outboxEntry(row));
    jdbi.registerColumnMapper(
        Instant.class,
        (row, column, context) -> {
          OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
          return time == null ? null : time.toInstant();
        });
    jdbi.registerColumnMapper(
        BlockReason.class, (row, column, context) -> BlockReason.parse(row.getString(column)));
    // Every statement starts with a copy of this configuration, and the copy keeps what was found.
    Mappers mappers = jdbi.getConfig(Mappers.class);
    READ.forEach(mappers::findFor);
    return jdbi;
  }

  private static <T> void bind(Jdbi jdbi, Class<T> type, Function<T, String> word) {
    jdbi.registerArgument(new Binder<>(type, word::apply));
  }

  /** Binds values of one type as the database's form of them. JDBI finds it once a batch. */
  private record Binder<T>(Class<T> type, Function<T, Object> form)
      implements ArgumentFactory.Preparable {
    @Override
    public Optional<Function<Object, Argument>> prepare(Type wanted, ConfigRegistry config) {
      return wanted == type ? Optional.of(this::argument) : Optional.empty();
    }

    private Argument argument(Object value) {
      return (position, statement, context) ->
          statement.setObject(position, form.apply(type.cast(value)));
    }
  }
}
