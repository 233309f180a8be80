/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.storage.DriverSupport;
import io.cadastre.storage.fitness.UsedStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for the traces of earlier calls of Podman in a graphroot; opens no file. */
final class UsedStores {
  private UsedStores() {}

  /** Returns the use of a graphroot; empty if it is new or hidden from this process. */
  static Optional<UsedStore> look(HostInspector host, String graphroot) {
    if (!graphroot.startsWith("/")) {
      return Optional.empty();
    }
    List<String> drivers = new ArrayList<>();
    boolean database = false;
    try {
      for (String driver : DriverSupport.DRIVERS) {
        if (host.exists("%s/%s-images".formatted(graphroot, driver))) {
          drivers.add(driver);
        }
      }
      for (String name : UsedStore.DATABASES) {
        database |= host.exists(graphroot + "/" + name);
      }
    } catch (Unobservable e) {
      return Optional.empty();
    }
    UsedStore used = new UsedStore(drivers, database);
    return used.equals(UsedStore.NEW) ? Optional.empty() : Optional.of(used);
  }
}
