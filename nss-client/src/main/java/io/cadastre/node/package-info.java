/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The node: fetches the snapshot and renders it into /etc/subuid and /etc/subgid.
 *
 * <p>It must start fast and never replace a good file with a bad one. Guards and rendering are
 * pure; only {@code SnapshotSource} touches the network, only {@code NodeTree}, {@code TreeWriter}
 * and {@code ShadowLock} touch files. The package knows subid-core and picocli, and nothing of the
 * service.
 */
package io.cadastre.node;
