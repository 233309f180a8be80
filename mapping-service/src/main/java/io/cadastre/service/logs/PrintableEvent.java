/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import io.cadastre.subid.Printable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * Escapes the texts of a logging event: the message, the messages of its failures, and the context
 * of the request or thread.
 */
record PrintableEvent(ILoggingEvent event) implements ILoggingEvent {

  @Override
  public String getFormattedMessage() {
    return Printable.of(String.valueOf(event.getFormattedMessage())) + repeated();
  }

  /** The identical lines that {@link RepetitionFilter} has counted since the last one. */
  private String repeated() {
    return Objects.requireNonNullElse(event.getKeyValuePairs(), List.<KeyValuePair>of()).stream()
        .filter(pair -> pair.key.equals(RepetitionFilter.REPEATED))
        .map(pair -> " (and %s times since the last such line)".formatted(pair.value))
        .findFirst()
        .orElse("");
  }

  @Override
  public String getMessage() {
    return Printable.of(String.valueOf(event.getMessage()));
  }

  @Override
  public @Nullable IThrowableProxy getThrowableProxy() {
    return PrintableThrowable.of(event.getThrowableProxy());
  }

  @Override
  public String getThreadName() {
    return Printable.of(String.valueOf(event.getThreadName()));
  }

  @Override
  public Map<String, String> getMDCPropertyMap() {
    Map<String, String> context = new LinkedHashMap<>();
    event
        .getMDCPropertyMap()
        .forEach((key, value) -> context.put(Printable.of(key), Printable.of("" + value)));
    // Dropwizard's JSON layout has no pairs: they stand with the context there.
    getKeyValuePairs().forEach(pair -> context.put(pair.key, String.valueOf(pair.value)));
    return context;
  }

  @Override
  @SuppressWarnings("deprecation") // the interface still asks for it
  public Map<String, String> getMdc() {
    return getMDCPropertyMap();
  }

  @Override
  public List<KeyValuePair> getKeyValuePairs() {
    List<KeyValuePair> pairs =
        Objects.requireNonNullElse(event.getKeyValuePairs(), List.<KeyValuePair>of());
    return pairs.stream()
        .map(p -> new KeyValuePair(Printable.of(p.key), Printable.of(String.valueOf(p.value))))
        .toList();
  }

  @Override
  public Level getLevel() {
    return event.getLevel();
  }

  @Override
  public Object @Nullable [] getArgumentArray() {
    return event.getArgumentArray();
  }

  @Override
  public String getLoggerName() {
    return event.getLoggerName();
  }

  @Override
  public LoggerContextVO getLoggerContextVO() {
    return event.getLoggerContextVO();
  }

  @Override
  public StackTraceElement[] getCallerData() {
    return event.getCallerData();
  }

  @Override
  public boolean hasCallerData() {
    return event.hasCallerData();
  }

  @Override
  public List<Marker> getMarkerList() {
    return event.getMarkerList();
  }

  @Override
  public long getTimeStamp() {
    return event.getTimeStamp();
  }

  @Override
  public int getNanoseconds() {
    return event.getNanoseconds();
  }

  @Override
  public Instant getInstant() {
    return event.getInstant();
  }

  @Override
  public long getSequenceNumber() {
    return event.getSequenceNumber();
  }

  @Override
  public void prepareForDeferredProcessing() {
    event.prepareForDeferredProcessing();
  }
}
