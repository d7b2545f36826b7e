# SPDX-License-Identifier: MIT
# Packages and builds for quickstart and run-tests: sourced by bash, with $top the source folder and $me the script's name.
# Standard output stays free for results: all that happens here is told on standard error.

packages_build='autoconf automake gcc libc6-dev make pkg-config libncurses-dev libcjson-dev libunistring-dev libpcre2-dev zlib1g-dev libzstd-dev libiberty-dev ncurses-term'
packages_test='clang libclang-rt-14-dev libvterm-dev protobuf-compiler tmux groff-base zsh fish'

say() {
	printf '%s: %s\n' "$me" "$*" >&2
}

# Runs a command whose output matters only when it fails; the log stays in build/.
quietly() {
	local log=$1
	shift
	if ! "$@" >"$log" 2>&1 </dev/null; then
		tail -n 40 "$log" >&2
		say "failed: $* (all of it in $log)"
		return 1
	fi
}

# Of the packages named, those that are not installed.
missing_packages() {
	local package
	for package in "$@"; do
		case $(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null) in
		?i*) ;;
		*) echo "$package" ;;
		esac
	done
}

apt() {
	local -a root=()
	if [ "$(id -u)" != 0 ]; then
		root=(sudo)
		[ -t 0 ] || root=(sudo -n)
	fi
	quietly "$top/build/apt.log" "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@"
}

# Installs what is missing of the packages named.  Where that cannot be done it says what is needed and lets the build try.
install_packages() {
	local -a missing
	if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
		[ -e "$top/build/.told" ] || say "no apt here; needed are, by their Debian names: $*"
		mkdir -p "$top/build" && touch "$top/build/.told"
		return 0
	fi
	mapfile -t missing < <(missing_packages "$@")
	[ ${#missing[@]} -gt 0 ] || return 0
	if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
		say "neither root nor sudo; going on without: ${missing[*]}"
		return 0
	fi
	mkdir -p "$top/build"
	say "installing ${missing[*]}"
	if ! apt-get -s --no-install-recommends install "${missing[@]}" >/dev/null 2>&1; then
		apt update || say "the package lists could not be brought up to date"
	fi
	apt --no-install-recommends install "${missing[@]}" ||
		{ apt update && apt --no-install-recommends install "${missing[@]}"; } ||
		say "could not install ${missing[*]}; going on with what is there"
}

# A build of the tree in build/NAME, configured once:  build_in NAME CONFIGURE-ARGUMENT...
# A build of another kind, or of a clone that has been moved, is begun again.
build_in() {
	local name=$1 folder=$top/build/$1 wanted
	shift
	mkdir -p "$folder" || return
	if [ -e "$top/config.status" ]; then
		say "clearing the build inside the source tree (make distclean): builds go to build/"
		quietly "$top/build/distclean.log" make -C "$top" distclean || return
	fi
	if [ ! -e "$top/configure" ] || [ ! -e "$top/Makefile.in" ]; then
		(cd "$top" && quietly build/autoreconf.log autoreconf -fi) || return
	fi
	wanted="$folder $*"
	if [ ! -e "$folder/Makefile" ] || [ "$(cat "$folder/.configured" 2>/dev/null)" != "$wanted" ]; then
		rm -rf "$folder" && mkdir -p "$folder" || return
		(cd "$folder" && quietly configure.log ../../configure "$@") || return
		printf '%s\n' "$wanted" >"$folder/.configured"
	fi
}

jobs() {
	nproc 2>/dev/null || echo 2
}
