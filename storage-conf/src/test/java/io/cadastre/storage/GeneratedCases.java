/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random configurations: files in all places, keys of all editions and variables, for root and a
 * user. The same seed gives the same cases, on which the golden files rely.
 */
final class GeneratedCases {
  /** The seed of the recorded cases. */
  static final long SEED = 16;

  /** The number of cases in a golden file. */
  static final int RECORDED = 320;

  private static final String ETC = "/etc/containers/storage";
  private static final String SHARE = "/usr/share/containers/storage";
  private static final String OWN = "@HOME@/.config/containers/storage";

  /** The folders of drop-ins, after the last dash in the name of the place. */
  private static final List<String> FOLDERS =
      List.of(
          ETC + ".conf.d/",
          ETC + ".rootless.conf.d/",
          ETC + ".rootless.conf.d/4242/",
          ETC + ".rootless.conf.d/1/",
          ETC + ".rootful.conf.d/",
          SHARE + ".conf.d/",
          SHARE + ".rootless.conf.d/",
          SHARE + ".rootless.conf.d/4242/",
          SHARE + ".rootful.conf.d/",
          OWN + ".conf.d/");

  private static final List<String> OPTIONS =
      List.of(
          "overlay.ignore_chown_errors=1",
          "vfs.ignore_chown_errors=true",
          "ignore_chown_errors=true",
          ".mountopt=nodev",
          "overlay.mountopt=nodev,overlay.ignore_chown_errors=0",
          "overlay.imagestore=/tmp/store/a",
          "overlay.force_mask=shared",
          "overlay.use_composefs=false",
          "overlay.nothing=1",
          "");

  private final Random random;
  private final GeneratedText text;

  private GeneratedCases(long seed) {
    random = new Random(seed);
    text = new GeneratedText(random);
  }

  /** Returns the first cases of this seed. */
  static List<StorageCase> cases(long seed, int count) {
    GeneratedCases generated = new GeneratedCases(seed);
    List<StorageCase> cases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cases.add(generated.next(i));
    }
    return cases;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private StorageCase next(int number) {
    boolean root = chance(25);
    StorageCase made = StorageCase.of("");
    List<String> places = new ArrayList<>();
    if (chance(15)) {
      made = made.named(text.main(root));
      places.add("named");
    }
    if (chance(root ? 10 : 50)) {
      made = made.user(text.main(root));
      places.add("user");
    }
    if (chance(root ? 80 : 45)) {
      made = made.system(text.main(root));
      places.add("system");
    }
    if (chance(25) || (places.isEmpty() && chance(80))) {
      made = made.file(StorageCase.VENDOR, text.main(root));
      places.add("vendor");
    }
    if (chance(10)) {
      made =
          made.file("@HOME@/conf/containers/storage.conf", text.main(root))
              .with("XDG_CONFIG_HOME", "@HOME@/conf");
      places.add("xdg");
    }
    if (chance(40)) {
      made = dropIns(made, places);
    }
    if (chance(10)) {
      made =
          made.file("@HOME@/over.conf", text.dropIn())
              .with("CONTAINERS_STORAGE_CONF_OVERRIDE", "@HOME@/over.conf");
      places.add("override");
    }
    made = variables(made, places);
    String who = root ? "root" : "zoe";
    String where = places.isEmpty() ? "nothing" : String.join("-", places);
    PauseProcess session = !root && chance(25) ? PauseProcess.RUNNING : PauseProcess.NEW;
    return new StorageCase(
        "generated-%03d-%s%s-%s"
            .formatted(number, who, session == PauseProcess.RUNNING ? "-later" : "", where),
        made.files(),
        made.environment(),
        root,
        session);
  }

  private StorageCase dropIns(StorageCase made, List<String> places) {
    StorageCase with = made;
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      String name = any(List.of("10-site.conf", "20-site.conf", "90.conf", "notes.txt"));
      with = with.file(any(FOLDERS) + name, text.dropIn());
    }
    places.add("dropin");
    return with;
  }

  private StorageCase variables(StorageCase made, List<String> places) {
    StorageCase with = made;
    if (chance(8)) {
      String driver = any(List.of("overlay", "vfs", "overlay2", "", "foo"));
      with = with.with("STORAGE_DRIVER", driver);
      places.add("driver");
    }
    if (chance(10)) {
      with = with.with("STORAGE_OPTS", any(OPTIONS));
      places.add("opts");
    }
    if (chance(8)) {
      with = with.with("XDG_DATA_HOME", any(List.of("@HOME@/data", "@HOME@/$UID", "", "data")));
      places.add("data");
    }
    return with;
  }
}
