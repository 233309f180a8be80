/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The node's fitness for rootless containers: the checks N01 to N25, and the facts that
 * storage.conf is judged by. Only {@code Sight}, {@code Commands} and {@code Probe} look at the
 * system; the checks judge what they saw. {@code Commands} starts the system's own programs; what a
 * user can have a part in is started by {@code UserProgram}, in a session without a terminal.
 * Nothing needs root, and what could not be looked at is unknown.
 */
package io.cadastre.node.check;
