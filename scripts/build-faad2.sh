#!/bin/sh
# Builds vendor/faad2/faad2.wasm from Debian's source package of FAAD2. Needs Debian or Ubuntu with deb-src lines, and
# its packages clang, lld, wasi-libc and libclang-rt-14-dev-wasm32 (or the one of clang's own version).
set -eu

package=faad2
version=2.10.1
target=$(cd "$(dirname "$0")/.." && pwd)/vendor/faad2/faad2.wasm
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
apt-get source -qq "$package=$version-1"
cd "$package-$version"

exports=""
for name in malloc NeAACDecOpen NeAACDecGetCurrentConfiguration NeAACDecSetConfiguration NeAACDecInit NeAACDecInit2 \
  NeAACDecPostSeekReset NeAACDecDecode; do
  exports="$exports -Wl,--export=$name"
done

# Plain -O2: neither SIMD, nor -O3, nor -ffast-math (which breaks the handling of NaN) made it measurably faster.
# shellcheck disable=SC2086
clang --target=wasm32-wasi --sysroot=/usr -I/usr/include/wasm32-wasi -O2 -w \
  -DNDEBUG -DAPPLY_DRC -DPACKAGE_VERSION="\"$version\"" -DSTDC_HEADERS=1 \
  -DHAVE_INTTYPES_H=1 -DHAVE_LRINTF=1 -DHAVE_MEMCPY=1 -DHAVE_STDINT_H=1 -DHAVE_STRING_H=1 -DHAVE_STRINGS_H=1 \
  -DHAVE_SYS_STAT_H=1 -DHAVE_SYS_TYPES_H=1 \
  -Iinclude -Ilibfaad libfaad/*.c \
  -mexec-model=reactor -Wl,--strip-all -Wl,--gc-sections $exports -o faad2.wasm

chmod 644 faad2.wasm
cp faad2.wasm "$target"
cp COPYING "$(dirname "$target")/COPYING"
sha256sum "$target" | cut -d' ' -f1
