/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.service.task.TaskAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The running service, as the commands see it. */
final class ServiceClient {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final String url;
  private final String adminUrl;

  ServiceClient(String url, String adminUrl) {
    this.url = url.replaceAll("/+$", "");
    this.adminUrl = adminUrl.replaceAll("/+$", "");
  }

  /** One path segment, percent-encoded. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static ObjectMapper mapper() {
    return MAPPER;
  }

  JsonNode get(String path) {
    return json(send("GET", url + path, BodyPublishers.noBody(), "application/json"));
  }

  JsonNode post(String path, JsonNode body) {
    return json(
        send("POST", url + path, BodyPublishers.ofString(body.toString()), "application/json"));
  }

  void delete(String path) {
    send("DELETE", url + path, BodyPublishers.noBody(), "application/json");
  }

  /** Posts NDJSON and hands on each line of the answer as it comes. */
  void postLines(String path, String lines, Consumer<String> each) {
    HttpResponse<Stream<String>> response =
        exchange(
            "POST",
            url + path,
            BodyPublishers.ofString(lines),
            "application/x-ndjson",
            BodyHandlers.ofLines());
    try (Stream<String> answer = response.body()) {
      if (response.statusCode() >= 300) {
        throw failed(url + path, response.statusCode(), answer.collect(Collectors.joining("\n")));
      }
      answer.forEach(each);
    } catch (UncheckedIOException e) {
      throw new CommandFailed(
          CommandStatus.TRY_AGAIN, "the answer of %s%s broke off: %s".formatted(url, path, e), e);
    }
  }

  /**
   * Runs a task of the admin connector.
   *
   * @throws CommandFailed if it is refused, or cannot be done now
   */
  TaskAnswer task(String name, Map<String, String> parameters, String body) {
    String query =
        parameters.entrySet().stream()
            .map(e -> segment(e.getKey()) + "=" + segment(e.getValue()))
            .collect(Collectors.joining("&"));
    String text =
        send(
            "POST",
            adminUrl + "/tasks/" + name + "?" + query,
            BodyPublishers.ofString(body),
            "application/json");
    try {
      TaskAnswer answer = MAPPER.readValue(text, TaskAnswer.class);
      return switch (answer.outcome()) {
        case DONE -> answer;
        case REFUSED -> throw new CommandFailed(CommandStatus.REFUSED, answer.summary());
        case UNAVAILABLE -> throw new CommandFailed(CommandStatus.TRY_AGAIN, answer.summary());
      };
    } catch (JsonProcessingException e) {
      throw notCadastre(adminUrl, e);
    }
  }

  private String send(String method, String target, BodyPublisher body, String type) {
    HttpResponse<String> response =
        exchange(method, target, body, type, BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (response.statusCode() >= 300) {
      throw failed(target, response.statusCode(), response.body());
    }
    return response.body();
  }

  private <T> HttpResponse<T> exchange(
      String method, String target, BodyPublisher body, String type, BodyHandler<T> answer) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(target))
              .method(method, body)
              .header("Content-Type", type)
              .header("Accept", type + ", application/problem+json")
              .build();
      return http.send(request, answer);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(
          CommandStatus.UNAVAILABLE, "\"%s\" is no URL: %s".formatted(target, e.getMessage()), e);
    } catch (IOException e) {
      throw new CommandFailed(
          CommandStatus.UNAVAILABLE,
          "%s does not answer (%s); is the service running, and are --url and --admin-url right?"
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
          case 503, 429 -> CommandStatus.TRY_AGAIN;
          case 500 -> CommandStatus.UNAVAILABLE;
          default -> CommandStatus.REFUSED;
        };
    try {
      JsonNode problem = MAPPER.readTree(body);
      if (problem.hasNonNull("detail")) {
        return new CommandFailed(status, problem.get("detail").asText());
      }
    } catch (JsonProcessingException e) {
      // not a problem document, so not our service: the status line is all there is to say
    }
    return new CommandFailed(status, "%s answers %d".formatted(target, code));
  }

  private JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw notCadastre(url, e);
    }
  }

  private static CommandFailed notCadastre(String where, Exception e) {
    return new CommandFailed(
        CommandStatus.UNAVAILABLE,
        where + " does not answer as Cadastre does: " + e.getMessage(),
        e);
  }
}
