/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.access.AddressRange;
import io.cadastre.service.access.CredentialKind;
import io.cadastre.service.access.Principal;
import io.cadastre.service.access.RequestRate;
import io.github.bucket4j.TimeMeter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Bounds how many requests come with a credential and from a client address. Requests without a
 * valid credential have a bound of their own, so that none of them uses up what a valid credential
 * from the same address may ask. Thread-safe.
 */
public final class RequestRates {
  /** RFC 6177: a site or a host has all addresses of such a network. */
  private static final int NETWORK_BYTES = 8;

  private final RateBuckets credentials;
  private final RateBuckets addresses;
  private final RateBuckets failures;

  /** Bounds of these rates. */
  public RequestRates(RequestRate credential, RequestRate address, RequestRate failures) {
    this(credential, address, failures, TimeMeter.SYSTEM_NANOTIME);
  }

  /** The same by this clock. */
  RequestRates(RequestRate credential, RequestRate address, RequestRate failures, TimeMeter time) {
    this.credentials = new RateBuckets(credential, time);
    this.addresses = new RateBuckets(address, time);
    this.failures = new RateBuckets(failures, time);
  }

  /**
   * A request that may not come now.
   *
   * @param source the source of too many requests, in words
   * @param pause the time after which one more may come
   */
  public record Excess(String source, Duration pause) {}

  /** Takes a request with a valid credential; returns why it may not come now. */
  Optional<Excess> ofCaller(Principal principal, String address) {
    // First the credential: what it may not ask, its address does not lose.
    Optional<Excess> own =
        principal.kind() == CredentialKind.OPEN
            ? Optional.empty()
            : credentials
                .take(principal.credentialText())
                .map(pause -> new Excess("the credential of " + principal.name(), pause));
    return own.isPresent()
        ? own
        : addresses.take(source(address)).map(pause -> new Excess("the address " + address, pause));
  }

  /** Takes a request without a valid credential; returns why no further one may come now. */
  public Optional<Excess> ofFailure(String address) {
    return failures
        .take(source(address))
        .map(
            pause ->
                new Excess("the address %s without a valid credential".formatted(address), pause));
  }

  /** A host has many addresses of IPv6; they count as one. */
  private static String source(String address) {
    if (address.indexOf(':') < 0) {
      return address; // of IPv4, without being taken apart for each request
    }
    Optional<InetAddress> parsed = AddressRange.address(address.replaceFirst("%[^\\]]*", ""));
    return parsed
        .filter(Inet6Address.class::isInstance)
        .map(host -> HexFormat.of().formatHex(Arrays.copyOf(host.getAddress(), NETWORK_BYTES)))
        .orElse(address);
  }
}
