/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The node's fitness for rootless containers: the checks N01 to N25, and the facts that
 * storage.conf is judged by. Only {@code Sight}, {@code Commands} and {@code Probe} look at the
 * system; the checks judge what they saw. Nothing needs root, and what could not be looked at is
 * unknown.
 */
package cadastre.node.check;
