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
import io.dropwizard.logging.common.filter.FilterFactory;
import io.dropwizard.logging.common.layout.DiscoverableLayoutFactory;
import io.dropwizard.request.logging.LogbackAccessRequestLogFactory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gives every appender of the configuration a filter that counts identical warnings, and a layout
 * that escapes; a layout that it names, such as {@code json}, gets escaped events. Its logFormat
 * stays. An appender of type syslog has no layout: syslogd escapes.
 */
public final class PrintableLogs {
  private static final String LAYOUT = "layout";
  private static final String FILTERS = "filterFactories";
  private static final String LOG_FORMAT = "logFormat";

  private PrintableLogs() {}

  /** Makes these logs printable; idempotent. */
  public static LoggingFactory of(LoggingFactory logging) {
    if (logging instanceof DefaultLoggingFactory factory) {
      for (AppenderFactory<ILoggingEvent> appender : factory.getAppenders()) {
        if (appender instanceof AbstractAppenderFactory<ILoggingEvent> each) {
          each.setLayout(printable(each));
          countRepetitions(each);
        }
      }
      factory.getLoggers().values().forEach(PrintableLogs::logger);
    }
    return logging;
  }

  @SuppressWarnings("unchecked") // the layout of an appender of these events is one of them
  private static DiscoverableLayoutFactory<ILoggingEvent> printable(
      AbstractAppenderFactory<ILoggingEvent> appender) {
    DiscoverableLayoutFactory<?> layout = appender.getLayout();
    if (layout == null) {
      return new PrintableLayoutFactory(appender.getLogFormat());
    }
    return layout instanceof PrintableLayoutFactory || layout instanceof PrintableOther
        ? (DiscoverableLayoutFactory<ILoggingEvent>) layout
        : new PrintableOther((DiscoverableLayoutFactory<ILoggingEvent>) layout);
  }

  private static void countRepetitions(AbstractAppenderFactory<ILoggingEvent> appender) {
    List<FilterFactory<ILoggingEvent>> filters = appender.getFilterFactories();
    if (filters.stream().noneMatch(RepetitionFilterFactory.class::isInstance)) {
      appender.setFilterFactories(
          Stream.concat(filters.stream(), Stream.of(new RepetitionFilterFactory())).toList());
    }
  }

  /** The appenders of a single logger are JSON until logging starts. */
  private static void logger(JsonNode logger) {
    for (JsonNode appender : logger.path("appenders")) {
      if (appender instanceof ObjectNode object && !object.has(FILTERS)) {
        object.putArray(FILTERS).addObject().put("type", RepetitionFilterFactory.TYPE);
      }
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
