/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/capture.h"

#include <sys/mman.h>
#include <unistd.h>

#include "ui/tty.h"
#include "util/alloc.h"

void
capture_init(struct capture *capture)
{
	int fd = dup(STDOUT_FILENO);

	*capture = (struct capture){ .memory_fd = memfd_create("screen", MFD_CLOEXEC), .file = fd >= 0 ? fdopen(fd, "w") : NULL };
	if (!capture->file)
		panic("cannot open standard output again");
	sgr_init(&capture->sgr);
}

void
capture_fini(struct capture *capture)
{
	fclose(capture->file);
	if (capture->memory_fd >= 0)
		close(capture->memory_fd);
	sgr_fini(&capture->sgr);
	buf_fini(&capture->painted);
	buf_fini(&capture->sent);
}

void
capture_begin(struct capture *capture)
{
	if (capture->filters && capture->memory_fd >= 0)
		dup2(capture->memory_fd, fileno(capture->file));
}

void
capture_end(struct capture *capture)
{
	if (!capture->filters || capture->memory_fd < 0)
		return;
	off_t size = lseek(capture->memory_fd, 0, SEEK_CUR);
	dup2(STDOUT_FILENO, fileno(capture->file));
	if (size <= 0)
		return;
	buf_clear(&capture->painted);
	buf_clear(&capture->sent);
	vec_reserve(&capture->painted, (size_t)size);
	ssize_t count = pread(capture->memory_fd, capture->painted.at, (size_t)size, 0);
	capture->painted.len = count > 0 ? (size_t)count : 0;
	if (lseek(capture->memory_fd, 0, SEEK_SET) != 0 || ftruncate(capture->memory_fd, 0) != 0)
		panic("cannot use memory as a file");
	sgr_filter(&capture->sgr, buf_str(&capture->painted), &capture->sent);
	tty_write(STDOUT_FILENO, buf_str(&capture->sent));
}

void
capture_leave(struct capture *capture)
{
	if (capture->filters && capture->memory_fd >= 0)
		tty_write(STDOUT_FILENO, STR("\x1b[m"));
	sgr_forget(&capture->sgr);
}
