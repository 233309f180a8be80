/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The commands of {@code cadastre-node}: parse options, call one use case, print its result.
 *
 * <p>The program must start fast and never replace a good file with a bad one. Commands open no
 * files and no connections themselves: files belong to {@code node.tree}, the network to {@code
 * node.fetch}, other programs to {@code node.check}. Only this package and {@code node.manual} know
 * picocli. The module knows nothing of the service's code.
 */
package io.cadastre.node;
