/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.logs;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import io.dropwizard.logging.common.layout.DiscoverableLayoutFactory;
import java.util.TimeZone;

/** Makes another layout, such as Dropwizard's {@code json}, that is given escaped events. */
record PrintableOther(DiscoverableLayoutFactory<ILoggingEvent> other)
    implements DiscoverableLayoutFactory<ILoggingEvent> {

  @Override
  public LayoutBase<ILoggingEvent> build(LoggerContext context, TimeZone zone) {
    LayoutBase<ILoggingEvent> layout = other.build(context, zone);
    return new LayoutBase<>() {
      @Override
      public String doLayout(ILoggingEvent event) {
        return layout.doLayout(new PrintableEvent(event));
      }

      @Override
      public void start() {
        layout.start();
        super.start();
      }

      @Override
      public void stop() {
        super.stop();
        layout.stop();
      }
    };
  }
}
