/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

/**
 * An account that the caller of an import vouches for, where {@code identity.source} is {@code
 * caller}.
 *
 * @param name the login name, not yet checked
 * @param identity the account
 */
public record GivenAccount(String name, CallerIdentity identity) {}
