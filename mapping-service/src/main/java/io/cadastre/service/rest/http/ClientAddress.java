/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.access.AddressRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.QuotedCSV;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Finds the address of the client behind reverse proxies: the last one in {@code Forwarded}, RFC
 * 7239, that is no trusted proxy itself, and whether it asked by TLS. The field of any other peer
 * says nothing. Logs, limits and events have this address then. Thread-safe.
 */
final class ClientAddress implements HttpConfiguration.Customizer {
  private static final String FOR = "for=";
  private static final String OVER_TLS = "proto=https";

  private final List<AddressRange> trusted;

  /** Believes these proxies. */
  ClientAddress(List<AddressRange> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    if (trusted.isEmpty()) {
      return request;
    }
    SocketAddress peer = request.getConnectionMetaData().getRemoteSocketAddress();
    if (!(peer instanceof InetSocketAddress proxy) || !isTrusted(proxy.getAddress())) {
      return request;
    }
    List<String> fields = request.getHeaders().getValuesList(HttpHeader.FORWARDED);
    Hop client = hop(proxy.getAddress(), fields);
    boolean itself = client.address().equals(proxy.getAddress());
    if (itself && !client.secure()) {
      return request;
    }
    boolean secure = client.secure() || request.isSecure();
    ConnectionMetaData connection =
        new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {
          private final SocketAddress address =
              itself ? proxy : new InetSocketAddress(client.address(), 0);

          @Override
          public SocketAddress getRemoteSocketAddress() {
            return address;
          }

          @Override
          public boolean isSecure() {
            return secure;
          }
        };
    return new Request.Wrapper(request) {
      @Override
      public ConnectionMetaData getConnectionMetaData() {
        return connection;
      }

      @Override
      public boolean isSecure() {
        return secure;
      }
    };
  }

  /**
   * A client, or a proxy, as the next proxy has seen it.
   *
   * @param secure whether it asked by TLS
   */
  record Hop(InetAddress address, boolean secure) {}

  /** Goes from the nearest hop to the farthest one that a trusted proxy has named. */
  Hop hop(InetAddress proxy, List<String> fields) {
    List<String> hops = hops(fields);
    Hop nearest = new Hop(proxy, false);
    for (int i = hops.size() - 1; i >= 0 && isTrusted(nearest.address()); i--) {
      Optional<InetAddress> named = address(hops.get(i));
      if (named.isEmpty()) {
        // unknown, an obfuscated name, or left out: the trusted proxy knows how it was asked
        return new Hop(nearest.address(), isSecure(hops.get(i)));
      }
      nearest = new Hop(named.get(), isSecure(hops.get(i)));
    }
    return nearest;
  }

  /** None if the field is malformed: a client may have written its beginning. */
  private static List<String> hops(List<String> fields) {
    try {
      return new QuotedCSV(true, fields.toArray(String[]::new)).getValues();
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  private boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(range -> range.contains(address));
  }

  private static boolean isSecure(String hop) {
    return Stream.of(hop.split(";", -1))
        .map(pair -> pair.strip().toLowerCase(Locale.ROOT).replace("\"", ""))
        .anyMatch(OVER_TLS::equals);
  }

  /** Reads {@code for="[2001:db8::1]:4711";proto=https}; a port is not looked at. */
  private static Optional<InetAddress> address(String hop) {
    return Stream.of(hop.split(";", -1))
        .map(String::strip)
        .filter(pair -> pair.toLowerCase(Locale.ROOT).startsWith(FOR))
        .map(pair -> pair.substring(FOR.length()).replace("\"", ""))
        .map(node -> node.replaceFirst("^([0-9.]+|\\[[^]]*\\]):[0-9]{1,5}$", "$1"))
        .findFirst()
        .flatMap(AddressRange::address);
  }
}
