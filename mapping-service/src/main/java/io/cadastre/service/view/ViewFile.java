/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.view;

import io.cadastre.service.event.LedgerHead;
import io.cadastre.subid.AllocationState;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a view in a file, so that a start need not read the tables of a large ledger row by row. It
 * is a copy and never the truth: what cannot be read, or is of another ledger, is passed over. A
 * checksum covers all of it, and no part is read before the sum is found right. Thread-safe.
 */
public final class ViewFile {
  private static final Logger LOG = LoggerFactory.getLogger(ViewFile.class);

  /** The form of the file; to be counted on with each change of a packed row. */
  private static final long FORMAT = 0xCADA_5727_0000_0001L;

  private static final int BUFFER = 1 << 16;

  private final Path path;

  /** The hash of the last event of the view in the file, as far as this process knows. */
  private Optional<String> kept = Optional.empty();

  /** The file of this name, which need not be there. */
  public ViewFile(Path path) {
    this.path = path;
  }

  /** The view in the file; empty if there is none that can be read. */
  synchronized Optional<LedgerView> read() {
    try {
      if (!isWhole()) {
        LOG.warn("{} is damaged or of another version, and is not used", path);
        return Optional.empty();
      }
      try (DataInputStream in = new DataInputStream(opened())) {
        LedgerView view = read(in);
        kept = Optional.of(view.head().hash());
        return Optional.of(view);
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      LOG.warn("{} is not used: {}", path, e.toString());
      return Optional.empty();
    }
  }

  /** Writes a view, unless the file has it. A failure is a line of the log: nothing needs it. */
  synchronized void write(LedgerView view) {
    if (kept.equals(Optional.of(view.head().hash()))) {
      return;
    }
    Path written = path.resolveSibling(path.getFileName() + ".new");
    try {
      Files.deleteIfExists(written); // a kill left it
      write(view, written);
      Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
      kept = Optional.of(view.head().hash());
    } catch (IOException e) {
      LOG.warn("the next start reads all tables, since {} is not written: {}", path, e.toString());
      delete(written);
    }
  }

  /** Removes the file. */
  synchronized void remove() {
    kept = Optional.empty();
    delete(path);
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.warn("{} cannot be removed: {}", path, e.toString());
    }
  }

  private InputStream opened() throws IOException {
    return new BufferedInputStream(Files.newInputStream(path), BUFFER);
  }

  /** Whether the sum at the end is that of all before it. */
  private boolean isWhole() throws IOException {
    CRC32C sum = new CRC32C();
    try (InputStream file = Files.newInputStream(path);
        DataInputStream in = new DataInputStream(new CheckedInputStream(file, sum))) {
      long left = Files.size(path) - Long.BYTES;
      byte[] buffer = new byte[BUFFER];
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          return false;
        }
        left -= read;
      }
      long expected = sum.getValue();
      return left == 0 && in.readLong() == expected;
    }
  }

  private static LedgerView read(DataInputStream in) throws IOException {
    if (in.readLong() != FORMAT) {
      throw new UTFDataFormatException("it is of another version");
    }
    LedgerHead head =
        new LedgerHead(
            new UUID(in.readLong(), in.readLong()),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            Instant.ofEpochSecond(in.readLong(), in.readInt()),
            in.readUTF());
    PackedRows rows = PackedRows.read(in);
    return new LedgerView(
        new Object(),
        head,
        rows,
        RowIndex.read(in),
        RowIndex.read(in),
        RowIndex.read(in),
        RowIndex.read(in),
        RecentChanges.since(head.serial()),
        pools(in));
  }

  private static void write(LedgerView view, Path file) throws IOException {
    CRC32C sum = new CRC32C();
    try (FileChannel channel =
            FileChannel.open(
                file,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-------")));
        OutputStream bytes = Channels.newOutputStream(channel);
        DataOutputStream out =
            new DataOutputStream(
                new BufferedOutputStream(new CheckedOutputStream(bytes, sum), BUFFER))) {
      out.writeLong(FORMAT);
      LedgerHead head = view.head();
      out.writeLong(head.uuid().getMostSignificantBits());
      out.writeLong(head.uuid().getLeastSignificantBits());
      out.writeLong(head.serial());
      out.writeLong(head.revision());
      out.writeLong(head.lastEvent());
      Instant at = head.lastEventAt();
      out.writeLong(at.getEpochSecond());
      out.writeInt(at.getNano());
      out.writeUTF(head.hash());
      view.rows().write(out);
      view.byLine().write(out);
      view.byUid().write(out);
      view.bySubuid().write(out);
      view.bySubgid().write(out);
      pools(view.pools(), out);
      out.flush();
      out.writeLong(sum.getValue());
    }
  }

  private static Map<String, PoolTally> pools(DataInputStream in) throws IOException {
    Map<String, PoolTally> pools = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      String pool = in.readUTF();
      Map<AllocationState, Long> claimed = new EnumMap<>(AllocationState.class);
      for (int states = in.readInt(); states > 0; states--) {
        claimed.put(AllocationState.of(in.readUTF()), in.readLong());
      }
      pools.put(pool, new PoolTally(claimed));
    }
    return Map.copyOf(pools);
  }

  private static void pools(Map<String, PoolTally> pools, DataOutputStream out) throws IOException {
    out.writeInt(pools.size());
    for (Map.Entry<String, PoolTally> pool : pools.entrySet()) {
      out.writeUTF(pool.getKey());
      out.writeInt(pool.getValue().claimed().size());
      for (Map.Entry<AllocationState, Long> state : pool.getValue().claimed().entrySet()) {
        out.writeUTF(state.getKey().word());
        out.writeLong(state.getValue());
      }
    }
  }
}
