/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.component.ContainerLifeCycle;

/**
 * Takes secrets out of the URI of a request, before a log or an answer can repeat them: the values
 * of query parameters such as {@code access_token} (RFC 6750 section 2.3, which this service does
 * not follow), and tokens anywhere. Thread-safe.
 */
final class SecretUris implements HttpConfiguration.Customizer {
  private static final List<String> SECRET_NAMES =
      List.of("token", "secret", "password", "authorization");

  /** A token of the registry. A client may have encoded the underscores. */
  private static final String OF_REGISTRY =
      "(cadastre(?:_|%5[Ff])[A-Z2-7]{8,12}(?:_|%5[Ff]))[A-Za-z0-9_%-]+";

  /**
   * A JWT: its first part begins with an encoded brace and quote; the dots may be encoded. Of each
   * run of letters the first such beginning is enough: all of them would take the square of the
   * length of a text.
   */
  private static final String OF_JWT =
      "(?<![A-Za-z0-9_-])(?>([A-Za-z0-9_-]*?eyJ))"
          + "[A-Za-z0-9_-]++(?:\\.|%2[Ee])[A-Za-z0-9_-]++(?:\\.|%2[Ee])[A-Za-z0-9_-]*";

  /** The beginnings of the two forms: a text without either has no token. */
  private static final String PREFIX = "cadastre";

  private static final String JWT_PREFIX = "eyJ";

  private static final List<Pattern> TOKENS =
      List.of(Pattern.compile(OF_REGISTRY), Pattern.compile(OF_JWT));
  private static final List<Pattern> IN_TEXT =
      List.of(
          Pattern.compile(OF_REGISTRY, Pattern.CASE_INSENSITIVE),
          Pattern.compile(OF_JWT, Pattern.CASE_INSENSITIVE));

  private static final String LEFT_OUT = "left-out";

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    return clean(request);
  }

  /** A log of requests without secrets: no customizer sees a request that Jetty cannot read. */
  static RequestLog log(RequestLog log) {
    return new CleanLog(log);
  }

  private static final class CleanLog extends ContainerLifeCycle implements RequestLog {
    private final RequestLog log;

    CleanLog(RequestLog log) {
      this.log = log;
      installBean(log);
    }

    @Override
    public void log(Request request, Response response) {
      log.log(decodable(clean(request)), response);
    }
  }

  /** The log decodes the query, and would lose a request whose query it cannot decode. */
  private static Request decodable(Request request) {
    try {
      Request.extractQueryParameters(request);
      return request;
    } catch (BadMessageException e) {
      String encoded = request.getHttpURI().getQuery().replace("%", "%25");
      return at(HttpURI.build(request.getHttpURI()).query(encoded).asImmutable(), request);
    }
  }

  private static Request clean(Request request) {
    HttpURI given = request.getHttpURI();
    String query = given.getQuery();
    String path = given.getPath();
    if (query == null && (path == null || tokens(path).equals(path))) {
      return request;
    }
    Optional<String> cleanQuery =
        Optional.ofNullable(query).map(text -> tokens(withoutSecretParameters(text)));
    Optional<String> cleanPath = Optional.ofNullable(given.getPath()).map(SecretUris::tokens);
    if (cleanQuery.equals(Optional.ofNullable(query))
        && cleanPath.equals(Optional.ofNullable(given.getPath()))) {
      return request;
    }
    HttpURI.Mutable clean = HttpURI.build(given);
    cleanPath.ifPresent(clean::path);
    cleanQuery.ifPresent(clean::query);
    return at(clean.asImmutable(), request);
  }

  private static Request at(HttpURI uri, Request request) {
    return new Request.Wrapper(request) {
      @Override
      public HttpURI getHttpURI() {
        return uri;
      }
    };
  }

  private static String withoutSecretParameters(String query) {
    return Stream.of(query.split("&", -1))
        .map(SecretUris::withoutSecret)
        .collect(Collectors.joining("&"));
  }

  private static String withoutSecret(String parameter) {
    int value = parameter.indexOf('=') + 1;
    String name = parameter.substring(0, value).toLowerCase(Locale.ROOT);
    return value < parameter.length() && SECRET_NAMES.stream().anyMatch(name::contains)
        ? parameter.substring(0, value) + LEFT_OUT
        : parameter;
  }

  /** Returns a text for a log or an answer, which may quote a header field, without tokens. */
  static String inText(String text) {
    return tokens(IN_TEXT, text);
  }

  private static String tokens(String text) {
    return text.contains(PREFIX) || text.contains(JWT_PREFIX) ? tokens(TOKENS, text) : text;
  }

  private static String tokens(List<Pattern> forms, String text) {
    String clean = text;
    for (Pattern form : forms) {
      clean = form.matcher(clean).replaceAll("$1" + LEFT_OUT);
    }
    return clean;
  }
}
