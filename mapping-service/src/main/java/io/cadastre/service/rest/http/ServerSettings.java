/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import com.sun.management.UnixOperatingSystemMXBean;
import io.cadastre.service.access.AddressRange;
import io.cadastre.service.api.Paths;
import io.cadastre.service.tls.ServerConnectors;
import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.jetty.ConnectorFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.util.DataSize;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.util.component.LifeCycle;

/** Sets what the interface needs of the HTTP server, whatever the configuration says. */
public final class ServerSettings {
  /**
   * A name may have a '%' or a '\'. Jetty refuses both in paths, even encoded, because some
   * programs decode them twice or take them for separators. Here a segment is decoded once, after
   * the path was split ({@link PathSegment}), and refused if it then has a '/' or is "..".
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
      Set.of(Paths.SNAPSHOT + "/*", Paths.SUBUID + "/*", Paths.SUBGID + "/*");

  /** A body that fits into one packet, with its fields, does not arrive earlier when compressed. */
  private static final DataSize ONE_PACKET = DataSize.bytes(1000);

  private ServerSettings() {}

  /** Sets them, before the server is built. */
  public static void apply(ServerFactory server) {
    if (server instanceof AbstractServerFactory factory) {
      // Dropwizard's own mappers answer in another JSON form.
      factory.setRegisterDefaultExceptionMappers(false);
      // Two system calls for each request, and the log has the request's ID.
      factory.setEnableThreadNameFilter(false);
      factory.getGzipFilterFactory().setExcludedPaths(ENCODED_ALREADY);
      DataSize least = factory.getGzipFilterFactory().getMinimumEntitySize();
      if (least.toBytes() < ONE_PACKET.toBytes()) {
        factory.getGzipFilterFactory().setMinimumEntitySize(ONE_PACKET);
      }
      // RequestLimits undoes gzip. Dropwizard would refuse a malformed body again after the answer.
      factory.getGzipFilterFactory().setBufferSize(DataSize.bytes(0));
    }
    for (ConnectorFactory connector : ServerConnectors.application(server)) {
      if (connector instanceof HttpConnectorFactory http) {
        http.setUriCompliance(NAMES);
      }
    }
    for (ConnectorFactory connector : ServerConnectors.all(server)) {
      if (connector instanceof HttpConnectorFactory http) {
        if (http.getAcceptorThreads().isEmpty() && hasManyDescriptors()) {
          // The selector accepts: a new connection is not handed from one thread to another.
          http.setAcceptorThreads(Optional.of(0));
        }
        // Jetty would keep the headers of a connection, and take one that differs from a kept one
        // by the case of its letters for that one: a wrong token for the right one.
        http.setHeaderCacheSize(DataSize.bytes(0));
      }
    }
  }

  /**
   * Whether the bound on connections is reached before the process has no descriptor left. A thread
   * that accepts then waits a second, and a selector does not.
   */
  private static boolean hasManyDescriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        && unix.getMaxFileDescriptorCount() >= 2L * WorkLimits.CONNECTIONS;
  }

  /** Whether {@code server.allowedMethods} has GET. Dropwizard checks that late. */
  public static boolean allowsGet(ServerFactory server) {
    return !(server instanceof AbstractServerFactory factory)
        || factory.getAllowedMethods().contains("GET");
  }

  /** Bounds the work of this server when it starts. */
  public static LifeCycle.Listener limits(ServerFactory server) {
    return WorkLimits.of(
        server instanceof AbstractServerFactory factory ? factory.getMaxThreads() : 1);
  }

  /** Finds the client behind these proxies, and takes secrets out of URIs. */
  public static LifeCycle.Listener requests(List<AddressRange> trustedProxies) {
    return RequestCustomizers.of(trustedProxies);
  }
}
