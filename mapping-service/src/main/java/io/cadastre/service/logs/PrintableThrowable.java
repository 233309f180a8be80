/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.logs;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import io.cadastre.subid.Printable;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Escapes the messages of a failure and of its causes. */
record PrintableThrowable(IThrowableProxy failure) implements IThrowableProxy {

  static @Nullable IThrowableProxy of(@Nullable IThrowableProxy failure) {
    return failure == null ? null : new PrintableThrowable(failure);
  }

  @Override
  public @Nullable String getMessage() {
    return escaped(failure.getMessage());
  }

  @Override
  public @Nullable String getOverridingMessage() {
    return escaped(failure.getOverridingMessage());
  }

  private static @Nullable String escaped(@Nullable String text) {
    return text == null ? null : Printable.of(text);
  }

  @Override
  public String getClassName() {
    return failure.getClassName();
  }

  @Override
  public StackTraceElementProxy[] getStackTraceElementProxyArray() {
    return failure.getStackTraceElementProxyArray();
  }

  @Override
  public int getCommonFrames() {
    return failure.getCommonFrames();
  }

  @Override
  public @Nullable IThrowableProxy getCause() {
    return of(failure.getCause());
  }

  @Override
  public IThrowableProxy[] getSuppressed() {
    return Arrays.stream(
            Objects.requireNonNullElse(failure.getSuppressed(), new IThrowableProxy[0]))
        .map(PrintableThrowable::new)
        .toArray(IThrowableProxy[]::new);
  }

  @Override
  public boolean isCyclic() {
    return failure.isCyclic();
  }
}
