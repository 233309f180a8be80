/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.settings;

import io.cadastre.node.render.ManagedFile.OwnerKey;
import io.cadastre.node.settings.NodeSettings.Mode;
import io.cadastre.subid.NodeName;
import java.util.Optional;

/**
 * The keys of the settings file: their meaning and how their values are read. A value that is
 * refused is an {@link IllegalArgumentException} that names the valid form and does not quote the
 * value.
 */
public enum SettingKey {
  /** The services. */
  URL(
      "url",
      "URL",
      "A service, http://HOST:PORT or https://HOST. May be given more than once; the services are"
          + " tried in turn."),
  /** How the node serves. */
  MODE(
      "mode",
      "files | plugin",
      "files (default): rows in a managed block of /etc/subuid and /etc/subgid. plugin: the map"
          + " that libsubid_cadastre.so reads, with \"subid: cadastre\" in nsswitch.conf:"
          + " \"cadastre-node plugin on\" comes first."),
  /** How rows name their owners. */
  OWNERS(
      "owners",
      "name | uid",
      "The owner field of a row in the managed block: the login name (default), or the uid, which a"
          + " rename does not change. shadow and Podman find both. Programs that look for the name"
          + " only find no range with uid: LXC, mmdebstrap, rootlesskit 1.1.0 and authd. In plugin"
          + " mode it has no effect, since the map has both."),
  /** The IDs that the node allows. */
  WINDOW(
      "window",
      "FIRST-LAST",
      "The IDs that the registry may allocate on this node, both inclusive, except those in the"
          + " reserved table. Default: 65536-2147483647."),
  /** How many allocations may disappear at once. */
  MAX_SHRINK(
      "max-shrink",
      "PERCENT%",
      "The share of the last snapshot's allocations that a new snapshot may lack. Default: 10%. A"
          + " loss of up to three always passes."),
  /** How to treat a new allocation under a known name or uid. */
  NEW_IDENTITY(
      "new-identity",
      "warn | refuse",
      "How to treat a new allocation under a name or uid that has another allocation in the last"
          + " snapshot: warn (default) or refuse."),
  /** Rows that meet a local row or account. */
  LOCAL_CONFLICTS(
      "local-conflicts",
      "hold | refuse",
      "How to treat rows of the registry that meet a local row or the ID of a local account, or"
          + " whose owner has both another name and another uid. hold (default): do not serve these"
          + " rows, and serve all others; more of them than max-shrink allows refuse the snapshot."
          + " refuse: one of them refuses the snapshot."),
  /** Single project GIDs. */
  SINGLE_GID_GRANTS(
      "single-gid-grants",
      "yes | no",
      "Whether rows of /etc/subgid with a count of 1 grant a project's GID, also to owners in the"
          + " registry. Default: no."),
  /** The certificates to trust. */
  CA_FILE(
      "ca-file",
      "FILE",
      "The certificates in PEM that must sign the service's. Default: those of the system, in"
          + " /etc/ssl/certs/ca-certificates.crt or /etc/pki/tls/certs/ca-bundle.crt (with --root"
          + " of the image, else of the running system), else those of the JRE."),
  /** The node's certificate. */
  CERTIFICATE_FILE(
      "certificate-file",
      "FILE",
      "The node's certificate in PEM, and the CAs between it and the root, for services that ask"
          + " for one; it needs key-file. A new certificate counts at the next sync. Default: no"
          + " certificate."),
  /** The key of the node's certificate. */
  KEY_FILE(
      "key-file",
      "FILE",
      "The key of certificate-file in PEM, without a password; only its owner may read it. RSA, EC"
          + " and Ed25519, in PKCS#8 or in openssl's older forms. Both files may be one."),
  /** The node's credential. */
  TOKEN_FILE(
      "token-file",
      "FILE",
      "The file with the token of this node, in one line; only its owner may read it. It is sent to"
          + " every service, and in clear text only to this host. Default: no token."),
  /** The limit of one attempt. */
  TIMEOUT(
      "timeout",
      "SECONDS",
      "The limit of the one attempt at each service that is made while a last good snapshot is"
          + " served. Default: 2."),
  /** How long to keep trying. */
  PATIENCE(
      "patience",
      "SECONDS",
      "How long to keep trying while there is no last good snapshot; the services share this time."
          + " Default: 30."),
  /** How old the last contact with a service may be. */
  MAX_AGE(
      "max-age",
      "NUMBERm | NUMBERh | NUMBERd",
      "How old the last contact with a service may be: verify exits with status 79 if it is older"
          + " or unknown, unless its option --max-age says otherwise, and check (N23) warns."
          + " Contact is a snapshot that was applied, or the answer that nothing is new. Default:"
          + " verify does not check the age, and check warns after 2h. In an image (--root) it has"
          + " no effect, since a sync records no contact there."),
  /** The file for node_exporter. */
  METRICS(
      "metrics",
      "FILE",
      "A file for node_exporter's textfile collector, which reads names that end in .prom: each"
          + " sync of this system replaces it. It has the serial, the rows, the rows held back, the"
          + " time of the last contact in seconds since 1970, or 0 if that is unknown, and whether"
          + " the last answer was refused, by rule. The unit cadastre-node.service needs a drop-in"
          + " that lets it write to the folder, which must be root's. Default: no file."),
  /** Whether to tell the service what the node serves. */
  REPORT(
      "report",
      "yes | no",
      "Whether sync tells the service that answered what this node serves: serial, digest, rows"
          + " held, warnings. It does so after a sync that changed a file, and else once an hour;"
          + " \"cadastre nodes\" lists the nodes. In an image (--root) it has no effect. Default:"
          + " no."),
  /** The name in reports. */
  NODE_NAME(
      "node-name",
      "HOST",
      "The host name of this node in its reports; its credential must be for that node. Default:"
          + " what uname -n prints.");

