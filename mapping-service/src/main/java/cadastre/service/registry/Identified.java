/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.registry;

import cadastre.subid.Owner;

/**
 * An account, and how surely it is known.
 *
 * @param owner the account
 * @param byStableId whether its stable id tells it from a later account of the same name and uid;
 *     false for a caller that gave none
 */
record Identified(Owner owner, boolean byStableId) {}
