/* SPDX-License-Identifier: MIT
 * Colour arithmetic: OKLCH, where equal steps look equal, to sRGB and to the colours that terminals number. */
#ifndef UI_PALETTE_H
#define UI_PALETTE_H

#include <stdbool.h>
#include <stdint.h>

struct oklab { double l, a, b; };    /* l from 0 to 1 */

/* lightness 0..1, chroma 0..0.4, hue in degrees; chroma gives way where sRGB ends.  0xRRGGBB. */
uint32_t     palette_oklch(double lightness, double chroma, double hue);
struct oklab palette_oklab(uint32_t rgb);
double       palette_distance(struct oklab a, struct oklab b);

/* What the colours 0..255 of xterm look like; the first 16 differ between terminals. */
uint32_t     palette_256_rgb(uint8_t color);

/* The nearest of the colours 16..255 that is not taken; taken is indexed by colour and may be NULL. */
uint8_t      palette_256_nearest(uint32_t rgb, const bool *taken);

#endif
