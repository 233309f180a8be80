/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.bench;

import io.cadastre.service.ServiceProcess;
import io.cadastre.service.directory.Slapd;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A slapd with accounts, and a service whose ledger holds the first of them, all published. The
 * last accounts have no range yet. What the service has published once is loaded again by slapadd.
 */
final class PublishedSite implements AutoCloseable {
  private final Slapd slapd = Slapd.start();
  private final ServiceProcess service;

  private PublishedSite(Path folder) {
    this.service = new ServiceProcess(folder, "directory", LargeLedger.pools(), slapd.yaml());
  }

  /**
   * Makes one whose service does not run.
   *
   * @param folder a new folder in it gets the ledger
   * @param kept a folder in it has the ledger and the entries for another run, or gets them
   * @param owners accounts with a range
   * @param more accounts without one
   */
  static PublishedSite make(Path folder, Path kept, int owners, int more) throws Exception {
    String name = "directory-" + owners;
    Path source = Files.createDirectories(kept.resolve(name));
    Path own = Files.createDirectory(folder.resolve(name));
    Path entries = source.resolve("entries.ldif");
    PublishedSite site = new PublishedSite(own);
    boolean published = Files.exists(entries);
    site.slapd.load(accounts(owners + more) + (published ? Files.readString(entries) : ""));
    if (!published) {
      LargeLedger.make(own, owners, PublishedSite::owner);
      site.publish(owners);
      Files.copy(own.resolve(LargeLedger.FILE), source.resolve(LargeLedger.FILE));
      Files.writeString(entries, site.slapd.export(Slapd.SUBIDS));
    } else {
      Files.copy(source.resolve(LargeLedger.FILE), own.resolve(LargeLedger.FILE));
    }
    return site;
  }

  /** Has the service publish all that the outbox holds. */
  private void publish(int owners) throws Exception {
    service.start();
    while (slapd.count(Slapd.SUBIDS) < owners) {
      TimeUnit.SECONDS.sleep(2);
    }
    new ProcessFigures(service.pid()).awaitIdle();
    service.stop();
  }

  ServiceProcess service() {
    return service;
  }

  TimedClient client() {
    return new TimedClient(service.url());
  }

  /** Milliseconds of a PUT for the account with that number; it has to be published in time. */
  double put(int i) throws IOException {
    TimedClient.Timed answer = client().put("/v1/owners/user" + i, "");
    if (!answer.start().contains("\"published\"")) {
      throw new IllegalStateException(answer.start());
    }
    return answer.seconds() * 1000;
  }

  private static Owner owner(int i) {
    long id = (long) LargeLedger.FIRST_UID + i;
    return new Owner(stableId(i), new OwnerName("user" + i), id, id, Optional.of(dn(i)));
  }

  private static String stableId(int i) {
    return UUID.nameUUIDFromBytes(("user" + i).getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String dn(int i) {
    return "uid=user" + i + "," + Slapd.PEOPLE;
  }

  private static String accounts(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                """
                dn: %1$s
                objectClass: account
                objectClass: posixAccount
                uid: user%2$d
                cn: user%2$d
                uidNumber: %3$d
                gidNumber: %3$d
                homeDirectory: /home/user%2$d
                entryUUID: %4$s

                """
                    .formatted(dn(i), i, LargeLedger.FIRST_UID + i, stableId(i)))
        .collect(Collectors.joining());
  }

  @Override
  public void close() {
    service.close();
    slapd.close();
  }
}
