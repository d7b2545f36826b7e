/* SPDX-License-Identifier: MIT
 * The peer: cJSON alone on the bytes of a file, every line a document of its own, or the whole file one document.
 *	cjson FILE
 * Prints the seconds that parsing took; the bytes are mapped and touched before. */
#include "config.h"

#include <cJSON.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "util/alloc.h"

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static unsigned
touch(const char *bytes, size_t len)
{
	unsigned sum = 0;

	for (size_t i = 0; i < len; i += 4096)
		sum += (unsigned char)bytes[i];
	return sum;
}

int
main(int argc, char **argv)
{
	struct stat facts;
	int fd = argc == 2 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1;

	if (fd < 0 || fstat(fd, &facts) != 0 || facts.st_size == 0)
		panic("usage: cjson FILE");
	size_t len = (size_t)facts.st_size;
	const char *bytes = mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		panic("cannot map %s", argv[1]);
	unsigned sum = touch(bytes, len);
	double begin = seconds();
	size_t documents = 0;
	for (const char *at = bytes, *end = bytes + len; at < end; documents++) {
		/* What is parsed is kept, as a program would that goes on to use it. */
		if (!cJSON_ParseWithLengthOpts(at, (size_t)(end - at), &at, 0))
			panic("%s: not JSON at byte %zu", argv[1], (size_t)(at - bytes));
		while (at < end && (*at == '\n' || *at == ' '))
			at++;
	}
	double took = seconds() - begin;
	printf("%.6f s for %zu documents (%u)\n", took, documents, sum);
	return 0;
}
