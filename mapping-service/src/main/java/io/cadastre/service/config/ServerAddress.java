/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a server.
 *
 * @param host a name or an address; an IPv6 address without brackets
 * @param port 1 to 65535; 0 for the default of the connection's security
 */
public record ServerAddress(String host, int port) {
  private static final Pattern SPELLING =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^\\[\\]:/\\s]+))(?::(\\d{1,5}))?");

  /**
   * The address that {@code host}, {@code host:port} or {@code [IPv6]:port} spells.
   *
   * @throws IllegalArgumentException if it is not an address
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ServerAddress parse(String text) {
    Matcher m = SPELLING.matcher(text);
    if (!m.matches()) {
      throw refused(text);
    }
    int port = m.group(3) == null ? 0 : Integer.parseInt(m.group(3));
    if (port > 65535 || (port == 0 && m.group(3) != null)) {
      throw refused(text);
    }
    return new ServerAddress(m.group(1) == null ? m.group(2) : m.group(1), port);
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "\"%s\" is no server: write host, host:port or [IPv6 address]:port, without ldap://"
            .formatted(text));
  }

  /** Whether the host is this host by its spelling alone; no name is looked up. */
  public boolean isLoopback() {
    return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
  }

  /** The port to connect to. */
  public int portFor(Security security) {
    return port == 0 ? security.defaultPort() : port;
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + (port == 0 ? "" : ":" + port);
  }
}
