/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Certificates and private keys in PEM (RFC 7468), as openssl, certmonger and ACME clients write
 * them: bytes in, checked values out. Pure: it opens no file and no connection, and its messages
 * quote nothing of a key.
 */
package io.cadastre.pem;
