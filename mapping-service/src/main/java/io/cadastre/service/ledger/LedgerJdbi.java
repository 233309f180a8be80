/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventJson;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.OwnerName;
import java.lang.reflect.Type;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
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
 * Configures JDBI for the ledger: binds values in the database's form of them, and reads the rows
 * of each table by the names of its columns.
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
    jdbi.registerArgument(new Forms());
    jdbi.registerRowMapper(Allocation.class, new AllocationMapper());
    jdbi.registerRowMapper(Event.class, (row, context) -> event(row));
    jdbi.registerRowMapper(LedgerHead.class, (row, context) -> head(row));
    jdbi.registerRowMapper(IdRange.class, (row, context) -> range(row));
    jdbi.registerRowMapper(BlockedSlot.class, (row, context) -> blockedSlot(row));
    jdbi.registerRowMapper(ForeignRange.class, (row, context) -> foreignRange(row));
    jdbi.registerRowMapper(KnownId.class, (row, context) -> knownId(row));
    jdbi.registerRowMapper(OutboxEntry.class, (row, context) -> outboxEntry(row));
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

  /** Reads a row of {@code event}. */
  private static Event event(ResultSet row) throws SQLException {
    return new Event(
        row.getLong("seq"),
        instant(row, "at").orElseThrow().toString(),
        row.getString("kind"),
        row.getLong("serial"),
        Optional.ofNullable(row.getObject("revision", Long.class)),
        Optional.ofNullable(row.getObject("allocation_id", UUID.class)),
        text(row, "owner"),
        row.getString("actor"),
        text(row, "role"),
        text(row, "credential"),
        text(row, "request_id"),
        text(row, "reason"),
        text(row, "state_before").map(EventJson::parse),
        EventJson.parse(row.getString("state_after")),
        row.getString("previous_hash"),
        row.getString("hash"));
  }

  /** Reads the row of {@code ledger}. */
  private static LedgerHead head(ResultSet row) throws SQLException {
    return new LedgerHead(
        row.getObject("uuid", UUID.class),
        row.getLong("serial"),
        row.getLong("revision"),
        row.getLong("last_event"),
        instant(row, "last_event_at").orElseThrow(),
        row.getString("head"));
  }

  /** Reads a range from the columns {@code first_id} and {@code last_id}, both inclusive. */
  static IdRange range(ResultSet row) throws SQLException {
    return IdRange.between(row.getLong("first_id"), row.getLong("last_id"));
  }

  /** Reads a row of {@code slot} that is blocked. */
  private static BlockedSlot blockedSlot(ResultSet row) throws SQLException {
    return new BlockedSlot(
        row.getString("pool"), row.getLong("slot"), BlockReason.parse(row.getString("blocked_by")));
  }

  /** Reads a row of {@code foreign_range}. */
  private static ForeignRange foreignRange(ResultSet row) throws SQLException {
    return new ForeignRange(type(row), range(row), row.getString("source"));
  }

  /** Reads a row of {@code real_id}. */
  private static KnownId knownId(ResultSet row) throws SQLException {
    return new KnownId(type(row), row.getLong("id"), instant(row, "gone_since"));
  }

  /** Reads a row of {@code outbox}. */
  private static OutboxEntry outboxEntry(ResultSet row) throws SQLException {
    return new OutboxEntry(row.getString("stable_id"), row.getLong("generation"));
  }

  /** The instant in a column; empty for NULL. */
  static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  private static IdType type(ResultSet row) throws SQLException {
    return row.getString("id_type").equals(IdType.SUBUID.word()) ? IdType.SUBUID : IdType.SUBGID;
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  /** Binds the ledger's types in the database's form of them. JDBI looks it up once a batch. */
  private static final class Forms implements ArgumentFactory.Preparable {
    private static final Map<Type, Function<Object, Object>> FORMS =
        Map.of(
            IdType.class, value -> ((IdType) value).word(),
            AllocationState.class, value -> ((AllocationState) value).word(),
            EventKind.class, value -> ((EventKind) value).word(),
            OwnerName.class, value -> ((OwnerName) value).value(),
            // With an offset: a java.sql.Timestamp would pass through the zone of the host.
            Instant.class, value -> ((Instant) value).atOffset(ZoneOffset.UTC));

    @Override
    public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
      return Optional.ofNullable(FORMS.get(type)).map(form -> value -> argument(form.apply(value)));
    }

    private static Argument argument(Object form) {
      return (position, statement, context) -> statement.setObject(position, form);
    }
  }
}
