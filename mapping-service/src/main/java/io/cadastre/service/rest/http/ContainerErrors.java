/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.service.api.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Makes problem documents of requests that Jetty refuses before a servlet sees them. */
public final class ContainerErrors extends ErrorHandler {
  private static final Pattern ABOUT_URI =
      Pattern.compile("URI|Path|UTF-8|character|Bad Request", Pattern.CASE_INSENSITIVE);
  private static final String HINT = ". Names in a path are UTF-8 and percent-encoded.";

  private final ObjectMapper mapper;

  /** Errors written by this mapper. */
  public ContainerErrors(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      String message,
      Throwable cause,
      Callback callback) {
    String id =
        Optional.ofNullable(request.getAttribute(RequestIds.KEY))
            .map(String::valueOf)
            .orElseGet(() -> RequestIds.accept(request.getHeaders().get(RequestIds.HEADER)));
    response.getHeaders().put(RequestIds.HEADER, id);
    if (code == 503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, FailureMapper.RETRY.toSeconds());
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.write(true, ByteBuffer.wrap(document(code, message, id)), callback);
  }

  private byte[] document(int code, String message, String id) {
    String reason = Optional.ofNullable(message).orElse("status " + code);
    try {
      return mapper.writeValueAsBytes(Problem.of(code, detail(code, reason)).in(Optional.of(id)));
    } catch (JsonProcessingException e) {
      return "{}".getBytes(StandardCharsets.UTF_8);
    }
  }

  private static String detail(int code, String reason) {
    return switch (code) {
      case 500 -> "an error of the service's own; its log says more";
      case 503 -> "%s; try again".formatted(reason);
      default ->
          "the HTTP server refuses the request: %s%s"
              .formatted(reason, ABOUT_URI.matcher(reason).find() ? HINT : "");
    };
  }
}
