/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.rest.http.RequestLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * The body of a batch in memory, and its lines. The body is read to its end before the first
 * change, so that a body that breaks off changes nothing. No byte is held twice, and the bytes of
 * lines that were taken are released. Used by one thread.
 */
final class BatchBody {
  /** Bytes of a line at most: the limit of a single request. */
  static final int LINE_BYTES = RequestLimits.BODY_BYTES;

  private static final int PIECE_BYTES = 64 << 10;

  private final Queue<byte[]> pieces = new ArrayDeque<>();
  private int at;
  private int number;

  /**
   * A line.
   *
   * @param number from 1
   * @param text without its end; empty if it is longer than {@link #LINE_BYTES}
   */
  record Line(int number, Optional<byte[]> text) {
    boolean isEmpty() {
      return text.isPresent() && isBlank(text.get());
    }

    private static boolean isBlank(byte[] text) {
      for (byte b : text) {
        if (b != ' ' && b != '\t' && b != '\r') {
          return false;
        }
      }
      return true;
    }
  }

  /** Reads the body to its end. */
  static BatchBody read(InputStream in) throws IOException {
    BatchBody body = new BatchBody();
    for (byte[] piece = in.readNBytes(PIECE_BYTES);
        piece.length > 0;
        piece = in.readNBytes(PIECE_BYTES)) {
      body.pieces.add(piece);
    }
    return body;
  }

  /** The next line that is not empty; none at the end. */
  Optional<Line> next() {
    while (!pieces.isEmpty()) {
      Line line = line();
      if (!line.isEmpty()) {
        return Optional.of(line);
      }
    }
    return Optional.empty();
  }

  private Line line() {
    number++;
    ByteArrayOutputStream text = new ByteArrayOutputStream(256);
    int length = 0;
    boolean ended = false;
    while (!ended && !pieces.isEmpty()) {
      byte[] piece = pieces.element();
      int end = at;
      while (end < piece.length && piece[end] != '\n') {
        end++;
      }
      ended = end < piece.length;
      length += end - at;
      if (length <= LINE_BYTES) {
        text.write(piece, at, end - at);
      }
      at = ended ? end + 1 : end;
      if (at == piece.length) {
        byte[] unused = pieces.remove();
        at = 0;
      }
    }
    return new Line(
        number, length <= LINE_BYTES ? Optional.of(text.toByteArray()) : Optional.empty());
  }
}
