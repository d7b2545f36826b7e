/* SPDX-License-Identifier: MIT
 * Runs a command and prints what it took:
 *	measure COMMAND ARGUMENT...
 *	0.512 s 0.701 cpu-s 41234432 anon-bytes
 * Peak anonymous memory is RssAnon of /proc, looked at every millisecond. The command's output goes to standard error. */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
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

/* RssAnon in bytes; 0 once the process is gone. */
static unsigned long long
anon_bytes(pid_t pid)
{
	char path[64], line[128];
	unsigned long long kib = 0;

	snprintf(path, sizeof(path), "/proc/%ld/status", (long)pid);
	FILE *file = fopen(path, "r");
	if (!file)
		return 0;
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "RssAnon: %llu kB", &kib) == 1)
			break;
	fclose(file);
	return kib * 1024;
}

static double
cpu_seconds(const struct rusage *used)
{
	return (double)(used->ru_utime.tv_sec + used->ru_stime.tv_sec) + (double)(used->ru_utime.tv_usec + used->ru_stime.tv_usec) / 1e6;
}

int
main(int argc, char **argv)
{
	static const struct timespec pause = { 0, 1000000 };
	unsigned long long peak = 0;
	struct rusage used;
	int status = 0;

	if (argc < 2)
		panic("usage: measure COMMAND ARGUMENT...");
	double begin = seconds();
	pid_t pid = fork();
	if (pid == 0) {
		dup2(STDERR_FILENO, STDOUT_FILENO);
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	while (wait4(pid, &status, WNOHANG, &used) == 0) {
		unsigned long long now = anon_bytes(pid);

		peak = now > peak ? now : peak;
		nanosleep(&pause, NULL);
	}
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		panic("%s failed", argv[1]);
	printf("%.3f s %.3f cpu-s %llu anon-bytes\n", seconds() - begin, cpu_seconds(&used), peak);
	return 0;
}
