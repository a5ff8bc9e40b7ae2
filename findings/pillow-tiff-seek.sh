#!/usr/bin/env bash
# Pillow 13.0.0, a TIFF of several pages, of which a page is asked for that is not there.
#
# One would expect: seek() beyond the last page raises EOFError and leaves the picture as it was,
#   which is what the same call does for a GIF. n_frames says 3 for a file of 3 pages, always.
# Seen: the EOFError comes, but afterwards n_frames says one more than the page that was asked for
#   (8 for seek(7)), and tell() says 2 while the pixels are those of page 0. seek(2) then does nothing,
#   so the pixels of page 0 are handed out as page 2. If n_frames was read before, all is right.
# Why it matters: who asks for a page by its number and falls back to another one on EOFError reads a wrong
#   page without a word, and who counts the pages afterwards finds some that are not there.
#
# Needs python3 with venv. Exit: 0 the behaviour is as described, 1 it differs, 2 cannot be run.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q pillow==13.0.0 2>"$work/pip.log" || { cat "$work/pip.log"; exit 2; }
cd "$work"
"$work/venv/bin/python" - <<'PY'
import sys

import PIL
from PIL import Image

SHADES = (40, 120, 200)  # of the three pages
pages = [Image.new("L", (20, 20), shade) for shade in SHADES]
for name in ("pages.tif", "pages.gif"):
    pages[0].save(name, save_all=True, append_images=pages[1:])


def after_seek(name: str, asked: int, count_first: bool) -> tuple[int, int, int, int]:
    """n_frames, tell() and a pixel after the failed seek; a pixel after seek(2)."""
    with Image.open(name) as picture:
        if count_first:
            assert picture.n_frames == len(SHADES)
        try:
            picture.seek(asked)
        except EOFError:
            pass
        else:
            sys.exit("CHANGED: no EOFError beyond the last page")
        state = picture.n_frames, picture.tell(), picture.convert("L").getpixel((0, 0))
        picture.seek(2)
        return *state, picture.convert("L").getpixel((0, 0))


print(f"Pillow {PIL.__version__}; three pages of shades {SHADES}")
print("file       asked  counted before  n_frames  tell  pixel  pixel after seek(2)")
described = {
    ("pages.tif", 3, False): (4, 2, 40, 40),
    ("pages.tif", 7, False): (8, 2, 40, 40),
    ("pages.tif", 7, True): (3, 0, 40, 200),
    ("pages.gif", 7, False): (3, 0, 40, 200),
}
changed = False
for case, wanted in described.items():
    seen = after_seek(*case)
    changed |= seen != wanted
    print(*case, *seen, sep="\t")
print("Expected in every line: 3  0  40  200")
print("CHANGED: not as described above" if changed else "As described: TIFF alone, and only if the pages were not counted before.")
sys.exit(int(changed))
PY
