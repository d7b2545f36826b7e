/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/palette.h"

#include <math.h>

enum { CUBE_FIRST = 16, CUBE_SIDE = 6, GREY_FIRST = 232 };

#define DEGREE (3.14159265358979323846 / 180)

static double
to_linear(double channel)
{
	return channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4);
}

static double
from_linear(double channel)
{
	return channel <= 0.0031308 ? channel * 12.92 : 1.055 * pow(channel, 1 / 2.4) - 0.055;
}

/* Linear light of a colour, which may lie outside of sRGB. */
static void
linear_of(struct oklab lab, double out[3])
{
	double l = lab.l + 0.3963377774 * lab.a + 0.2158037573 * lab.b;
	double m = lab.l - 0.1055613458 * lab.a - 0.0638541728 * lab.b;
	double s = lab.l - 0.0894841775 * lab.a - 1.2914855480 * lab.b;

	l = l * l * l;
	m = m * m * m;
	s = s * s * s;
	out[0] = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
	out[1] = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
	out[2] = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s;
}

static bool
in_gamut(const double linear[3])
{
	const double slack = 1e-4;

	for (int i = 0; i < 3; i++)
		if (linear[i] < -slack || linear[i] > 1 + slack)
			return false;
	return true;
}

uint32_t
palette_oklch(double lightness, double chroma, double hue)
{
	double linear[3];

	for (;; chroma -= 0.005) {
		if (chroma < 0)
			chroma = 0;
		linear_of((struct oklab){ lightness, chroma * cos(hue * DEGREE), chroma * sin(hue * DEGREE) }, linear);
		if (chroma <= 0 || in_gamut(linear))
			break;
	}
	uint32_t rgb = 0;
	for (int i = 0; i < 3; i++) {
		double channel = fmin(fmax(from_linear(fmin(fmax(linear[i], 0), 1)), 0), 1);
		rgb = rgb << 8 | (uint32_t)lround(channel * 255);
	}
	return rgb;
}

struct oklab
palette_oklab(uint32_t rgb)
{
	double r = to_linear((rgb >> 16 & 0xff) / 255.0);
	double g = to_linear((rgb >> 8 & 0xff) / 255.0);
	double b = to_linear((rgb & 0xff) / 255.0);
	double l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
	double m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
	double s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);

	return (struct oklab){
		.l = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
		.a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
		.b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
	};
}

double
palette_distance(struct oklab a, struct oklab b)
{
	return sqrt((a.l - b.l) * (a.l - b.l) + (a.a - b.a) * (a.a - b.a) + (a.b - b.b) * (a.b - b.b));
}

uint32_t
palette_256_rgb(uint8_t color)
{
	static const uint32_t first[CUBE_FIRST] = {
		0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
		0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
	};
	static const uint8_t levels[CUBE_SIDE] = { 0, 95, 135, 175, 215, 255 };

	if (color < CUBE_FIRST)
		return first[color];
	if (color >= GREY_FIRST) {
		uint32_t grey = 8 + 10 * (uint32_t)(color - GREY_FIRST);
		return grey << 16 | grey << 8 | grey;
	}
	int at = color - CUBE_FIRST;
	return (uint32_t)levels[at / (CUBE_SIDE * CUBE_SIDE)] << 16 | (uint32_t)levels[at / CUBE_SIDE % CUBE_SIDE] << 8 |
	       levels[at % CUBE_SIDE];
}

uint8_t
palette_256_nearest(uint32_t rgb, const bool *taken)
{
	struct oklab want = palette_oklab(rgb);
	double best = INFINITY;
	uint8_t found = CUBE_FIRST;

	for (int color = CUBE_FIRST; color < 256; color++) {
		if (taken && taken[color])
			continue;
		double distance = palette_distance(want, palette_oklab(palette_256_rgb((uint8_t)color)));
		if (distance < best) {
			best = distance;
			found = (uint8_t)color;
		}
	}
	return found;
}
