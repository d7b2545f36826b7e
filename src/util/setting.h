/* SPDX-License-Identifier: MIT
 * A wish by its name and its value, both as text: what options and the configuration hand to the part that understands them. */
#ifndef UTIL_SETTING_H
#define UTIL_SETTING_H

struct setting {
	const char *name;     /* as the option is called, without dashes */
	const char *value;    /* "" for a flag */
};

#endif
