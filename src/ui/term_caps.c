/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/term_caps.h"

#include "ui/event.h"

const struct term_cap term_caps[TERM_CAPS] = {
	{ "kcuu1", K_UP, 0 }, { "kcud1", K_DOWN, 0 }, { "kcub1", K_LEFT, 0 }, { "kcuf1", K_RIGHT, 0 }, { "khome", K_HOME, 0 },
	{ "kend", K_END, 0 }, { "kpp", K_PAGE_UP, 0 }, { "knp", K_PAGE_DOWN, 0 }, { "kich1", K_INSERT, 0 }, { "kdch1", K_DELETE, 0 },
	{ "kbs", K_BACKSPACE, 0 }, { "kcbt", K_BACKTAB, 0 }, { "kent", K_ENTER, 0 }, { "kri", K_UP, MOD_SHIFT }, { "kind", K_DOWN, MOD_SHIFT },
	{ "kLFT", K_LEFT, MOD_SHIFT }, { "kRIT", K_RIGHT, MOD_SHIFT }, { "kHOM", K_HOME, MOD_SHIFT }, { "kEND", K_END, MOD_SHIFT },
	{ "kf1", K_F1, 0 }, { "kf2", K_F2, 0 }, { "kf3", K_F3, 0 }, { "kf4", K_F4, 0 }, { "kf5", K_F5, 0 }, { "kf6", K_F6, 0 },
	{ "kf7", K_F7, 0 }, { "kf8", K_F8, 0 }, { "kf9", K_F9, 0 }, { "kf10", K_F10, 0 }, { "kf11", K_F11, 0 }, { "kf12", K_F12, 0 },
};
