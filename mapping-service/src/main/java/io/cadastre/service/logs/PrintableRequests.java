/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.logs;

import ch.qos.logback.access.common.spi.IAccessEvent;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.LayoutBase;
import io.cadastre.subid.Printable;
import io.dropwizard.logging.common.layout.DiscoverableLayoutFactory;
import io.dropwizard.request.logging.layout.LogbackAccessRequestLayout;
import java.util.Optional;
import java.util.TimeZone;

/** Makes the layout of the request log: a line a request, escaped as a whole. */
record PrintableRequests(Optional<String> pattern)
    implements DiscoverableLayoutFactory<IAccessEvent> {

  @Override
  public LayoutBase<IAccessEvent> build(LoggerContext context, TimeZone zone) {
    LogbackAccessRequestLayout layout =
        new LogbackAccessRequestLayout(context, zone) {
          @Override
          public String doLayout(IAccessEvent event) {
            return Printable.of(super.doLayout(event).stripTrailing()) + System.lineSeparator();
          }
        };
    pattern.ifPresent(layout::setPattern);
    return layout;
  }
}
