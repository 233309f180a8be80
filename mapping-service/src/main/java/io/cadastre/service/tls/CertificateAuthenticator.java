/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.tls;

import io.cadastre.service.access.Authenticator;
import io.cadastre.service.access.CertificateRules;
import io.cadastre.service.access.Presented;
import io.cadastre.service.access.Principal;
import io.cadastre.service.access.Unauthenticated;
import java.util.Optional;

/**
 * Recognizes clients by their certificates; to be asked before all others. A certificate that is
 * shown has to be valid, whatever else is shown. With a token beside it the token alone says who
 * the caller is: the certificate then was the price of the connection, and adds nothing.
 * Thread-safe.
 */
public final class CertificateAuthenticator implements Authenticator {
  private final TlsReload tls;
  private final CertificateRules rules;

  /** An authenticator by these rules. */
  public CertificateAuthenticator(TlsReload tls, CertificateRules rules) {
    this.tls = tls;
    this.rules = rules;
  }

  @Override
  public Optional<Principal> authenticate(Presented presented) throws Unauthenticated {
    if (presented.certificates().isEmpty()) {
      return Optional.empty();
    }
    tls.require(presented.certificates());
    return presented.bearer().isPresent()
        ? Optional.empty()
        : Optional.of(rules.principal(presented.certificates().get(0)));
  }
}
