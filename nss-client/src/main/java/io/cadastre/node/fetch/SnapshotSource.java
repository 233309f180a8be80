/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fetch;

import io.cadastre.node.fetch.Services.Fetched;
import io.cadastre.node.guard.Rule;
import io.cadastre.node.guard.SyncRefused;
import io.cadastre.node.tree.HeapShare;
import io.cadastre.subid.EventHead;
import io.cadastre.subid.NameRefused;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRefused;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLSocketFactory;

/**
 * Fetches the snapshot of one service, {@code GET /v1/snapshot}. Uses HttpURLConnection: the client
 * of java.net.http costs this one-shot program half a second more.
 */
final class SnapshotSource {
  /** Enough for more than a million rows. */
  private static final int MAX_BYTES = 256 << 20;

  /** The limit that this program's heap allows. */
  private static final int LIMIT = (int) HeapShare.atMost(MAX_BYTES);

  private final String url;
  private final Optional<SSLSocketFactory> trusted;
  private final Optional<String> authorization;

  SnapshotSource(String url, Optional<SSLSocketFactory> trusted, Optional<String> authorization) {
    this.authorization = authorization;
    this.url = ServiceConnection.url(url, "/v1/snapshot");
    this.trusted = trusted;
  }

  /** The body before it is parsed: parsing does not count against the time limit of the service. */
  private record Body(ByteBuffer bytes, Optional<String> etag) {}

  /** An answer that is no failure; without a body it is a 304. */
  private record Received(Optional<Body> body, Optional<EventHead> head) {}

  /**
   * The answer of the service.
   *
   * @param fetched empty if the node has the current snapshot (304)
   * @param head the newest event behind the snapshot; empty if the service, or a proxy before it,
   *     does not tell
   */
  record Answer(Optional<Fetched> fetched, Optional<EventHead> head) {}

  /**
   * Fetches the snapshot.
   *
   * @param etag of the snapshot that the node has; empty to fetch in any case
   * @param limit for the whole request, so that no service that drips and no resolver that hangs
   *     delays a boot
   */
  Answer fetch(Optional<String> etag, Duration limit) throws ServiceUnavailable, SyncRefused {
    Received received = within(limit, etag);
    Optional<Body> body = received.body();
    if (body.isEmpty()) {
      return new Answer(Optional.empty(), received.head());
    }
    try {
      Snapshot snapshot = Snapshot.parse(body.get().bytes().array());
      return new Answer(Optional.of(new Fetched(snapshot, body.get().etag())), received.head());
    } catch (SnapshotRefused e) {
      throw SyncRefused.because(
          e.getCause() instanceof NameRefused ? Rule.NAME : Rule.DIGEST,
          "%s: %s".formatted(url, e.getMessage()));
    } catch (OutOfMemoryError e) {
      throw tooLarge();
    }
  }

  private SyncRefused tooLarge() {
    return SyncRefused.because(
        Rule.DIGEST,
        "%s sends a snapshot that is too large, the limit is %,d bytes: %s"
            .formatted(url, LIMIT, HeapShare.remedy(LIMIT)));
  }

  private Received within(Duration limit, Optional<String> etag)
      throws ServiceUnavailable, SyncRefused {
    HttpURLConnection connection = connection(etag, limit);
    FutureTask<Received> task = new FutureTask<>(new Get(connection, etag));
    daemon(task, "fetch");
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Ends the request before the next attempt. In another thread: a read that hangs may hold
      // the lock that closing needs.
      daemon(connection::disconnect, "disconnect");
      throw ServiceUnavailable.tryAgain(
          "%s was not fetched within %d ms".formatted(url, limit.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ServiceUnavailable.tryAgain("fetching " + url + " was interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ServiceUnavailable unavailable) {
        throw unavailable;
      }
      if (e.getCause() instanceof SyncRefused refused) {
        throw refused;
      }
      if (e.getCause() instanceof OutOfMemoryError) {
        throw tooLarge();
      }
      if (e.getCause() instanceof IOException io) {
        throw ServiceUnavailable.tryAgain("%s cannot be fetched: %s".formatted(url, io));
      }
      if (e.getCause() instanceof StackOverflowError) {
        // The JDK handles a status 100 by a recursive call.
        throw ServiceUnavailable.tryAgain(url + " sends interim answers without end");
      }
      throw new IllegalStateException("fetching " + url + " failed", e.getCause());
    }
  }

  static void daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Prepares the request and sends nothing. */
  private HttpURLConnection connection(Optional<String> etag, Duration limit)
      throws ServiceUnavailable {
    HttpURLConnection connection = ServiceConnection.open(url, trusted, authorization, limit);
    connection.setRequestProperty("Accept", "text/plain");
    connection.setRequestProperty("Accept-Encoding", "gzip");
    if (etag.isPresent()) {
      connection.setRequestProperty("If-None-Match", etag.get());
    }
    return connection;
  }

  /** A named class, as all work of the timer's run. */
  private final class Get implements Callable<Received> {
    private final HttpURLConnection connection;
    private final Optional<String> etag;

    Get(HttpURLConnection connection, Optional<String> etag) {
      this.connection = connection;
      this.etag = etag;
    }

    @Override
    public Received call() throws IOException, ServiceUnavailable, SyncRefused {
      return get(connection, etag);
    }
  }

  private Received get(HttpURLConnection connection, Optional<String> etag)
      throws IOException, ServiceUnavailable, SyncRefused {
    try {
      int status = connection.getResponseCode();
      if (status == HttpURLConnection.HTTP_NOT_MODIFIED && etag.isPresent()) {
        return new Received(Optional.empty(), head(connection));
      }
      if (status != HttpURLConnection.HTTP_OK) {
        throw refusal(status);
      }
      return new Received(
          Optional.of(
              new Body(
                  ByteBuffer.wrap(body(connection)),
                  Optional.ofNullable(connection.getHeaderField("ETag")))),
          head(connection));
    } finally {
      connection.disconnect();
    }
  }

  private static Optional<EventHead> head(HttpURLConnection connection) {
    String field = connection.getHeaderField(EventHead.FIELD);
    return field == null ? Optional.empty() : EventHead.parse(field);
  }

  private ServiceUnavailable refusal(int status) {
    String message = "%s answers with status %d".formatted(url, status);
    if (status == HttpURLConnection.HTTP_UNAUTHORIZED
        || status == HttpURLConnection.HTTP_FORBIDDEN) {
      return ServiceUnavailable.unauthorized(
          message
              + ": it takes a valid token or certificate of a node; token-file, or certificate-file"
              + " and key-file, in node.conf name them");
    }
    boolean later = status >= 500 || status == 408 || status == 429;
    return later
        ? ServiceUnavailable.tryAgain(message)
        : ServiceUnavailable.forGood(message + ": is this the URL of a Cadastre service?");
  }

  private byte[] body(HttpURLConnection connection) throws IOException, SyncRefused {
    if (connection.getContentLengthLong() > LIMIT) {
      throw tooLarge();
    }
    boolean gzip = "gzip".equalsIgnoreCase(connection.getContentEncoding());
    try (InputStream raw = connection.getInputStream();
        InputStream in = gzip ? new GZIPInputStream(raw, 1 << 16) : raw) {
      byte[] bytes = in.readNBytes(LIMIT + 1);
      if (bytes.length > LIMIT) {
        throw tooLarge();
      }
      // The JDK does not report every body that was cut short.
      if (!gzip && bytes.length < connection.getContentLengthLong()) {
        throw new IOException("the answer ends after " + bytes.length + " bytes");
      }
      return bytes;
    }
  }
}