  private enum YesNo {
    YES,
    NO
  }

  private enum LocalConflicts {
    HOLD,
    REFUSE
  }

  private enum NewIdentity {
    WARN,
    REFUSE
  }

  private final String word;
  private final String form;
  private final String description;

  SettingKey(String word, String form, String description) {
    this.word = word;
    this.form = form;
    this.description = description;
  }

  /** The key as the file has it. */
  public String word() {
    return word;
  }

  /** The form of a value. */
  public String form() {
    return form;
  }

  /** The meaning, and the default. */
  public String description() {
    return description;
  }

  /** Whether the key may be given more than once. */
  boolean repeats() {
    return this == URL;
  }

  /** The key of this name in the file. */
  static Optional<SettingKey> of(String word) {
    for (SettingKey key : values()) {
      if (key.word.equals(word)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  /** Reads the value into the builder. */
  void read(NodeSettings.Builder builder, String value) {
    switch (this) {
      case URL -> builder.urls.add(ServiceUrl.checked(value));
      case MODE -> builder.mode = SettingValue.choice(value, Mode.class);
      case OWNERS -> builder.owners = SettingValue.choice(value, OwnerKey.class);
      case WINDOW -> builder.window = SettingValue.window(value);
      case MAX_SHRINK -> builder.maxShrinkPercent = SettingValue.percent(value);
      case NEW_IDENTITY ->
          builder.refuseNewIdentity =
              SettingValue.choice(value, NewIdentity.class) == NewIdentity.REFUSE;
      case LOCAL_CONFLICTS ->
          builder.refuseConflicts =
              SettingValue.choice(value, LocalConflicts.class) == LocalConflicts.REFUSE;
      case SINGLE_GID_GRANTS ->
          builder.singleGidGrants = SettingValue.choice(value, YesNo.class) == YesNo.YES;
      case CA_FILE -> builder.caFile = Optional.of(SettingValue.absolute(value));
      case CERTIFICATE_FILE -> builder.certificateFile = Optional.of(SettingValue.absolute(value));
      case KEY_FILE -> builder.keyFile = Optional.of(SettingValue.absolute(value));
      case TOKEN_FILE -> builder.tokenFile = Optional.of(SettingValue.absolute(value));
      case TIMEOUT -> builder.timeout = SettingValue.seconds(value);
      case PATIENCE -> builder.patience = SettingValue.seconds(value);
      case MAX_AGE -> builder.maxAge = Optional.of(SettingValue.age(value));
      case METRICS -> builder.metrics = Optional.of(SettingValue.absolute(value));
      case REPORT -> builder.report = SettingValue.choice(value, YesNo.class) == YesNo.YES;
      case NODE_NAME -> builder.nodeName = Optional.of(new NodeName(value));
    }
  }
}
