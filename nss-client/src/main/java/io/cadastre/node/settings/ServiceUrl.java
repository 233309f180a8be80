/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.settings;

import java.net.MalformedURLException;
import java.net.URL;

/** Checks the URLs of services, without a regular expression, which each run would wait for. */
public final class ServiceUrl {
  private static final String NOT_IN_URL = "?# \t\n\u000B\f\r";
  private static final int HIGHEST_PORT = 65535;

  private ServiceUrl() {}

  /**
   * Checks the URL of a service and returns it.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static String checked(String value) {
    if (!isPlain(value) || !hasHostAndPort(value)) {
      throw new IllegalArgumentException(
          "it is no URL of a service, which looks like https://HOST or http://HOST:PORT");
    }
    return value;
  }

  /** Whether it is http or https and has neither a query nor a fragment nor white space. */
  private static boolean isPlain(String value) {
    if (!value.startsWith("http://") && !value.startsWith("https://")) {
      return false;
    }
    int host = value.indexOf("//") + 2;
    for (int i = host; i < value.length(); i++) {
      if (NOT_IN_URL.indexOf(value.charAt(i)) >= 0) {
        return false;
      }
    }
    return host < value.length() && value.charAt(host) != '/';
  }

  private static boolean hasHostAndPort(String value) {
    try {
      URL url = new URL(value);
      return !url.getHost().isEmpty() && url.getPort() != 0 && url.getPort() <= HIGHEST_PORT;
    } catch (MalformedURLException e) {
      return false;
    }
  }
}
