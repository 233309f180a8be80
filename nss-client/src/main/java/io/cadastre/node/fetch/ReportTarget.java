/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fetch;

import io.cadastre.subid.NodeName;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends the report of a node to one service, {@code PUT /v1/nodes/NODE/report}.
 *
 * @param service the URL of the service
 * @param trusted as for {@link SnapshotSource}
 * @param authorization as for {@link SnapshotSource}
 */
record ReportTarget(
    String service, Optional<SSLSocketFactory> trusted, Optional<String> authorization) {

  /**
   * Sends a report.
   *
   * @param limit for the whole request
   * @throws ServiceUnavailable if the service did not take it
   */
  void put(NodeName node, byte[] json, Duration limit) throws ServiceUnavailable {
    String url = ServiceConnection.url(service, "/v1/nodes/" + node + "/report");
    HttpURLConnection connection = ServiceConnection.open(url, trusted, authorization, limit);
    FutureTask<Integer> task = new FutureTask<>(() -> send(connection, json));
    SnapshotSource.daemon(task, "report");
    try {
      int status = task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (status >= HttpURLConnection.HTTP_MULT_CHOICE) {
        throw refusal(url, status);
      }
    } catch (TimeoutException e) {
      SnapshotSource.daemon(connection::disconnect, "disconnect");
      throw ServiceUnavailable.tryAgain(
          "%s gave no answer within %d ms".formatted(url, limit.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ServiceUnavailable.tryAgain("the request to " + url + " was interrupted");
    } catch (ExecutionException e) {
      throw ServiceUnavailable.tryAgain("%s does not answer: %s".formatted(url, e.getCause()));
    }
  }

  private static int send(HttpURLConnection connection, byte[] json) throws IOException {
    try {
      connection.setRequestMethod("PUT");
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/json");
      try (OutputStream out = connection.getOutputStream()) {
        out.write(json);
      }
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }

  private static ServiceUnavailable refusal(String url, int status) {
    String message = "%s answers with status %d".formatted(url, status);
    return status == HttpURLConnection.HTTP_FORBIDDEN
        ? ServiceUnavailable.unauthorized(
            message + ": the node's credential is of another role or of other nodes")
        : ServiceUnavailable.tryAgain(message);
  }
}
