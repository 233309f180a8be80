/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** {@link Ledger#read} hands out objects that read and cannot write. */
class ReadsOnlyTest {
  private static final Path PACKAGE =
      Path.of(
          System.getProperty("cadastre.root"),
          "mapping-service/src/main/java/io/cadastre/service/ledger");
  private static final Pattern WRITES =
      Pattern.compile("createUpdate|prepareBatch|execute\\(|\"(INSERT|UPDATE|DELETE) |FOR UPDATE");
  private static final List<Class<?>> READERS =
      List.of(
          LedgerQueries.class,
          AllocationQueries.class,
          SlotQueries.class,
          EventQueries.class,
          DirectoryQueries.class,
          LossQuery.class);

  @Test
  void queriesHoldNoStatementThatWrites() throws IOException {
    for (Class<?> reader : READERS) {
      String source = Files.readString(PACKAGE.resolve(reader.getSimpleName() + ".java"));
      assertThat(WRITES.matcher(source).results().map(match -> match.group())).isEmpty();
    }
    String writer = Files.readString(PACKAGE.resolve("AllocationWriter.java"));
    assertThat(WRITES.matcher(writer).find()).isTrue();
  }

  @Test
  void fieldsOfQueriesArePrivateAndNoneOfThemWrites() {
    for (Class<?> reader : READERS) {
      for (Field field : reader.getDeclaredFields()) {
        assertThat(Modifier.isPrivate(field.getModifiers())).as(field.toString()).isTrue();
        assertThat(field.getType().getSimpleName()).doesNotContain("Table", "Writer", "Blocker");
      }
    }
  }

  @Test
  void noMethodHandsOutTheHandleOrAWriter() {
    assertThat(
            Stream.of(LedgerQueries.class, LedgerTransaction.class)
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> !Modifier.isPrivate(method.getModifiers()))
                .map(Method::getReturnType))
        .doesNotContain(Handle.class, AllocationWriter.class, SlotBlocker.class, EventWriter.class);
    assertThat(LedgerTransaction.class.getDeclaredFields())
        .allMatch(field -> Modifier.isPrivate(field.getModifiers()));
  }
}
