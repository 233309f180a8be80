/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Bodies that cannot be read are refused quietly also when they had to wait for their turn. */
class ManyBrokenBodiesTest {
  private static final String REQUEST =
      "POST /v1/storage-conf/validate HTTP/1.1~Host: localhost~Connection: close~"
          + "Content-Type: application/json~Content-Encoding: gzip~Content-Length: 14~~not gzip bytes";

  @TempDir Path directory;

  @Test
  void waitingBodiesThatAreNoGzipAreRefusedWithoutAStackTrace() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try (Service service = Service.ofCaller(directory)) {
      log.start();
      root.addAppender(log);
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        answers.add(threads.submit(() -> service.raw(REQUEST.replace("~", "\r\n"))));
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get()).startsWith("HTTP/1.1 400 ");
      }
    } finally {
      threads.shutdown();
      root.detachAppender(log);
    }
    assertThat(log.list).allSatisfy(line -> assertThat(line.getThrowableProxy()).isNull());
  }
}
