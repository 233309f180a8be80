/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.pem;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Writes openssl's older forms of a private key as PKCS#8 (RFC 5208), the only form that Java
 * reads: the same key with the name of its algorithm before it.
 */
final class Pkcs8 {
  private static final int INTEGER = 0x02;
  private static final int OCTETS = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int PARAMETERS = 0xA0;

  /** Version 0. */
  private static final byte[] VERSION = {INTEGER, 1, 0};

  /** rsaEncryption, 1.2.840.113549.1.1.1, and NULL. */
  private static final byte[] RSA = {
    0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 1, 1, 1, 0x05, 0x00
  };

  /** id-ecPublicKey, 1.2.840.10045.2.1. */
  private static final byte[] EC = {
    0x06, 0x07, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x02, 0x01
  };

  private Pkcs8() {}

  /** An RSAPrivateKey (RFC 8017, A.1.2). */
  static byte[] ofRsa(byte[] key) {
    return of(element(SEQUENCE, RSA), key);
  }

  /**
   * An ECPrivateKey (RFC 5915), which names its curve.
   *
   * @throws PemRefused if it does not
   */
  static byte[] ofEc(byte[] key) throws PemRefused {
    try {
      int at = content(key, 0); // in the sequence
      at = next(key, next(key, at)); // after the version and the number
      if ((key[at] & 0xFF) != PARAMETERS) {
        throw new PemRefused("has an EC key that does not name its curve");
      }
      byte[] curve = Arrays.copyOfRange(key, content(key, at), next(key, at));
      return of(element(SEQUENCE, EC, curve), key);
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new PemRefused("has a damaged EC key", e);
    }
  }

  private static byte[] of(byte[] algorithm, byte[] key) {
    return element(SEQUENCE, VERSION, algorithm, element(OCTETS, key));
  }

  /** The index of an element's content: after its tag and its length. */
  private static int content(byte[] der, int at) {
    int first = der[at + 1] & 0xFF;
    return at + 2 + (first < 0x80 ? 0 : first & 0x7F);
  }

  /** The index after an element. */
  private static int next(byte[] der, int at) {
    int begin = content(der, at);
    int length = 0;
    if (begin == at + 2) {
      length = der[at + 1];
    } else {
      for (int i = at + 2; i < begin; i++) {
        length = (length << 8) | (der[i] & 0xFF);
      }
    }
    if (length < 0 || length > der.length - begin) {
      throw new ArrayIndexOutOfBoundsException(length);
    }
    return begin + length;
  }

  private static byte[] element(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    int length = content.size();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      int bytes = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
      out.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(length >> (8 * i));
      }
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
