/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fetch;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** What all requests of a node to a service have in common. */
final class ServiceConnection {
  private ServiceConnection() {}

  /** The URL of a path of a service, whose own URL may end in slashes. */
  static String url(String service, String path) {
    int end = service.length();
    while (service.charAt(end - 1) == '/') {
      end--;
    }
    return service.substring(0, end).concat(path);
  }

  /** Prepares a request to a service and sends nothing. */
  static HttpURLConnection open(
      String url,
      Optional<SSLSocketFactory> trusted,
      Optional<String> authorization,
      Duration limit)
      throws ServiceUnavailable {
    HttpURLConnection connection;
    try {
      connection = (HttpURLConnection) new URL(url).openConnection();
    } catch (IOException e) {
      throw ServiceUnavailable.forGood("%s cannot be fetched: %s".formatted(url, e));
    }
    if (connection instanceof HttpsURLConnection https) {
      trusted.ifPresent(https::setSSLSocketFactory);
    }
    connection.setConnectTimeout((int) limit.toMillis());
    connection.setReadTimeout((int) limit.toMillis());
    // A redirect is a captive portal or a login page, never a snapshot.
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestProperty("User-Agent", "cadastre-node");
    if (authorization.isPresent()) {
      connection.setRequestProperty("Authorization", authorization.get());
    }
    return connection;
  }
}
