/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** The rules for a storage.conf on a node. A new rule is a new constant with its method. */
public enum StorageRule {
  REFUSED(Area.FILE, FileRules::refused),
  BROKEN(Area.FILE, FileRules::broken),
  SHADOWED(Area.FILE, FileRules::shadowed),
  OVERRIDDEN(Area.FILE, FileRules::overridden),
  OTHER_DRIVER(Area.FILE, FileRules::otherDriver),
  UNKNOWN_KEY(Area.FILE, FileRules::unknownKey),
  NOT_FOR_USERS(Area.FILE, UsersPathRules::notForUsers),
  ROOTS_PATHS(Area.FILE, inForce(SharedPathRules::rootsPaths)),
  STORAGE_PATH_BESIDE_GRAPHROOT(Area.FILE, UsersPathRules::storagePathBesideGraphroot),
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
  GRAPHROOT_REFUSES_COPIES(Area.FILE_SYSTEM, inForce(PathRules::copiesRefused)),
  IMAGESTORE_SHARED(Area.FILE_SYSTEM, inForce(PathRules::imagestoreShared)),
  RUNROOT_SHARED(Area.FILE_SYSTEM, inForce(PathRules::runrootShared)),
  NOT_WRITABLE(Area.FILE_SYSTEM, inForce(PathRules::notWritable)),
  MOUNTED_NOEXEC(Area.MOUNT, inForce(PathRules::mountedNoexec)),
  IMAGE_STORE_MISSING(Area.IMAGE_STORES, inForce(ImageStoreRules::missing)),
  IMAGE_STORE_UNREADABLE(Area.IMAGE_STORES, inForce(ImageStoreRules::unreadable)),
  IMAGE_STORE_NOT_FILLED(Area.IMAGE_STORES, inForce(ImageStoreRules::notFilled)),
  IMAGE_STORE_UNMAPPED(Area.IMAGE_STORES, inForce(ImageStoreOwners::unmapped)),
  IMAGE_STORE_UNJUDGED(Area.IMAGE_STORES, inForce(ImageStoreOwners::unjudged)),
  IMAGE_STORE_WRITABLE(Area.IMAGE_STORES, inForce(ImageStoreRules::writable)),
  MOUNT_PROGRAM_MISSING(Area.DRIVER, inForce(DriverRules::programMissing)),
  MOUNT_PROGRAM_NOT_EXECUTABLE(Area.DRIVER, inForce(DriverRules::programNotExecutable)),
  NO_FUSE_DEVICE(Area.DRIVER, inForce(DriverRules::noFuseDevice)),
  FORCE_MASK_ALONE(Area.DRIVER, inForce(DriverRules::forceMaskAlone)),
  OLD_KERNEL(Area.DRIVER, inForce(DriverRules::oldKernel)),
  DRIVER_RECORDED(Area.DRIVER, inForce(RecordedDriverRules::overwritten)),
  DRIVER_RECORD_UNKNOWN(Area.DRIVER, inForce(RecordedDriverRules::unknown)),
  VFS_COPIES(Area.DRIVER, inForce(DriverRules::vfsCopies)),
  FORCE_MASK_WITHOUT_XATTRS(Area.ATTRIBUTES, inForce(DriverRules::forceMaskWithoutXattrs)),
  XATTRS_UNJUDGED(Area.ATTRIBUTES, inForce(DriverRules::xattrsUnjudged)),
  RANGE_OUTSIDE_NODEMAP(Area.NODEMAP, inForce(NodemapRules::rangeOutside));

  /** The subject of a rule; each check of the node reports the rules of some areas. */
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

  @SuppressWarnings("ImmutableEnumChecker") // the methods above have no state
  private final Function<FileContext, Stream<FindingDraft>> judge;

  StorageRule(Area area, Function<FileContext, Stream<FindingDraft>> judge) {
    this.area = area;
    this.judge = judge;
  }

  /** Makes a rule about settings: without known settings it finds nothing. */
  private static Function<FileContext, Stream<FindingDraft>> inForce(
      Function<SettingsContext, Stream<FindingDraft>> judge) {
    return context -> context.inForce().flatMap(judge);
  }

  /** Returns the stable name of the rule, in lower-case words with hyphens. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the subject of the rule. */
  public Area area() {
    return area;
  }

  /** Returns whether the rule reports that a fact is unknown. */
  public boolean saysUnknown() {
    return this == FLAG_UNJUDGED || this == XATTRS_UNJUDGED || this == IMAGE_STORE_UNJUDGED;
  }

  /** Returns the findings of this rule. */
  Stream<StorageFinding> find(FileContext context) {
    return judge.apply(context).map(found -> found.by(this, context.file()));
  }
}
