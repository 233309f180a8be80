/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import io.cadastre.service.api.BatchRequestJson;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.registry.AllocateRequest;
import io.cadastre.service.rest.BatchReader.Line;
import io.cadastre.service.rest.http.JsonMistake;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** The lines of a batch: JSON objects, one a line; empty lines are passed over. */
final class BatchReader implements Iterator<Line> {
  private final BatchBody body;
  private final ObjectReader json;
  private Optional<BatchBody.Line> next;

  BatchReader(BatchBody body, ObjectReader json) {
    this.body = body;
    this.json = json.forType(BatchRequestJson.class);
    this.next = body.next();
  }

  /** A line: a request, or the reason why the text is none. */
  sealed interface Line {
    /** The number, from 1; empty lines are counted. */
    int number();

    /** The name in the line, if it could be read. */
    Optional<String> name();

    /** Returns the result of the function for this kind of line. */
    <T> T fold(Function<AllocateRequest, T> ofRequest, Function<Refused, T> ofReason);
  }

  private record Request(int number, Optional<String> name, AllocateRequest request)
      implements Line {
    @Override
    public <T> T fold(Function<AllocateRequest, T> ofRequest, Function<Refused, T> ofReason) {
      return ofRequest.apply(request);
    }
  }

  private record Invalid(int number, Optional<String> name, Refused reason) implements Line {
    @Override
    public <T> T fold(Function<AllocateRequest, T> ofRequest, Function<Refused, T> ofReason) {
      return ofReason.apply(reason);
    }
  }

  @Override
  public boolean hasNext() {
    return next.isPresent();
  }

  @Override
  public Line next() {
    BatchBody.Line line = next.orElseThrow(NoSuchElementException::new);
    next = body.next();
    return line.text()
        .map(text -> read(line.number(), ByteBuffer.wrap(text)))
        .orElseGet(() -> tooLong(line.number()));
  }

  private static Line tooLong(int number) {
    return new Invalid(
        number,
        Optional.empty(),
        refused("the line is longer than %d bytes".formatted(BatchBody.LINE_BYTES)));
  }

  private Line read(int number, ByteBuffer text) {
    Optional<String> name = Optional.empty();
    try {
      BatchRequestJson line =
          Optional.<BatchRequestJson>ofNullable(
                  json.readValue(StandardCharsets.UTF_8.newDecoder().decode(text).toString()))
              .orElseThrow(() -> refused("the line is null"));
      name = line.name();
      return new Request(number, name, line.toRequest());
    } catch (JsonProcessingException e) {
      return new Invalid(number, name, refused(JsonMistake.sentence(e)));
    } catch (CharacterCodingException e) {
      return new Invalid(number, name, refused("the line is not UTF-8"));
    } catch (Refused e) {
      return new Invalid(number, name, e);
    }
  }

  private static Refused refused(String why) {
    return new Refused(RefusalCode.BAD_REQUEST, why);
  }
}
