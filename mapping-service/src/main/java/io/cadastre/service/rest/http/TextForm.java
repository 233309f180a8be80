/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.rest.http.AcceptEncoding.Coding;
import io.cadastre.service.rest.text.EncodedText;
import jakarta.ws.rs.ClientErrorException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.HttpOutput;

/**
 * The form of a text that a request gets, or that it has already (RFC 9110 sections 12.5.3 and 13).
 *
 * <p>{@code Request.evaluatePreconditions} and {@code selectVariant} are not used: they answer 400
 * to an entity tag without quotes and to a malformed weight, which {@link EntityTags} and {@link
 * AcceptEncoding} pass over.
 *
 * @param coding the coding that the client prefers
 * @param tag the entity tag of the text in that coding, without quotes
 * @param isKnown whether the client has that form: the answer is 304
 */
public record TextForm(Coding coding, String tag, boolean isKnown) {
  /**
   * Chooses the form for a GET or HEAD.
   *
   * @param acceptEncoding the values of all fields of that name, and so on
   * @throws ClientErrorException if no coding is acceptable, or If-Match does not hold
   */
  public static TextForm of(
      EncodedText text,
      List<String> acceptEncoding,
      List<String> ifMatch,
      List<String> ifNoneMatch) {
    Coding coding =
        AcceptEncoding.choose(acceptEncoding)
            .orElseThrow(
                () ->
                    new ClientErrorException(
                        "Accept-Encoding excludes both gzip and identity, and there is nothing"
                            + " else",
                        406));
    String tag = coding == Coding.GZIP ? text.gzipTag() : text.plainTag();
    EntityTags match = new EntityTags(ifMatch);
    if (match.isPresent() && !match.haveStrongly(tag)) {
      throw new ClientErrorException("the present entity tag is not among those of If-Match", 412);
    }
    return new TextForm(coding, tag, new EntityTags(ifNoneMatch).haveWeakly(tag));
  }

  /** The length of the text in this form, in bytes. */
  public int length(EncodedText text) {
    return coding == Coding.GZIP ? text.gzip().remaining() : text.plain().length;
  }

  /**
   * Writes the text in this form.
   *
   * @throws IOException if the client has gone away
   */
  public void write(EncodedText text, OutputStream out) throws IOException {
    if (coding == Coding.IDENTITY) {
      out.write(text.plain());
    } else if (out instanceof HttpOutput jetty) {
      jetty.write(text.gzip().duplicate()); // as much at once as the socket takes
    } else {
      int unused = Channels.newChannel(out).write(text.gzip().duplicate());
    }
  }
}
