/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import java.util.Optional;

/**
 * Recognizes one kind of credential. Implementations are thread-safe, and ask no other program: a
 * few requests may wait for up to 3 s for what a thread in the background reads.
 */
@FunctionalInterface
public interface Authenticator {
  /**
   * Returns the caller; empty if the request shows no credential of this kind.
   *
   * @throws Unauthenticated if it shows one that is not valid
   */
  Optional<Principal> authenticate(Presented presented) throws Unauthenticated;
}
