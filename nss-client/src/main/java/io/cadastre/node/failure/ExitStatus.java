/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.failure;

/** The exit statuses of {@code cadastre-node}, as sysexits.h numbers them. */
public final class ExitStatus {
  /** Done; or the service is away, and what it last said is being served. */
  public static final int OK = 0;

  /** EX_USAGE: the command line is wrong. */
  public static final int USAGE = 64;

  /** EX_DATAERR: a guard refused the snapshot or a local file; the files are as they were. */
  public static final int DATA_REFUSED = 65;

  /** EX_NOUSER: the owner asked for has no range. */
  public static final int NO_OWNER = 67;

  /** EX_UNAVAILABLE: the service answers, but with no snapshot, and there is no last good one. */
  public static final int UNAVAILABLE = 69;

  /** EX_SOFTWARE: a defect of this program. */
  public static final int SOFTWARE = 70;

  /** EX_OSERR: the heap is too small for what has to be done. */
  public static final int NO_MEMORY = 71;

  /** EX_CANTCREAT: a file may not be replaced, or not be created. */
  public static final int CANNOT_CREATE = 73;

  /** EX_IOERR: reading or writing failed. */
  public static final int IO_ERROR = 74;

  /** EX_TEMPFAIL: the service is away and there is no last good snapshot, or a lock is held. */
  public static final int TRY_AGAIN = 75;

  /** EX_CONFIG: the tree is not what a node needs. */
  public static final int CONFIGURATION = 78;

  private ExitStatus() {}
}
