#!/usr/bin/env bash
# Builds mediasoup-worker from the installed mediasoup npm package and the distribution's libraries, with no other download.
# Usage: build.sh MEDIASOUP_PACKAGE_DIR OUTPUT_FILE
# Prints ninja's progress. When it fails, the last line says why. Made for Debian 12; see README.md.
set -euo pipefail

fail() {
  echo "$*" >&2
  exit 1
}

[ $# -eq 2 ] || fail "Usage: build.sh MEDIASOUP_PACKAGE_DIR OUTPUT_FILE"
package=$(realpath "$1") output=$(realpath -m "$2") overlay=$(dirname "$(realpath "$0")")/overlay
packages=(build-essential dpkg-dev meson ninja-build pkg-config libuv1-dev libssl-dev libabsl-dev libflatbuffers-dev
  flatbuffers-compiler flatbuffers-compiler-dev)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

command -v apt-get >/dev/null || fail "This build takes its libraries from Debian's packages, and there is no apt-get here."

# 1. Compiler and libraries.
missing=()
for name in "${packages[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
done
if [ ${#missing[@]} -gt 0 ]; then
  [ "$(id -u)" = 0 ] || fail "Packages are missing. Install them: sudo apt-get install ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  wait_for_dpkg=(-o DPkg::Lock::Timeout=300)
  apt-get update -qq || fail "apt-get update failed, and these packages are missing: ${missing[*]}"
  apt-get install -y -qq --no-install-recommends "${wait_for_dpkg[@]}" "${missing[@]}" >/dev/null ||
    fail "apt-get could not install ${missing[*]}"
fi

# 2. libsrtp. The distribution's binary is built on NSS; its source, built on OpenSSL, protects a packet 2 to 4 times faster.
# The machine's own package lists stay as they are: a list of sources is made here, of the distribution's own archives,
# whichever of apt's file formats names them.
mkdir -p "$work/apt/lists/partial" "$work/srtp"
keyring=$(ls /usr/share/keyrings/{debian,ubuntu}-archive-keyring.gpg 2>/dev/null | head -n 1 || true)
list_sources() {
  apt-get indextargets --format "deb-src ${keyring:+[signed-by=$keyring] }\$(REPO_URI) \$(RELEASE) \$(COMPONENT) # \$(ORIGIN)" \
    'Created-By: Packages' | grep -E '# (Debian|Ubuntu)$' | sort -u >"$work/apt/sources.list"
}
# Images of containers come without package lists; then apt does not know yet whose archives it has.
list_sources || { [ "$(id -u)" = 0 ] && apt-get update -qq && list_sources; } ||
  fail "apt knows no Debian archive yet. Run: sudo apt-get update"
apt=(apt-get -qq -o "Dir::Etc::sourcelist=$work/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
  -o "Dir::State::lists=$work/apt/lists" -o "Dir::Cache::pkgcache=" -o "Dir::Cache::srcpkgcache=" -o APT::Sandbox::User=root)
"${apt[@]}" update || fail "apt could not read the list of Debian's source packages"
(cd "$work/srtp" && "${apt[@]}" source libsrtp2 >/dev/null) || fail "apt could not fetch the source of libsrtp2"

# 3. The worker's source, with our overlay in the place of its own downloads.
cp -r "$package/worker" "$work/src"
rm -f "$work/src/subprojects/"*.wrap
cp -r "$overlay"/. "$work/src/subprojects/"
cp -r "$work"/srtp/libsrtp2-*/ "$work/src/subprojects/libsrtp2"

# libsrtp leaves its list of streams out, for the table in overlay/libsrtp3/stream_list.c.
sed -i "s/^add_project_arguments('-DHAVE_CONFIG_H',/& '-DSRTP_NO_STREAM_LIST',/" "$work/src/subprojects/libsrtp2/meson.build"

# Debian 12 has meson 1.0.1, and the worker uses nothing that 1.1 added.
sed -i "s/meson_version: '>= 1.1.0'/meson_version: '>= 1.0.0'/" "$work/src/meson.build"

# Debian's OpenSSL has kernel TLS. With it, the BIO callback must hand BIO_ctrl's own result back, or OpenSSL takes the
# memory BIO for a KTLS socket, allocates no write buffer and crashes at the first ServerHello.
dtls="$work/src/src/RTC/DtlsTransport.cpp"
sed -i 's/(operationType == BIO_CB_RETURN) ?/((operationType \& BIO_CB_RETURN) != 0) ?/' "$dtls"
grep -q 'operationType & BIO_CB_RETURN' "$dtls" ||
  fail "The BIO callback in DtlsTransport.cpp is not as it was in mediasoup 3.27: look at the patch in build.sh again"

# 4. Build. Optimizing across files (WORKER_LTO=false leaves it out) takes a few minutes more and saves 9 % of the CPU of each
# forwarded packet (npm run bench -- forwarding).
meson setup "$work/build" "$work/src" --buildtype release -Db_ndebug=true "-Db_lto=${WORKER_LTO:-true}" "-Db_lto_threads=$(nproc)" \
  --wrap-mode nodownload || fail "meson setup failed"
ninja -C "$work/build" mediasoup-worker || fail "the compilation failed"
mkdir -p "$(dirname "$output")"
strip -o "$output.part" "$work/build/mediasoup-worker"
mv "$output.part" "$output"
