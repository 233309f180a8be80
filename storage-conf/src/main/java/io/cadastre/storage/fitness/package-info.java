/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * A node's fitness for rootless containers: the facts about its mounts, file systems and users, and
 * what is to be found in a storage.conf that is used there. Pure: the node gathers the facts, the
 * service is sent them. What is not known is unknown, never fine.
 */
package io.cadastre.storage.fitness;
