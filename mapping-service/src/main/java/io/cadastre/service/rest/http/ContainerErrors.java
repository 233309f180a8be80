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
  private final PageSide pages;

  /** Errors written by this mapper, or as pages. */
  public ContainerErrors(ObjectMapper mapper, PageSide pages) {
    this.mapper = mapper;
    this.pages = pages;
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
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    String reason = Optional.ofNullable(message).orElse("status " + code);
    Problem problem = Problem.of(code, detail(code, reason)).in(Optional.of(id));
    boolean page =
        Optional.ofNullable(request.getHttpURI().getPath()).filter(pages::concernsUri).isPresent();
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, page ? PageSide.HTML : Problem.MEDIA_TYPE);
    if (page) {
      PageSide.fields().forEach(response.getHeaders()::put);
    }
    response.write(true, ByteBuffer.wrap(page ? html(problem) : document(problem)), callback);
  }

  private byte[] html(Problem problem) {
    return pages.page(problem, Optional.empty(), Optional.empty()).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] document(Problem problem) {
    try {
      return mapper.writeValueAsBytes(problem);
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
