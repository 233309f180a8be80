/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads lines that end in LF or CRLF, and checks their length before one fills memory. */
final class BoundedLines extends AbstractSpliterator<String> {
  private final BufferedReader reader;
  private final int longest;
  private long number = 1;

  private BoundedLines(BufferedReader reader, int longest) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.reader = reader;
    this.longest = longest;
  }

  /** The lines; closing them closes the reader. */
  static Stream<String> of(Reader reader, int longest) {
    BoundedLines lines = new BoundedLines(new BufferedReader(reader), longest);
    return StreamSupport.stream(lines, false).onClose(lines::close);
  }

  @Override
  public boolean tryAdvance(Consumer<? super String> action) {
    StringBuilder line = new StringBuilder();
    try {
      int c = reader.read();
      if (c < 0) {
        return false;
      }
      for (; c >= 0 && c != '\n'; c = reader.read()) {
        if (line.length() == longest) {
          throw new IOException(
              "its line %d is longer than %,d characters, the limit".formatted(number, longest));
        }
        line.append((char) c);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    number++;
    int length = line.length();
    action.accept(
        length > 0 && line.charAt(length - 1) == '\r'
            ? line.substring(0, length - 1)
            : line.toString());
    return true;
  }

  private void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
