/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * One run of sync (fetch, check, render, write), and what a node serves now. Files are read and
 * written through {@code node.tree} only, the service is asked through {@code node.fetch} only.
 */
package io.cadastre.node.sync;
