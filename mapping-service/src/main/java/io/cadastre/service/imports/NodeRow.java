/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;

/**
 * A row that a node has.
 *
 * @param place node, file and line
 * @param type of the file
 * @param ownerField the first field as it is written
 * @param ownerKey the stable id of the account, or the field itself for nobody's
 * @param range the IDs
 */
record NodeRow(
    String node, String place, IdType type, String ownerField, String ownerKey, IdRange range) {}
