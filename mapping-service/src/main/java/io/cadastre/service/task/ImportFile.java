/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.task;

/**
 * A file of a node, as the command line sends it.
 *
 * @param node the node's name
 * @param type {@code subuid} or {@code subgid}
 * @param content its bytes in base64: they may be in any encoding
 */
public record ImportFile(String node, String type, String content) {}
