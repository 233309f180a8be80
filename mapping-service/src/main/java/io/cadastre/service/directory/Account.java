/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.subid.Owner;

/**
 * An account as the directory has it at this moment.
 *
 * @param owner the identity
 * @param entitled whether the entitlement filter and the minimum uid let it have a range
 * @param ambiguous whether another account has the same name or uidNumber; must not get a range
 */
public record Account(Owner owner, boolean entitled, boolean ambiguous) {}
