/* SPDX-License-Identifier: MIT
 * Percentiles, without sorting. */
#include "config.h"

#include <math.h>

#include "analysis/query_core.h"

static void
swap(double *a, double *b)
{
	double kept = *a;

	*a = *b;
	*b = kept;
}

/* The middle one of three goes to the first place. */
static void
choose_pivot(double *numbers, size_t low, size_t high)
{
	size_t middle = low + (high - low) / 2;

	if (numbers[middle] < numbers[low])
		swap(&numbers[middle], &numbers[low]);
	if (numbers[high] < numbers[low])
		swap(&numbers[high], &numbers[low]);
	if (numbers[high] < numbers[middle])
		swap(&numbers[high], &numbers[middle]);
	swap(&numbers[low], &numbers[middle]);
}

/* The number that would stand at that place if they were sorted: those before the place end up at most as great, those behind at least. */
static double
select_at(double *numbers, size_t count, size_t place)
{
	size_t low = 0, high = count - 1;

	while (low < high) {
		choose_pivot(numbers, low, high);
		double pivot = numbers[low];
		size_t left = low, right = high + 1;
		for (;;) {
			do
				left++;
			while (left <= high && numbers[left] < pivot);
			do
				right--;
			while (numbers[right] > pivot);
			if (left >= right)
				break;
			swap(&numbers[left], &numbers[right]);
		}
		swap(&numbers[low], &numbers[right]);
		if (right == place)
			return numbers[right];
		if (right < place)
			low = right + 1;
		else
			high = right - 1;
	}
	return numbers[place];
}

bool
query_percentile(double *numbers, size_t count, double percent, double *out)
{
	if (!count)
		return false;
	size_t rank = (size_t)ceil((double)count * percent / 100);
	*out = select_at(numbers, count, rank ? rank - 1 : 0);
	return true;
}
