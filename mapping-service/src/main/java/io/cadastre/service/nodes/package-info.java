/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What nodes say about themselves: values, checked when they are made. Pure: may use no database,
 * no network and no file.
 */
package io.cadastre.service.nodes;
