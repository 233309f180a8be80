/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.logs;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.dropwizard.logging.common.DropwizardLayout;
import java.util.TimeZone;

/** Dropwizard's layout over escaped events: whatever the pattern, a message is one line. */
final class PrintableLayout extends DropwizardLayout {
  PrintableLayout(LoggerContext context, TimeZone zone) {
    super(context, zone);
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    return super.doLayout(new PrintableEvent(event));
  }
}
