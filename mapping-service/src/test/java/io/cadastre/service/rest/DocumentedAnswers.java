/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.cadastre.service.access.AccessTable.Row;
import io.cadastre.service.attack.GeneratedRequest;
import io.cadastre.service.attack.WireAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the OpenAPI document and docs/rest-api.md say about answers, held against real ones. */
final class DocumentedAnswers {
  /** Nothing that a person outside needs to know of. */
  private static final Pattern INSIDE =
      Pattern.compile(
          "\\bat"
              + " [a-z]+\\.[a-z.]+|Exception|\\b(io\\.cadastre|org\\.eclipse|java|jakarta|com\\.fasterxml|org\\.glassfish)\\.[a-z]");

  private static final Pattern ROW =
      Pattern.compile("^\\| (`.*`) \\| ([0-9, ]+) \\|", Pattern.MULTILINE);
  private static final String PROBLEM = "application/problem+json";
  private static final String NDJSON = "application/x-ndjson";

  /** The validator knows no NDJSON; it gets each line as JSON of this type. */
  private static final String LINE = "application/line+json";

  private final JsonNode document;
  private final OpenApiInteractionValidator validator;
  private final Set<String> refusals = new TreeSet<>();

  /**
   * What these say.
   *
   * @param openapi the OpenAPI document
   * @param manual the text of docs/rest-api.md
   */
  DocumentedAnswers(String openapi, String manual) throws JsonProcessingException {
    this.document = Service.JSON.readTree(openapi);
    this.validator =
        OpenApiInteractionValidator.createForInlineApiSpecification(openapi.replace(NDJSON, LINE))
            .build();
    Matcher row = ROW.matcher(manual);
    while (row.find()) {
      String[] words = row.group(1).replace("`", "").split(", ", -1);
      String[] statuses = row.group(2).split(", ", -1);
      for (int i = 0; i < words.length; i++) {
        refusals.add(words[i] + " " + statuses[Math.min(i, statuses.length - 1)].strip());
      }
    }
  }

  /** What this answer has that neither describes; empty if all is well. */
  List<String> faults(GeneratedRequest request, WireAnswer answer) {
    List<String> faults = new ArrayList<>();
    boolean head = request.method().equals("HEAD");
    if (answer.status() >= 500 && answer.status() != 501) {
      faults.add("5xx");
    }
    if (answer.status() != 200 && INSIDE.matcher(answer.text()).find()) {
      faults.add("it tells of the service's inside");
    }
    if (answer.status() >= 400 && !head) {
      problem(answer).ifPresent(faults::add);
    }
    String method = head ? "GET" : request.method();
    String template =
        AccessRules.APPLICATION
            .row(method, request.target().replaceFirst("[?].*", ""))
            .map(Row::template)
            .orElse(request.template());
    JsonNode responses =
        method.equals(method.toUpperCase(Locale.ROOT))
            ? document
                .path("paths")
                .path(template)
                .path(method.toLowerCase(Locale.ROOT))
                .path("responses")
            : MissingNode.getInstance();
    if (responses.isMissingNode()) {
      if (answer.status() < 400 && !method.equals("OPTIONS")) {
        faults.add("accepted, and the document has no such operation");
      }
    } else if (answer.status() < 400 && !responses.has(String.valueOf(answer.status()))) {
      faults.add("the document has no %d for %s".formatted(answer.status(), template));
    } else if (!head && !answer.header("content-encoding").equals("gzip")) {
      faults.addAll(validated(Method.valueOf(method), template, answer));
    }
    return faults;
  }

  /** The validator's findings; of NDJSON about each line. */
  private List<String> validated(Method method, String template, WireAnswer answer) {
    boolean lines = answer.header("content-type").equals(NDJSON);
    boolean json = lines || answer.header("content-type").contains("json");
    List<String> bodies = lines ? answer.text().lines().toList() : List.of(answer.text());
    return bodies.stream()
        .flatMap(
            body -> {
              SimpleResponse.Builder response = SimpleResponse.Builder.status(answer.status());
              answer
                  .headers()
                  .forEach(
                      (name, value) ->
                          response.withHeader(name, value.equals(NDJSON) ? LINE : value));
              if (!body.isEmpty()) {
                response.withBody(body);
              }
              return validator
                  .validateResponse(template, method, response.build())
                  .getMessages()
                  .stream();
            })
        // an empty text is a text
        .filter(message -> json || !message.getKey().equals("validation.response.body.missing"))
        .map(message -> message.getKey() + ": " + message.getMessage())
        .toList();
  }

  private Optional<String> problem(WireAnswer answer) {
    try {
      JsonNode problem = Service.JSON.readTree(answer.body());
      String word = problem.path("type").asText().replaceFirst("^urn:cadastre:problem:", "");
      boolean whole =
          answer.header("content-type").equals(PROBLEM)
              && answer.header("x-content-type-options").equals("nosniff")
              && answer.header("cache-control").contains("no-store")
              && problem.path("status").asInt() == answer.status()
              && problem.path("requestId").asText().equals(answer.header("x-request-id"))
              && refusals.contains(word + " " + answer.status());
      return whole
          ? Optional.empty()
          : Optional.of("not a problem that docs/rest-api.md describes: " + answer);
    } catch (IOException e) {
      return Optional.of("not JSON: " + answer);
    }
  }
}
