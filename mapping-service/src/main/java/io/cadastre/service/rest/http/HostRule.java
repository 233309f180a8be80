/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The host names under which the service may be asked. A web page whose own name leads to this
 * address (DNS rebinding) sends that name in {@code Host}, and its address in {@code Origin}: both
 * are refused. An IP address in {@code Host} is nobody's name. Thread-safe.
 */
public final class HostRule {
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9A-Fa-f:.]{2,45}\\]");

  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

  /** The number of accepted fields that are remembered. */
  private static final int REMEMBERED = 256;

  private final Set<String> names = new HashSet<>(Set.of("localhost"));

  /** Fields that were accepted: nearly all requests have one of a few. */
  private final Set<String> accepted = ConcurrentHashMap.newKeySet();

  /**
   * The names of this machine and others.
   *
   * @param others the names of {@code access.hosts}
   */
  public HostRule(Collection<String> others) {
    others.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    try {
      InetAddress self = InetAddress.getLocalHost();
      names.add(self.getHostName().toLowerCase(Locale.ROOT));
    } catch (UnknownHostException e) {
      // the machine has no name of its own
    }
  }

  /** Returns what is wrong with this Host field; empty if it is one of the names. */
  Optional<String> foreignHost(Optional<String> host) {
    if (host.isEmpty()) {
      return Optional.empty(); // HTTP/1.0, which no browser speaks
    }
    if (accepted.contains(host.get())) {
      return Optional.empty();
    }
    String name = PORT.matcher(host.get()).replaceFirst("").toLowerCase(Locale.ROOT);
    if (ADDRESS.matcher(name).matches() || names.contains(name)) {
      if (accepted.size() < REMEMBERED) {
        accepted.add(host.get());
      }
      return Optional.empty();
    }
    return Optional.of(
        "Host is \"%s\", which is no name of this service; add it to access.hosts if it is one"
            .formatted(name));
  }

  /** Returns what is wrong with this Origin field; empty if it is the service's own. */
  Optional<String> foreignOrigin(Optional<String> origin, Optional<String> host) {
    return origin
        .filter(
            from ->
                host.isEmpty()
                    || !from.toLowerCase(Locale.ROOT)
                        .matches("https?://" + Pattern.quote(host.get().toLowerCase(Locale.ROOT))))
        .map(
            from ->
                "the request comes from a web page of another origin, \"%s\"; no page may use the registry"
                    .formatted(from));
  }
}
