/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.render.ManagedFile.OwnerKey;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.subid.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * N26 to N29: whether SSSD gives the owners in the snapshot the same names and uids as the
 * registry.
 */
final class SssdChecks {
  private static final String RESTART =
      "; then run: systemctl stop sssd; rm /var/lib/sss/db/*.ldb; systemctl start sssd";

  private SssdChecks() {}

  static CheckOutcome idMapping(CheckedNode node) throws Unobservable {
    return judge(
        node,
        SssdConf.Domain::mapsIds,
        "SSSD takes uidNumber from the directory",
        domain -> {
          String what =
              "SSSD computes the IDs of domain %s (ldap_id_mapping), so its users do not have the uids of the registry"
                  .formatted(domain.name());
          String remedy =
              "Set ldap_id_mapping = false in [domain/%s] of sssd.conf%s. Where that cannot be, keep mode = files and owners = name, and list the domain in identity.sssdIdMapping of the service."
                  .formatted(domain.name(), RESTART);
          return needsUids(node.settings())
              ? CheckOutcome.fail(what + ", and finds no range", remedy)
              : CheckOutcome.warn(what, remedy);
        });
  }

  /** The plugin answers an owner under the registry's uid only, as rows by uid do. */
  private static boolean needsUids(NodeSettings settings) {
    return settings.mode() == NodeSettings.Mode.PLUGIN || settings.owners() == OwnerKey.UID;
  }

  static CheckOutcome qualifiedNames(CheckedNode node) throws Unobservable {
    return judge(
        node,
        SssdConf.Domain::qualifiesNames,
        "SSSD gives names without their domain",
        domain ->
            byName(
                node,
                name -> !name.contains("@"),
                "SSSD appends the domain %s to names (use_fully_qualified_names), so %%s is not found"
                    .formatted(domain.name()),
                "Set use_fully_qualified_names = false in [domain/%s] of sssd.conf%s."
                    .formatted(domain.name(), RESTART)));
  }

  static CheckOutcome caseOfNames(CheckedNode node) throws Unobservable {
    return judge(
        node,
        SssdConf.Domain::lowersNames,
        "SSSD gives names as the directory has them",
        domain ->
            byName(
                node,
                name -> name.chars().anyMatch(Character::isUpperCase),
                "SSSD gives the names of domain %s in lower case (case_sensitive), so %%s is not found"
                    .formatted(domain.name()),
                "Set identity.nameCase: lower in the service's configuration, or case_sensitive = Preserving in [domain/%s] of sssd.conf%s."
                    .formatted(domain.name(), RESTART)));
  }

  static CheckOutcome source(CheckedNode node) throws Unobservable {
    return node.subidSource().equals("sss")
        ? judge(
            node,
            SssdConf.Domain::isActiveDirectory,
            "SSSD reads ranges from LDAP",
            domain ->
                CheckOutcome.fail(
                    "\"subid: sss\" asks SSSD, and its ad provider, of domain %s, has no ranges"
                        .formatted(domain.name()),
                    "Remove the subid line from /etc/nsswitch.conf and serve files, or use \"subid: cadastre\" with mode = plugin."))
        : CheckOutcome.notApplicable("libsubid does not ask SSSD");
  }

  /** Judges the first domain with the property; passes if there is none. */
  private static CheckOutcome judge(
      CheckedNode node,
      Predicate<SssdConf.Domain> property,
      String good,
      Function<SssdConf.Domain, CheckOutcome> bad)
      throws Unobservable {
    if (node.nodeState().lastGood().isEmpty()) {
      return CheckOutcome.notApplicable("there is no stored snapshot");
    }
    Optional<SssdConf> conf = SssdConf.read(node.host());
    if (conf.isEmpty()) {
      return CheckOutcome.notApplicable("this node has no /etc/sssd/sssd.conf");
    }
    return conf.get().domains().stream()
        .filter(property)
        .map(bad)
        .max((one, other) -> one.verdict().compareTo(other.verdict()))
        .orElseGet(() -> CheckOutcome.pass(good));
  }

  /** Fails if the snapshot has such a name and rows name their owners by it. */
  private static CheckOutcome byName(
      CheckedNode node, Predicate<String> lost, String what, String remedy) {
    List<String> names =
        node.nodeState().lastGood().map(Snapshot::rows).orElse(List.of()).stream()
            .map(row -> row.name().value())
            .filter(lost)
            .toList();
    if (names.isEmpty()) {
      return CheckOutcome.pass("no name of the registry is affected");
    }
    NodeSettings settings = node.settings();
    if (settings.mode() == NodeSettings.Mode.FILES && settings.owners() == OwnerKey.UID) {
      return CheckOutcome.pass("rows name their owners by uid, not by name");
    }
    String shown =
        names.get(0) + (names.size() > 1 ? ", with %d more,".formatted(names.size() - 1) : "");
    return CheckOutcome.fail(what.formatted(shown), remedy);
  }
}
