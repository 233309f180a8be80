/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.failure;

/** The exit statuses of {@code cadastre-node}, as sysexits.h numbers them, and one after those. */
public final class ExitStatus {
  /** Done; or the service is away, and the last good snapshot is served. */
  public static final int OK = 0;

  /** EX_USAGE: the command line is wrong. */
  public static final int USAGE = 64;

  /** EX_DATAERR: a guard refused the snapshot or a local file; no file was changed. */
  public static final int DATA_REFUSED = 65;

  /** EX_NOUSER: the owner asked for has no range. */
  public static final int NO_OWNER = 67;

  /**
   * EX_UNAVAILABLE: the server answers, but is no Cadastre service, and there is no last good
   * snapshot.
   */
  public static final int UNAVAILABLE = 69;

  /** EX_SOFTWARE: a defect of this program. */
  public static final int SOFTWARE = 70;

  /** EX_OSERR: the heap is too small. */
  public static final int NO_MEMORY = 71;

  /** EX_CANTCREAT: a file cannot be replaced or created. */
  public static final int CANNOT_CREATE = 73;

  /** EX_IOERR: reading or writing failed. */
  public static final int IO_ERROR = 74;

  /** EX_TEMPFAIL: the service is away and there is no last good snapshot, or a lock is held. */
  public static final int TRY_AGAIN = 75;

  /** EX_CONFIG: the settings are wrong, or the tree is not that of a node. */
  public static final int CONFIGURATION = 78;

  /** The last contact with a service is older than allowed, or unknown; the node serves well. */
  public static final int STALE = 79;

  private ExitStatus() {}
}
