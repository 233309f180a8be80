/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * The rule for owner names.
 */
#include "name.h"

#include <stdint.h>
#include <string.h>

/*
 * Decodes the first code point of the text and returns the number of its bytes; 0 if they are not
 * well-formed UTF-8 (Unicode 15, table 3-7): an overlong form, a surrogate, or above U+10FFFF.
 */
static size_t decode(const unsigned char *text, size_t length, uint32_t *point)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t bytes = 0;
    uint32_t value = 0;

    if (text[0] < 0x80) {
        bytes = 1;
        value = text[0];
    } else if ((text[0] & 0xE0) == 0xC0) {
        bytes = 2;
        value = text[0] & 0x1F;
    } else if ((text[0] & 0xF0) == 0xE0) {
        bytes = 3;
        value = text[0] & 0x0F;
    } else if ((text[0] & 0xF8) == 0xF0) {
        bytes = 4;
        value = text[0] & 0x07;
    }
    if (bytes > length) {
        bytes = 0;
    }
    for (size_t i = 1; i < bytes; i++) {
        if ((text[i] & 0xC0) != 0x80) {
            bytes = 0;
        }
        value = value << 6 | (text[i] & 0x3F);
    }
    if (value < least[bytes] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
        bytes = 0;
    }
    *point = value;
    return bytes;
}

static bool is_forbidden(uint32_t point)
{
    return point <= 0x20 || point == ':' || point == '#' || point == '/'
           || (point >= 0x7F && point <= 0xA0) || (point >= 0x2000 && point <= 0x200F)
           || (point >= 0x2028 && point <= 0x202F) || point == 0xFEFF;
}

bool name_is_good(const char *name, size_t length)
{
    bool good = length >= 1 && length <= NAME_MAX_BYTES && strchr("-+!.", name[0]) == NULL;
    bool all_digits = true;
    size_t at = 0;

    while (good && at < length) {
        uint32_t point;
        size_t bytes = decode((const unsigned char *)name + at, length - at, &point);

        good = bytes > 0 && !is_forbidden(point);
        all_digits = all_digits && point >= '0' && point <= '9';
        at += bytes;
    }
    return good && !all_digits;
}
