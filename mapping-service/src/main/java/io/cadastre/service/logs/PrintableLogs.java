/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.logs;

import ch.qos.logback.access.common.spi.IAccessEvent;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.logging.common.AbstractAppenderFactory;
import io.dropwizard.logging.common.AppenderFactory;
import io.dropwizard.logging.common.DefaultLoggingFactory;
import io.dropwizard.logging.common.LoggingFactory;
import io.dropwizard.request.logging.LogbackAccessRequestLogFactory;
import java.util.Optional;

/**
 * Gives every appender of the configuration a layout that escapes, unless it names a layout of its
 * own. Its logFormat stays. An appender of type syslog has no layout: syslogd escapes.
 */
public final class PrintableLogs {
  private static final String LAYOUT = "layout";
  private static final String LOG_FORMAT = "logFormat";

  private PrintableLogs() {}

  /** Makes these logs printable; idempotent. */
  public static LoggingFactory of(LoggingFactory logging) {
    if (logging instanceof DefaultLoggingFactory factory) {
      for (AppenderFactory<ILoggingEvent> appender : factory.getAppenders()) {
        if (appender instanceof AbstractAppenderFactory<ILoggingEvent> each
            && each.getLayout() == null) {
          each.setLayout(new PrintableLayoutFactory(each.getLogFormat()));
        }
      }
      factory.getLoggers().values().forEach(PrintableLogs::logger);
    }
    return logging;
  }

  /** The appenders of a single logger are JSON until logging starts. */
  private static void logger(JsonNode logger) {
    for (JsonNode appender : logger.path("appenders")) {
      if (appender instanceof ObjectNode object && !object.has(LAYOUT)) {
        ObjectNode layout = object.putObject(LAYOUT);
        layout.put("type", PrintableLayoutFactory.TYPE);
        if (object.hasNonNull(LOG_FORMAT)) {
          layout.set(PrintableLayoutFactory.PATTERN, object.get(LOG_FORMAT));
        }
      }
    }
  }

  /** Makes the request log of a server printable, before the server is built. */
  public static void apply(ServerFactory server) {
    if (server instanceof AbstractServerFactory factory
        && factory.getRequestLogFactory() instanceof LogbackAccessRequestLogFactory requests) {
      for (AppenderFactory<IAccessEvent> appender : requests.getAppenders()) {
        if (appender instanceof AbstractAppenderFactory<IAccessEvent> each
            && each.getLayout() == null) {
          each.setLayout(new PrintableRequests(Optional.ofNullable(each.getLogFormat())));
        }
      }
    }
  }
}
