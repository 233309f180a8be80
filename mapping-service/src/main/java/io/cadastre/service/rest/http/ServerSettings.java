/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.core.server.SimpleServerFactory;
import io.dropwizard.jetty.ConnectorFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.util.DataSize;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.component.LifeCycle;

/** What the interface needs of the HTTP server, whatever the configuration says of it. */
public final class ServerSettings {
  /**
   * Names may hold a '%' or a '\', which Jetty refuses in paths even when they are encoded, lest
   * something decodes them twice or takes them for separators. Here a segment is decoded once,
   * after the path was split ({@link PathSegment}), and refused if it then holds a '/' or is "..".
   */
  private static final UriCompliance NAMES =
      UriCompliance.DEFAULT.with(
          "CADASTRE",
          Violation.AMBIGUOUS_PATH_ENCODING,
          Violation.AMBIGUOUS_PATH_SEPARATOR,
          Violation.AMBIGUOUS_PATH_SEGMENT,
          Violation.SUSPICIOUS_PATH_CHARACTERS);

  /** Texts that are kept compressed, with an entity tag of their own. */
  private static final Set<String> ENCODED_ALREADY =
      Set.of("/v1/snapshot/*", "/v1/subuid/*", "/v1/subgid/*");

  private ServerSettings() {}

  /** Sets them, before the server is built. */
  public static void apply(ServerFactory server) {
    if (server instanceof AbstractServerFactory factory) {
      // Dropwizard's own mappers would answer in their own JSON.
      factory.setRegisterDefaultExceptionMappers(false);
      factory.getGzipFilterFactory().setExcludedPaths(ENCODED_ALREADY);
      // RequestLimits undoes gzip. Dropwizard would refuse what is none after the answer once more.
      factory.getGzipFilterFactory().setBufferSize(DataSize.bytes(0));
    }
    for (ConnectorFactory connector : applicationConnectors(server)) {
      if (connector instanceof HttpConnectorFactory http) {
        http.setUriCompliance(NAMES);
      }
    }
  }

  /** What bounds the bodies of tasks, however they are compressed: a task holds its body. */
  public static SizeLimitHandler limitOfTasks() {
    return new SizeLimitHandler(RequestLimits.BATCH_BYTES, -1);
  }

  /** What bounds the work of this server; to be told when it starts. */
  public static LifeCycle.Listener limits(ServerFactory server) {
    return WorkLimits.of(
        server instanceof AbstractServerFactory factory ? factory.getMaxThreads() : 1);
  }

  private static List<ConnectorFactory> applicationConnectors(ServerFactory server) {
    if (server instanceof DefaultServerFactory two) {
      return two.getApplicationConnectors();
    }
    return server instanceof SimpleServerFactory one ? List.of(one.getConnector()) : List.of();
  }
}
