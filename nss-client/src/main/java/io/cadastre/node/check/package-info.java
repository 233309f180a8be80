/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The node's fitness for rootless containers: the checks N01 to N32, and the facts by which a
 * storage.conf is judged. The checks judge what other classes observed:
 *
 * <ul>
 *   <li>{@code HostInspector} observes the file tree, through {@code node.tree}.
 *   <li>{@code SystemPrograms} starts programs, and no other class of the module does. {@code
 *       OwnSession} runs one without a terminal, and {@code UserProgram} one that a user controls.
 *   <li>{@code FactCollector} tries extended attributes, and runs {@code Probe}, if asked to.
 * </ul>
 *
 * <p>Files outside the tree are opened by {@code OutputPipe} (a pipe of its own), {@code
 * OwnSession} (/proc/PID/stat) and {@code SystemPrograms} (/dev/null and that pipe, for a program);
 * {@code UserProgram} tests whether keyctl(1) is installed. Without a probe nothing here needs
 * root, and the node stays as it is, except for a temporary folder: to run {@code podman
 * --version}, {@code OutputPipe} creates one with a named pipe, and removes it. Nothing opens a
 * connection. What cannot be observed is unknown.
 */
package io.cadastre.node.check;
