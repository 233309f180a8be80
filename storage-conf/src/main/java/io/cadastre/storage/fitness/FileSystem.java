/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The file systems below container storage: the type in mountinfo, the {@code f_type} of statfs(2),
 * and the result of a chown by the root of a user namespace.
 */
public enum FileSystem {
  LUSTRE("Lustre", 0x0BD0_0BD0L, Giving.REFUSED, true, "lustre"),
  GPFS("GPFS", 0x4750_4653L, Giving.REFUSED, true, "gpfs"),
  NFS("NFS", 0x6969L, Giving.REFUSED, true, "nfs", "nfs4"),
  CEPHFS("CephFS", 0x00C3_6400L, Giving.REFUSED, true, "ceph"),
  SMB("SMB", 0x517BL, Giving.REFUSED, true, "smbfs"),
  CIFS("CIFS", 0xFF53_4D42L, Giving.REFUSED, true, "cifs"),
  SMB2("SMB2", 0xFE53_4D42L, Giving.REFUSED, true, "smb3"),
  AFS("AFS", 0x5346_414FL, Giving.REFUSED, true, "afs"),
  KAFS("kAFS", 0x6B41_4653L, Giving.REFUSED, true, "kafs"),
  PANFS("PanFS", 0xAAD7_AAEAL, Giving.REFUSED, true, "panfs"),
  SNFS("StorNext", 0xBEEF_DEADL, Giving.REFUSED, true, "cvfs", "snfs"),
  OCFS2("OCFS2", 0x7461_636FL, Giving.DEPENDS, true, "ocfs2"),
  VXFS("VxFS", 0xA501_FCF5L, Giving.DEPENDS, true, "vxfs"),
  ACFS("ACFS", 0x6163_6673L, Giving.DEPENDS, true, "acfs"),
  IBRIX("IBRIX", 0x0131_11A8L, Giving.DEPENDS, true, "ibrix"),
  NCP("NCP", 0x564CL, Giving.DEPENDS, true, "ncpfs"),
  NFSD("nfsd", 0x6E66_7364L, Giving.REFUSED, true, "nfsd"),
  PRLFS("Parallels", 0x7C7C_6673L, Giving.DEPENDS, true, "prl_fs"),
  VBOXSF("VirtualBox", 0x786F_4256L, Giving.REFUSED, true, "vboxsf"),
  // Not on containers/storage's list of network file systems since 2024: it supports user
  // namespaces (issue 1840).
  BEEGFS("BeeGFS", 0x1983_0326L, Giving.DEPENDS, false, "beegfs"),
  // A program implements the file system: sshfs, bindfs, ceph-fuse, fuse-overlayfs.
  FUSE("FUSE", 0x6573_5546L, Giving.DEPENDS, false, "fuse", "fuseblk"),
  NINE_P("9p", 0x0102_1997L, Giving.DEPENDS, false, "9p"),
  // The file system below is mounted on the first access.
  AUTOFS("autofs", 0x0187L, Giving.DEPENDS, false, "autofs"),
  // The upper layer decides.
  OVERLAY("overlay", 0x794C_7630L, Giving.DEPENDS, false, "overlay"),
  EXT4("ext4", 0xEF53L, Giving.ALLOWED, false, "ext4", "ext3", "ext2"),
  XFS("XFS", 0x5846_5342L, Giving.ALLOWED, false, "xfs"),
  BTRFS("btrfs", 0x9123_683EL, Giving.ALLOWED, false, "btrfs"),
  ZFS("ZFS", 0x2FC1_2FC1L, Giving.ALLOWED, false, "zfs"),
  F2FS("F2FS", 0xF2F5_2010L, Giving.ALLOWED, false, "f2fs"),
  TMPFS("tmpfs", 0x0102_1994L, Giving.ALLOWED, false, "tmpfs"),
  RAMFS("ramfs", 0x8584_58F6L, Giving.ALLOWED, false, "ramfs"),
  SQUASHFS("squashfs", 0x7371_7368L, Giving.REFUSED, false, "squashfs");

  /** Whether a chown to one of the user's subordinate IDs succeeds. */
  public enum Giving {
    /** The chown succeeds. */
    ALLOWED,
    /** The server or the file system allows it to its own root only: EPERM. */
    REFUSED,
    /** The set-up of a server or a program decides: only a try can tell. */
    DEPENDS
  }

  private final String title;
  private final long magic;
  private final Giving giving;
  private final boolean network;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<String> types;

  FileSystem(String title, long magic, Giving giving, boolean network, String... types) {
    this.title = title;
    this.magic = magic;
    this.giving = giving;
    this.network = network;
    this.types = List.of(types);
  }

  /** Returns the file system with this type in mountinfo; {@code fuse.sshfs} is FUSE. */
  public static Optional<FileSystem> ofType(String type) {
    String family = type.startsWith("fuse.") ? "fuse" : type;
    return Arrays.stream(values()).filter(fs -> fs.types.contains(family)).findFirst();
  }

  /** Returns the file system with this {@code f_type} of statfs(2). */
  public static Optional<FileSystem> ofMagic(long magic) {
    return Arrays.stream(values()).filter(fs -> fs.magic == magic).findFirst();
  }

  /** Returns the usual name. */
  public String title() {
    return title;
  }

  /** Returns the {@code f_type} of statfs(2). */
  public long magic() {
    return magic;
  }

  /** Returns whether a chown to one of the user's subordinate IDs succeeds. */
  public Giving giving() {
    return giving;
  }

  /**
   * Returns whether the kernel mounts overlay with its upper layer here: not on a network file
   * system, overlay or FUSE (seen with Podman 4.3.1).
   */
  public boolean takesOverlay() {
    return !network && this != OVERLAY && this != FUSE;
  }

  /**
   * Returns whether containers/storage lists it as a network file system. There it refuses native
   * overlay to rootless users and imposes force_mask=700 on a mount program.
   */
  public boolean network() {
    return network;
  }
}
