/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.logs;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.dropwizard.logging.common.filter.FilterFactory;

/** Makes the filter that every appender of the service's log has. */
@JsonTypeName(RepetitionFilterFactory.TYPE)
public final class RepetitionFilterFactory implements FilterFactory<ILoggingEvent> {
  static final String TYPE = "repetitions";

  @Override
  public Filter<ILoggingEvent> build() {
    return new RepetitionFilter(System::nanoTime);
  }
}
