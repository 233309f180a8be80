/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;

/**
 * A row in a file of a node.
 *
 * @param place node, file and line
 * @param type whether it is in /etc/subuid or /etc/subgid
 * @param ownerField the first field as it is written
 * @param ownerKey the stable id of the account, or the field itself if there is no account
 * @param range the IDs
 */
record NodeRow(
    String node, String place, IdType type, String ownerField, String ownerKey, IdRange range) {}
