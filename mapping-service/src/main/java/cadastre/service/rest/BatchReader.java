/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.rest;

import cadastre.service.failure.RefusalCode;
import cadastre.service.failure.Refused;
import cadastre.service.registry.AllocateRequest;
import cadastre.service.rest.BatchReader.Line;
import cadastre.service.rest.http.JsonMistake;
import cadastre.service.rest.json.BatchRequestJson;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The lines of a batch: JSON objects, one a line; empty lines are passed over. */
final class BatchReader implements Iterator<Line> {
  private final byte[] body;
  private final ObjectReader json;
  private int at;
  private int number;

  BatchReader(byte[] body, ObjectReader json) {
    this.body = body;
    this.json = json.forType(BatchRequestJson.class);
    skipEmpty();
  }

  /**
   * A line: exactly one of {@code request} and {@code refused} is there.
   *
   * @param number from 1, empty lines counted
   * @param name what it gave as its name, if it could be read
   */
  record Line(
      int number,
      Optional<String> name,
      Optional<AllocateRequest> request,
      Optional<Refused> refused) {}

  @Override
  public boolean hasNext() {
    return at < body.length;
  }

  @Override
  public Line next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int end = end();
    ByteBuffer text = ByteBuffer.wrap(body, at, end - at);
    at = end + 1;
    number++;
    Line line = read(text);
    skipEmpty();
    return line;
  }

  private Line read(ByteBuffer text) {
    Optional<String> name = Optional.empty();
    try {
      BatchRequestJson line =
          Optional.<BatchRequestJson>ofNullable(
                  json.readValue(StandardCharsets.UTF_8.newDecoder().decode(text).toString()))
              .orElseThrow(() -> refused("the line is null"));
      name = line.name();
      return new Line(number, name, Optional.of(line.toRequest()), Optional.empty());
    } catch (JsonProcessingException e) {
      return new Line(
          number, name, Optional.empty(), Optional.of(refused(JsonMistake.sentence(e))));
    } catch (CharacterCodingException e) {
      return new Line(
          number, name, Optional.empty(), Optional.of(refused("the line is not UTF-8")));
    } catch (Refused e) {
      return new Line(number, name, Optional.empty(), Optional.of(e));
    }
  }

  private static Refused refused(String why) {
    return new Refused(RefusalCode.BAD_REQUEST, why);
  }

  private void skipEmpty() {
    while (at < body.length && isEmpty(end())) {
      at = end() + 1;
      number++;
    }
  }

  private boolean isEmpty(int end) {
    for (int i = at; i < end; i++) {
      if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private int end() {
    for (int i = at; i < body.length; i++) {
      if (body[i] == '\n') {
        return i;
      }
    }
    return body.length;
  }
}
