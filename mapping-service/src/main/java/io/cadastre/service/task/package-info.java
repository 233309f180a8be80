/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What an admin asks of the running service beyond REST: tasks on the admin connector, which stays
 * on loopback. The command line calls them; they hold no rule.
 */
package io.cadastre.service.task;
