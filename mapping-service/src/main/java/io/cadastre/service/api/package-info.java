/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The JSON that goes over the wire, in and out: one record for each shape. The records convert from
 * and to the vocabulary and hold no rule but that of their own form.
 */
package io.cadastre.service.api;
