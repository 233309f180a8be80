/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.rest.Service.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without scripts: it keeps the cookie, follows no redirect, and sends forms. */
final class FormBrowser {
  private static final Pattern FORM_TOKEN =
      Pattern.compile("name=\"formToken\" value=\"([^\"]*)\"");

  private final Service service;
  private Optional<String> cookie = Optional.empty();
  private String formToken = "";

  FormBrowser(Service service) {
    this.service = service;
  }

  /** A browser in which this token has signed in. */
  static FormBrowser of(Service service, String token) {
    FormBrowser browser = new FormBrowser(service);
    Answer unused = browser.signIn(token);
    return browser;
  }

  Answer signIn(String token) {
    Answer unused = get("/ui/sign-in");
    return submit("/ui/sign-in", "token", token);
  }

  Answer get(String path) {
    return keep(service.get(path, cookie()));
  }

  /** Sends a form with the token of the last page, as a page of this origin does. */
  Answer submit(String path, String... fields) {
    return post(path, formToken, "same-origin", fields);
  }

  /** Sends a form with any token, from anywhere. */
  Answer post(String path, String token, String site, String... fields) {
    StringBuilder body = new StringBuilder("formToken=" + encoded(token));
    for (int i = 0; i < fields.length; i += 2) {
      body.append('&').append(encoded(fields[i])).append('=').append(encoded(fields[i + 1]));
    }
    List<String> headers =
        new ArrayList<>(List.of("Content-Type", "application/x-www-form-urlencoded"));
    headers.addAll(List.of(cookie()));
    if (!site.isEmpty()) {
      headers.addAll(List.of("Sec-Fetch-Site", site));
    }
    return keep(service.send("POST", path, body.toString(), headers.toArray(String[]::new)));
  }

  /** The token of the forms on the last page. */
  String formToken() {
    return formToken;
  }

  Optional<String> cookieField() {
    return cookie;
  }

  private String[] cookie() {
    return cookie.map(text -> new String[] {"Cookie", text}).orElseGet(() -> new String[0]);
  }

  private Answer keep(Answer answer) {
    Optional.of(answer.header("Set-Cookie"))
        .filter(field -> !field.isEmpty())
        .ifPresent(
            field ->
                cookie =
                    field.contains("Max-Age=0")
                        ? Optional.empty()
                        : Optional.of(field.substring(0, field.indexOf(';'))));
    Matcher token = FORM_TOKEN.matcher(answer.text());
    if (token.find()) {
      formToken = token.group(1);
    }
    return answer;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
