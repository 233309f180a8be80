/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Every rule that a storage.conf is judged by on a node. Another rule is another constant, and the
 * method that it names.
 */
public enum StorageRule {
  REFUSED(Area.FILE, FileRules::refused),
  BROKEN(Area.FILE, FileRules::broken),
  SHADOWED(Area.FILE, FileRules::shadowed),
  OVERRIDDEN(Area.FILE, FileRules::overridden),
  OTHER_DRIVER(Area.FILE, FileRules::otherDriver),
  UNKNOWN_KEY(Area.FILE, FileRules::unknownKey),
  NOT_FOR_USERS(Area.FILE, FileRules::notForUsers),
  STORAGE_PATH_BESIDE_GRAPHROOT(Area.FILE, FileRules::storagePathBesideGraphroot),
  SQUASHMOUNT(Area.IMAGE_STORES, FileRules::squashmount),
  FLAG_WRONG_TYPE(Area.FLAG, FlagTextRules::wrongType),
  FLAG_UNPARSABLE(Area.FLAG, FlagTextRules::unparsable),
  FLAG_WRONG_TABLE(Area.FLAG, inForce(FlagTextRules::wrongTable)),
  FLAG_SHADOWED(Area.FLAG, inForce(FlagTextRules::shadowed)),
  FLAG_MISSING(Area.FLAG, inForce(FlagRules::missing)),
  FLAG_MISSING_WITHOUT_RANGES(Area.FLAG, inForce(FlagRules::missingWithoutRanges)),
  FLAG_HIDES_ERRORS(Area.FLAG, inForce(FlagRules::hidesErrors)),
  FLAG_UNJUDGED(Area.FLAG, inForce(FlagRules::unjudged)),
  FLAG_UNKNOWN_TO_DRIVER(Area.FLAG, inForce(FlagRules::unknownToDriver)),
  GRAPHROOT_SHARED(Area.FILE_SYSTEM, inForce(PathRules::graphrootShared)),
  RUNROOT_SHARED(Area.FILE_SYSTEM, inForce(PathRules::runrootShared)),
  NOT_WRITABLE(Area.FILE_SYSTEM, inForce(PathRules::notWritable)),
  MOUNTED_NOEXEC(Area.MOUNT, inForce(PathRules::mountedNoexec)),
  IMAGE_STORE_MISSING(Area.IMAGE_STORES, inForce(ImageStoreRules::missing)),
  IMAGE_STORE_UNREADABLE(Area.IMAGE_STORES, inForce(ImageStoreRules::unreadable)),
  IMAGE_STORE_WRITABLE(Area.IMAGE_STORES, inForce(ImageStoreRules::writable)),
  MOUNT_PROGRAM_MISSING(Area.DRIVER, inForce(DriverRules::programMissing)),
  MOUNT_PROGRAM_NOT_EXECUTABLE(Area.DRIVER, inForce(DriverRules::programNotExecutable)),
  NO_FUSE_DEVICE(Area.DRIVER, inForce(DriverRules::noFuseDevice)),
  OLD_KERNEL(Area.DRIVER, inForce(DriverRules::oldKernel)),
  VFS_COPIES(Area.DRIVER, inForce(DriverRules::vfsCopies)),
  FORCE_MASK_WITHOUT_XATTRS(Area.ATTRIBUTES, inForce(DriverRules::forceMaskWithoutXattrs)),
  XATTRS_UNJUDGED(Area.ATTRIBUTES, inForce(DriverRules::xattrsUnjudged)),
  RANGE_OUTSIDE_NODEMAP(Area.NODEMAP, inForce(NodemapRules::rangeOutside));

  /** What a rule is about; the node's checks gather rules by it. */
  public enum Area {
    FILE,
    FILE_SYSTEM,
    DRIVER,
    FLAG,
    ATTRIBUTES,
    MOUNT,
    IMAGE_STORES,
    NODEMAP
  }

  private final Area area;

  @SuppressWarnings("ImmutableEnumChecker") // the methods above keep nothing
  private final Function<FileContext, Stream<FindingDraft>> judge;

  StorageRule(Area area, Function<FileContext, Stream<FindingDraft>> judge) {
    this.area = area;
    this.judge = judge;
  }

  /** A rule about the settings in force finds nothing where they cannot be made out. */
  private static Function<FileContext, Stream<FindingDraft>> inForce(
      Function<SettingsContext, Stream<FindingDraft>> judge) {
    return judged -> judged.inForce().flatMap(judge);
  }

  /** The rule's stable name, in lower-case words with hyphens. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it is about. */
  public Area area() {
    return area;
  }

  /** Whether its finding is that something is not known. */
  public boolean saysUnknown() {
    return this == FLAG_UNJUDGED || this == XATTRS_UNJUDGED;
  }

  /** Whatever this rule finds. */
  Stream<StorageFinding> find(FileContext judged) {
    return judge.apply(judged).map(found -> found.by(this, judged.file()));
  }
}
