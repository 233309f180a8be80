/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address, or those with a common prefix, RFC 4632 and RFC 4291: {@code 10.0.0.0/8}, {@code
 * 2001:db8::/32}, {@code 192.0.2.7}. No name is ever looked up. Immutable.
 *
 * @param first any address of the range
 * @param prefix the number of bits that all its addresses have in common with {@code first}
 */
public record AddressRange(InetAddress first, int prefix) {
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(?!$)|$)){4}");

  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /**
   * Reads a range.
   *
   * @throws IllegalArgumentException for another text
   */
  @JsonCreator
  public static AddressRange parse(String text) {
    String[] parts = text.split("/", -1);
    InetAddress address = address(parts[0]).orElseThrow(() -> wrong(text));
    int bits = address.getAddress().length * Byte.SIZE;
    if (parts.length == 1) {
      return new AddressRange(address, bits);
    }
    if (parts.length > 2 || !parts[1].matches("[0-9]{1,3}") || Integer.parseInt(parts[1]) > bits) {
      throw wrong(text);
    }
    return new AddressRange(address, Integer.parseInt(parts[1]));
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "\"%s\" is no range of IP addresses: write 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32"
            .formatted(text));
  }

  /** Returns the address that this text is, with brackets or without; empty for a name. */
  public static Optional<InetAddress> address(String text) {
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    if (!IPV4.matcher(bare).matches() && !IPV6.matcher(bare).matches()) {
      return Optional.empty();
    }
    try {
      // Brackets make Java refuse what is no IPv6 address, instead of asking the DNS for it.
      return Optional.of(InetAddress.getByName(bare.contains(":") ? "[" + bare + "]" : bare));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Returns whether it has this address; none of IPv4 is in a range of IPv6. */
  public boolean contains(InetAddress address) {
    byte[] own = first.getAddress();
    byte[] other = address.getAddress();
    if (own.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if ((own[bit / Byte.SIZE] & mask) != (other[bit / Byte.SIZE] & mask)) {
        return false;
      }
    }
    return true;
  }
}
