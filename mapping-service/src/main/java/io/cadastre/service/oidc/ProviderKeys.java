/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.oidc;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.cadastre.service.config.OidcConfiguration;
import io.cadastre.service.failure.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the provider, in memory. A thread in the background reads them every 5 minutes, and
 * soon after a token names a key that is not there: at most once in 10 s, whatever tokens come. The
 * request with that token waits for the read, up to 3 s and together with 15 others at most;
 * further ones are answered at once. While the provider does not answer, the keys that are known
 * serve for {@code keepKeys}. Thread-safe.
 */
public final class ProviderKeys implements JWKSource<SecurityContext> {
  /** The interval at which {@link #readIfDue} is to be called. */
  public static final Duration LOOK_EVERY = Duration.ofMillis(250);

  static final Duration READ_EVERY = Duration.ofMinutes(5);
  static final Duration READ_AGAIN = Duration.ofSeconds(10);

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int WAITING = 16;

  private final ProviderDocuments documents;
  private final Duration keep;
  private final LongSupplier nanoTime;
  private final Duration patience;
  private final Semaphore waiting = new Semaphore(WAITING);
  private volatile Optional<Known> known = Optional.empty();

  // guarded by this
  private Optional<Long> began = Optional.empty();
  private CompletableFuture<Boolean> next = new CompletableFuture<>();
  private boolean running;
  private boolean wanted;
  private Optional<String> failure = Optional.empty();

  private record Known(JWKSet keys, long read) {}

  /** The keys of this provider, none of which is known yet. */
  public ProviderKeys(OidcConfiguration provider) {
    this(provider, System::nanoTime, PATIENCE);
  }

  /** The same by this clock, in nanoseconds, and with this time for a request to wait. */
  ProviderKeys(OidcConfiguration provider, LongSupplier nanoTime, Duration patience) {
    this.documents = new ProviderDocuments(provider);
    this.keep = provider.keepKeys().toJavaDuration();
    this.nanoTime = nanoTime;
    this.patience = patience;
  }

  /**
   * Reads the keys if it is time to; to be called in the background, by one thread.
   *
   * @throws Unavailable if the last read has failed
   */
  public void readIfDue() {
    if (begin()) {
      end(read());
    }
    Optional<String> why = failure();
    if (why.isPresent()) {
      throw new Unavailable(why.get(), READ_AGAIN);
    }
  }

  private synchronized boolean begin() {
    Duration pause = wanted || failure.isPresent() ? READ_AGAIN : READ_EVERY;
    if (!isPast(pause)) {
      return false;
    }
    began = Optional.of(nanoTime.getAsLong());
    wanted = false;
    running = true;
    return true;
  }

  private Optional<String> read() {
    try {
      known = Optional.of(new Known(new JWKSet(documents.keys()), nanoTime.getAsLong()));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void end(Optional<String> why) {
    CompletableFuture<Boolean> done;
    synchronized (this) {
      failure = why;
      running = false;
      done = next;
      next = new CompletableFuture<>();
    }
    done.complete(why.isEmpty());
  }

  private synchronized Optional<String> failure() {
    return failure;
  }

  private boolean isPast(Duration pause) {
    return began.filter(start -> nanoTime.getAsLong() - start < pause.toNanos()).isEmpty();
  }

  /**
   * Returns the keys that a token may be signed with; none if the provider has no such key.
   *
   * @throws KeySourceException if no key is known, or none was read for too long
   */
  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    List<JWK> found = usable().map(selector::select).orElse(List.of());
    if (found.isEmpty() && awaitRead()) {
      found = usable().map(selector::select).orElse(List.of());
    }
    if (usable().isEmpty()) {
      throw new KeySourceException("no key of the provider is known");
    }
    return found;
  }

  private Optional<JWKSet> usable() {
    return known
        .filter(set -> nanoTime.getAsLong() - set.read() <= keep.toNanos())
        .map(Known::keys);
  }

  /** Returns whether a read was awaited that succeeded. */
  private boolean awaitRead() {
    Optional<CompletableFuture<Boolean>> read = want();
    if (read.isEmpty() || !waiting.tryAcquire()) {
      return false;
    }
    try {
      return read.get().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waiting.release();
    }
  }

  /** Asks for a read; returns it if it is running or begins at once. */
  private synchronized Optional<CompletableFuture<Boolean>> want() {
    wanted = !running || wanted;
    return running || isPast(READ_AGAIN) ? Optional.of(next) : Optional.empty();
  }
}
