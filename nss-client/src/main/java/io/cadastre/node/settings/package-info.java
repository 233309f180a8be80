/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The settings file and the acceptances of a node: text in, checked values out. Pure: may not open
 * a file or use the network.
 */
package io.cadastre.node.settings;
