/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads and makes files that hold one secret line, which no other user may read or write. Errors do
 * not quote the secret.
 */
public final class SecretFile {
  private static final int MOST = 4096;
  private static final int OF_OTHERS = 0_077;
  private static final int OF_ALL = 0_007;
  private static final int PERMISSIONS = 0_7777;

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
  private static final FileAttribute<?> FOR_THIS_USER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private SecretFile() {}

  /** What changes when a file is replaced or written. */
  public record Stamp(FileTime modified, FileTime changed, long size, long inode, int mode) {}

  /**
   * Returns the stamp of a file; a link is followed.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  public static Stamp stamp(Path file) throws IOException {
    Map<String, Object> read =
        Files.readAttributes(file, "unix:lastModifiedTime,ctime,size,ino,mode");
    return new Stamp(
        (FileTime) value(read, "lastModifiedTime"),
        (FileTime) value(read, "ctime"),
        (long) value(read, "size"),
        (long) value(read, "ino"),
        (int) value(read, "mode"));
  }

  private static Object value(Map<String, Object> read, String attribute) {
    return Objects.requireNonNull(read.get(attribute));
  }

  /**
   * Returns the only line of a file, without spaces around it.
   *
   * @throws java.nio.file.NoSuchFileException if there is no file
   * @throws IOException if others may read or write it, or it has no line or several
   */
  public static String line(Path file) throws IOException {
    requirePrivate(file);
    String text = new String(GivenFile.bytes(file, MOST), StandardCharsets.UTF_8).strip();
    if (text.isEmpty() || text.lines().count() != 1) {
      throw new IOException("%s does not have exactly one line".formatted(file));
    }
    return text;
  }

  /**
   * Requires that only the owner may read or write the file.
   *
   * @throws java.nio.file.NoSuchFileException if there is no file
   * @throws IOException if others may
   */
  public static void requirePrivate(Path file) throws IOException {
    int mode = (int) Files.getAttribute(file, "unix:mode") & PERMISSIONS;
    if ((mode & OF_OTHERS) != 0) {
      throw new IOException(
          "%s has the mode %o: other users may read or write the secret in it. Make a new one, or run chmod 600 on it if nobody read it"
              .formatted(file, mode));
    }
  }

  /**
   * Requires that only the owner and the group may read or write the file: keys of services are
   * often a group's.
   *
   * @throws java.nio.file.NoSuchFileException if there is no file
   * @throws IOException if all users may
   */
  public static void requireHidden(Path file) throws IOException {
    int mode = (int) Files.getAttribute(file, "unix:mode") & PERMISSIONS;
    if ((mode & OF_ALL) != 0) {
      throw new IOException(
          "%s has the mode %o: all users may read or write the key in it. Make a new one, or run chmod o= on it if nobody read it"
              .formatted(file, mode));
    }
  }

  /**
   * Requires that the file is this user's.
   *
   * @throws IOException if it is another user's
   */
  public static void requireOwn(Path file) throws IOException {
    int owner = (int) Files.getAttribute(file, "unix:uid");
    if (owner != self()) {
      throw new IOException(
          "%s is a file of uid %d, and this is uid %d: run chown %3$d on it"
              .formatted(file, owner, self()));
    }
  }

  /** Returns the uid of this process. */
  public static int self() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  /**
   * Makes a file for this user only, and then the line that it gets. Without a line there is no
   * file afterwards.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is a file or a link; no line is made
   */
  public static void create(Path file, Supplier<String> line) throws IOException {
    boolean written = false;
    try (SeekableByteChannel out = Files.newByteChannel(file, NEW, FOR_THIS_USER)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(line.get() + "\n");
      while (bytes.hasRemaining()) {
        int unused = out.write(bytes);
      }
      written = true;
    } catch (FileAlreadyExistsException e) {
      written = true; // not by this
      throw e;
    } finally {
      if (!written) {
        Files.deleteIfExists(file);
      }
    }
  }
}
