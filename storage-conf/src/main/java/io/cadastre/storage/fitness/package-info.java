/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The fitness of a node for rootless containers: facts about mounts, file systems and users, and
 * the findings about a storage.conf on such a node. The package is pure: the node collects the
 * facts, the service receives them. A missing fact is unknown, never a pass.
 */
package io.cadastre.storage.fitness;
