/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Gives every request an ID: the caller's own, if it is fit for a log line, or a new one. The
 * answer repeats the ID, and log lines and events have it.
 */
public final class RequestIds implements Filter {
  /** The header, in requests and answers. */
  public static final String HEADER = "X-Request-Id";

  /** The logging context's key: {@code %X{requestId}} in a log format. */
  static final String KEY = "requestId";

  private static final long VERSION_BITS = 0xf000L;
  private static final long VERSION = 0x8000L;
  private static final long VARIANT_BITS = 0xc000_0000_0000_0000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long PROCESS = (RANDOM.nextLong() & ~VERSION_BITS) | VERSION;

  /** Begins anywhere: two processes that drew the same half differ here. */
  private static final AtomicLong COUNT = new AtomicLong(RANDOM.nextLong());

  private static final Pattern FIT = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String id = accept(((HttpServletRequest) request).getHeader(HEADER));
    ((HttpServletResponse) response).setHeader(HEADER, id);
    request.setAttribute(KEY, id);
    MDC.put(KEY, id);
    try {
      chain.doFilter(request, response);
    } finally {
      MDC.remove(KEY);
    }
  }

  /** Returns the ID that the client gave if it is fit and no token, else a new one. */
  static String accept(@Nullable String given) {
    return Optional.ofNullable(given)
        .filter(id -> FIT.matcher(id).matches() && SecretUris.inText(id).equals(id))
        .orElseGet(RequestIds::next);
  }

  /**
   * Returns a UUID of version 8 (RFC 9562) that is in use nowhere else: its first half is random
   * for each process, and its second half counts. An ID is no secret, and a random one would cost
   * more than the answer's JSON.
   */
  private static String next() {
    return new UUID(PROCESS, VARIANT | (COUNT.getAndIncrement() & ~VARIANT_BITS)).toString();
  }

  /** The id of the request that this thread serves. */
  public static Optional<String> current() {
    return Optional.ofNullable(MDC.get(KEY));
  }
}
