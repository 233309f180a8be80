/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.api.Paths;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Bounds every body as it is read, whatever its Content-Length says and however it is compressed.
 * Refuses paths that are read differently from what the client means.
 */
@PreMatching
public final class RequestLimits implements ContainerRequestFilter {
  /** The largest batch, in bytes. */
  public static final int BATCH_BYTES = 32 << 20;

  /** The largest import of nodes' files, in bytes. */
  public static final int IMPORT_BYTES = 32 << 20;

  /** The largest storage-conf request, in bytes: a node's mounts can be many. */
  public static final int STORAGE_CONF_BYTES = 1 << 20;

  /** The bytes that are read at most of a body that is too large, so that the refusal arrives. */
  private static final int PASSED_OVER_BYTES = 256 << 20;

  /** The largest of all other bodies, in bytes. */
  public static final int BODY_BYTES = 64 << 10;

  /** The media type of a batch. */
  public static final MediaType NDJSON = new MediaType("application", "x-ndjson");

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    // RFC 3986 section 3.3: what follows a ';' is a parameter of the segment, so /v1/owners/a;b
    // would be read as the owner "a".
    if (request.getUriInfo().getRequestUri().getRawPath().indexOf(';') >= 0) {
      throw new Refused(
          RefusalCode.BAD_REQUEST,
          "the path has a ';', which must be percent-encoded where it is part of a name");
    }
    if (request.hasEntity()) {
      request.setEntityStream(new Limited(decoded(request), limit(request), remedy(request)));
    } else {
      // "curl -X PUT -d ''" names a media type for a body that is not there.
      request.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
    }
  }

  /** RFC 9110 section 8.4. */
  private static InputStream decoded(ContainerRequestContext request) throws IOException {
    String given = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    String coding = given == null ? "identity" : given.strip().toLowerCase(Locale.ROOT);
    return switch (coding) {
      case "identity" -> request.getEntityStream();
      case "gzip", "x-gzip" -> new GZIPInputStream(request.getEntityStream());
      default ->
          throw new ClientErrorException(
              "the body's Content-Encoding is %s; it can be gzip, or be left out"
                  .formatted(ParameterValue.shown(coding)),
              415);
    };
  }

  private static int limit(ContainerRequestContext request) {
    String path = "/" + request.getUriInfo().getPath();
    if (NDJSON.isCompatible(request.getMediaType())) {
      return BATCH_BYTES;
    }
    if (path.startsWith(Paths.admin(Paths.IMPORT))) {
      return IMPORT_BYTES;
    }
    return path.startsWith(Paths.STORAGE_CONF + "/") || path.startsWith(PageSide.STORAGE_CONF)
        ? STORAGE_CONF_BYTES
        : BODY_BYTES;
  }

  private static String remedy(ContainerRequestContext request) {
    return PageSide.concerns("/" + request.getUriInfo().getPath())
        ? "shorten the text"
        : "a batch can be split";
  }

  private static final class Limited extends FilterInputStream {
    private final int limit;
    private final String remedy;
    private long read;

    Limited(InputStream in, int limit, String remedy) {
      super(in);
      this.limit = limit;
      this.remedy = remedy;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      count(Math.max(n, 0));
      return n;
    }

    private void count(int n) throws IOException {
      read += n;
      if (read > limit) {
        try {
          passOverTheRest();
        } catch (IOException e) {
          // the client has stopped sending, and gets the refusal
        }
        throw new ClientErrorException(
            "the body is larger than %d bytes; %s".formatted(limit, remedy), 413);
      }
    }

    /** A connection that is closed while the client still sends may lose the answer. */
    private void passOverTheRest() throws IOException {
      byte[] buffer = new byte[8192];
      for (int n = 0;
          n >= 0 && read < PASSED_OVER_BYTES;
          n = super.read(buffer, 0, buffer.length)) {
        read += n;
      }
    }

    @Override
    public long skip(long n) throws IOException {
      return read(new byte[(int) Math.min(n, 8192)]);
    }
  }
}
