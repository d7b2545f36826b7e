/* SPDX-License-Identifier: MIT
 * Which samples are looked at by their labels: of one key any of the wanted values, of several keys one of each. */
#ifndef ANALYSIS_LABEL_FILTER_H
#define ANALYSIS_LABEL_FILTER_H

#include "model/dataset.h"

/* wanted: "key=value" with a line feed after each, the first '=' ends the key; NULL or "": all samples.  At most 32 keys count. */
struct label_filter;
struct label_filter *label_filter_new(const struct dataset *ds, const char *wanted);    /* NULL: all samples are looked at */
void                 label_filter_free(struct label_filter *filter);                    /* NULL is allowed */

bool                 label_filter_has(const struct label_filter *filter, const struct dataset *ds, sample_id sample);

/* The wish number at of such a text; false: there are fewer. */
bool                 label_wish(const char *wanted, uint32_t at, struct str *key_out, struct str *value_out);

#endif
