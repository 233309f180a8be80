/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.subid.Owner;

/**
 * An account, and what is known about it.
 *
 * @param owner the account
 * @param byStableId whether its stable id tells it from a later account of the same name and uid;
 *     false for a caller that gave none
 * @param entitled whether the site gives such accounts a range
 */
record ResolvedAccount(Owner owner, boolean byStableId, boolean entitled) {}
