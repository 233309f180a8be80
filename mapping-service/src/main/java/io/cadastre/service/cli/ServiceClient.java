/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.cadastre.service.api.Paths;
import io.cadastre.service.api.Problem;
import io.cadastre.service.failure.RefusalCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * The running service, as the commands see it. Every method throws {@link CommandFailed} if the
 * service refuses the request or does not answer.
 */
final class ServiceClient {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** How often a request is sent that the service takes none of now: 429. */
  private static final int TRIES = 5;

  private static final String JSON = "application/json";

  private final HttpClient http;
  private final String url;
  private final Optional<String> token;
  private final Optional<Duration> limit;

  /**
   * The service at this URL.
   *
   * @param token the token that requests show
   * @param tls the CAs to trust and the certificate to show; empty for those of Java, and none
   */
  ServiceClient(String url, Optional<String> token, Optional<SSLContext> tls) {
    this(url, token, tls, Optional.empty());
  }

  /** The same, with a limit on the time of each request. */
  ServiceClient(
      String url, Optional<String> token, Optional<SSLContext> tls, Optional<Duration> limit) {
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(CONNECT);
    tls.ifPresent(builder::sslContext);
    this.http = builder.build();
    this.url = url.replaceAll("/+$", "");
    this.token = token;
    this.limit = limit;
  }

  /** An answer of any status. */
  record Answer(int status, String body) {}

  /** Gets a text, whatever the status. */
  Answer answer(String path) {
    HttpResponse<String> response =
        exchange(
            "GET",
            target(path, Map.of()),
            BodyPublishers.noBody(),
            JSON,
            BodyHandlers.ofString(StandardCharsets.UTF_8));
    return new Answer(response.statusCode(), response.body());
  }

  /** Gets a record. */
  <T> T get(String path, Map<String, Object> query, Class<T> type) {
    return read(send("GET", path, query, BodyPublishers.noBody()), type);
  }

  /**
   * Gets the record of an owner or of an ID's owner: there may be none, which is a status apart.
   */
  <T> T find(String path, Map<String, Object> query, Class<T> type) {
    try {
      return get(path, query, type);
    } catch (CommandFailed e) {
      throw e.isRefusal(RefusalCode.UNOWNED_ID) || e.isRefusal(RefusalCode.UNKNOWN_OWNER)
          ? new CommandFailed(CommandStatus.NO_OWNER, String.valueOf(e.getMessage()), e)
          : e;
    }
  }

  /** Gets a record. */
  <T> T get(String path, Class<T> type) {
    return get(path, Map.of(), type);
  }

  /** Posts a record and reads the answer's. */
  <T> T post(String path, Map<String, Object> query, Object body, Class<T> type) {
    return read(send("POST", path, query, BodyPublishers.ofString(JsonForm.write(body))), type);
  }

  /** Posts the record of a change that can be run dry. */
  <T> T post(String path, boolean dryRun, Object body, Class<T> type) {
    return post(path, Map.of("dryRun", dryRun), body, type);
  }

  /** Deletes a resource. */
  void delete(String path, Map<String, Object> query) {
    String unused = send("DELETE", path, query, BodyPublishers.noBody());
  }

  /** Posts NDJSON and hands on the record of each line of the answer as it comes. */
  <T> void postLines(
      String path, Map<String, Object> query, String lines, Class<T> type, Consumer<T> each) {
    exchangeLines("POST", target(path, query), BodyPublishers.ofString(lines), type, each);
  }

  /** Gets NDJSON and hands on the record of each line as it comes. */
  <T> void getLines(String path, Map<String, Object> query, Class<T> type, Consumer<T> each) {
    exchangeLines("GET", target(path, query), BodyPublishers.noBody(), type, each);
  }

  private <T> void exchangeLines(
      String method, String target, BodyPublisher body, Class<T> type, Consumer<T> each) {
    HttpResponse<Stream<String>> response =
        exchange(method, target, body, "application/x-ndjson", BodyHandlers.ofLines());
    try (Stream<String> answer = response.body()) {
      if (response.statusCode() >= 300) {
        throw failed(target, response.statusCode(), answer.collect(Collectors.joining("\n")));
      }
      answer.forEach(line -> each.accept(read(line, type)));
    } catch (UncheckedIOException e) {
      throw new CommandFailed(
          CommandStatus.TRY_AGAIN, "the answer of %s broke off: %s".formatted(target, e), e);
    }
  }

  private String target(String path, Map<String, Object> query) {
    String parameters =
        new TreeMap<>(query)
            .entrySet().stream()
                .map(e -> e.getKey() + "=" + Paths.encoded(e.getValue().toString()))
                .collect(Collectors.joining("&"));
    return url + path + (parameters.isEmpty() ? "" : "?" + parameters);
  }

  private String send(String method, String path, Map<String, Object> query, BodyPublisher body) {
    String target = target(path, query);
    HttpResponse<String> response =
        exchange(method, target, body, JSON, BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (response.statusCode() >= 300) {
      throw failed(target, response.statusCode(), response.body());
    }
    return response.body();
  }

  /** Waits as the service asks if it has too many requests: it has done nothing then. */
  private <T> HttpResponse<T> exchange(
      String method, String target, BodyPublisher body, String type, BodyHandler<T> answer) {
    HttpResponse<T> response = exchangeOnce(method, target, body, type, answer);
    for (int tries = 1; response.statusCode() == 429 && tries < TRIES; tries++) {
      if (response.body() instanceof Stream<?> lines) {
        lines.close();
      }
      RetryPause.sleep(response.headers().firstValue("Retry-After"));
      response = exchangeOnce(method, target, body, type, answer);
    }
    return response;
  }

  private <T> HttpResponse<T> exchangeOnce(
      String method, String target, BodyPublisher body, String type, BodyHandler<T> answer) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(target))
              .method(method, body)
              .header("Content-Type", type)
              .header("Accept", type + ", " + Problem.MEDIA_TYPE);
      limit.ifPresent(request::timeout);
      token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
      return http.send(request.build(), answer);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(
          CommandStatus.UNAVAILABLE, "\"%s\" is no URL: %s".formatted(target, e.getMessage()), e);
    } catch (SSLException e) {
      throw new CommandFailed(
          CommandStatus.UNAVAILABLE,
          "there is no TLS connection to %s (%s); does --ca-file have the CA of the service, and is the certificate of --certificate-file valid?"
              .formatted(target, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new CommandFailed(
          CommandStatus.UNAVAILABLE,
          "%s does not answer (%s); is the service running, and is --url right?"
              .formatted(target, e),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed(CommandStatus.TRY_AGAIN, "interrupted", e);
    }
  }

  private static CommandFailed failed(String target, int code, String body) {
    CommandStatus status =
        switch (code) {
          case 401, 429, 503 -> CommandStatus.TRY_AGAIN;
          case 500 -> CommandStatus.UNAVAILABLE;
          default -> CommandStatus.REFUSED;
        };
    try {
      Problem problem = JsonForm.read(body, Problem.class);
      return new CommandFailed(status, problem.detail(), problem.type());
    } catch (JsonProcessingException e) {
      // not a problem document, so another program than the service: the status is all there is
      return new CommandFailed(status, "%s answers %d".formatted(target, code), e);
    }
  }

  private <T> T read(String text, Class<T> type) {
    try {
      return JsonForm.read(text, type);
    } catch (JsonProcessingException e) {
      throw new CommandFailed(
          CommandStatus.UNAVAILABLE,
          "%s does not answer as Cadastre does: %s".formatted(url, e.getMessage()),
          e);
    }
  }
}
