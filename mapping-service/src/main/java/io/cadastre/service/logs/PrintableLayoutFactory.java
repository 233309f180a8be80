/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.logs;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.dropwizard.logging.common.layout.DiscoverableLayoutFactory;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** Makes the layout that an appender has unless its configuration names another one. */
@JsonTypeName(PrintableLayoutFactory.TYPE)
public final class PrintableLayoutFactory implements DiscoverableLayoutFactory<ILoggingEvent> {
  static final String TYPE = "printable";
  static final String PATTERN = "pattern";

  private final Optional<String> pattern;

  /** Layouts of this Logback pattern; of Dropwizard's pattern if it is null. */
  public PrintableLayoutFactory(@JsonProperty(PATTERN) @Nullable String pattern) {
    this.pattern = Optional.ofNullable(pattern).filter(p -> !p.isEmpty());
  }

  @Override
  public LayoutBase<ILoggingEvent> build(LoggerContext context, TimeZone zone) {
    PrintableLayout layout = new PrintableLayout(context, zone);
    pattern.ifPresent(layout::setPattern);
    return layout;
  }
}
