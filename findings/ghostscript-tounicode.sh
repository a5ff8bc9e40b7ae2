#!/usr/bin/env bash
# Ghostscript 10.00.0 (pdfwrite), with Type 3 fonts as Chromium's PDF export embeds Chinese text.
#
# One would expect: rewriting a PDF keeps what its text says. A ToUnicode map may name its
#   characters one by one (bfchar) or as a run (bfrange); the two mean the same, so both survive.
# Seen: the characters of a run are lost, without a warning. The two bytes of the run's first
#   character are or-ed into one: U+3001 becomes U+0031 and U+FF08 becomes U+00FF, and the run goes on
#   from there. So 、。 are extracted as the digits 12, while the page is painted as before. （万元） as
#   Chromium 156 prints it in Noto Serif CJK loses its brackets in this way; here the font is made by hand.
# Why it matters: text extraction then gives figures that stand nowhere on the page.
#
# Needs gs and python3 with venv. Exit: 0 the behaviour is as described, 1 it differs, 2 cannot be run.
set -euo pipefail
command -v gs >/dev/null || { echo "gs is not installed (Debian: ghostscript)"; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q pypdfium2==5.15.2 pdfminer.six==20260107 2>"$work/pip.log" || { cat "$work/pip.log"; exit 2; }
echo "Ghostscript $(gs --version) (described: 10.00.0), pypdfium2 5.15.2, pdfminer.six 20260107"
cd "$work"
"$work/venv/bin/python" - <<'PY'
import logging
import subprocess
import sys

import pypdfium2
from pdfminer.high_level import extract_text

logging.disable(logging.WARNING)  # pdfminer remarks on FontBBox, which is no matter here
FIRST = 0x33  # the code of the first character; the font has no other use for its codes


def stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def to_unicode(text: str, as_run: bool) -> bytes:
    if as_run:
        body = f"1 beginbfrange\n<{FIRST:02X}> <{FIRST + len(text) - 1:02X}> <{ord(text[0]):04X}>\nendbfrange"
    else:
        pairs = "\n".join(f"<{FIRST + at:02X}> <{ord(each):04X}>" for at, each in enumerate(text))
        body = f"{len(text)} beginbfchar\n{pairs}\nendbfchar"
    return f"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange
{body}
endcmap
CMapName currentdict /CMap defineresource pop
end
end""".encode()


def write(name: str, text: str, as_run: bool) -> None:
    """One page that shows `text` in a Type 3 font whose glyphs are boxes of different heights."""
    glyphs = [stream(f"600 0 0 0 500 700 d1 0 0 500 {200 + 50 * at} re f".encode()) for at in range(len(text))]
    names = [f"/g{at}" for at in range(len(text))]
    procs = " ".join(f"{each} {7 + at} 0 R" for at, each in enumerate(names))
    shown = "".join(f"{FIRST + at:02X}" for at in range(len(text)))
    font = (
        f"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 600 700] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar {FIRST}"
        f" /LastChar {FIRST + len(text) - 1} /Widths [{' '.join(['600'] * len(text))}] /Resources << >> /ToUnicode 6 0 R"
        f" /Encoding << /Type /Encoding /Differences [{FIRST} {' '.join(names)}] >> /CharProcs << {procs} >> >>"
    )
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 100] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page.encode(),
        stream(f"BT /F1 20 Tf 20 50 Td <{shown}> Tj ET".encode()),
        font.encode(),
        stream(to_unicode(text, as_run)),
        *glyphs,
    ]
    data, offsets = b"%PDF-1.5\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % each for each in offsets)
    end = b"xref\n0 %d\n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    with open(name, "wb") as file:
        file.write(data + end % (len(offsets) + 1, table, len(offsets) + 1, len(data)))


def read(name: str) -> tuple[str, str, bytes]:
    """What two readers extract, and the page as it is painted."""
    page = pypdfium2.PdfDocument(name)[0]
    painted = bytes(page.render(scale=2).buffer)
    return page.get_textpage().get_text_range().strip(), extract_text(name).strip(), painted


changed = False
print("text   map      expected  seen by pdfium, pdfminer   painted alike")
for text, from_run in {"、。": "12", "《》": ":;", "一丁丂": "NOP", "①②③": "def", "（）": "\u00ff\u0100", "0123": "0123"}.items():
    for as_run in (True, False):
        write("before.pdf", text, as_run)
        subprocess.run(["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-sOutputFile=after.pdf", "before.pdf"], check=True)
        before, after = read("before.pdf"), read("after.pdf")
        alike = before[2] == after[2]
        print(f"{text}  {'bfrange' if as_run else 'bfchar '}  {text}  {after[0]!r}, {after[1]!r}  {alike}")
        described = from_run if as_run else text
        changed |= before[:2] != (text, text) or after[:2] != (described, described) or not alike
print("CHANGED: not as described above" if changed else "As described: runs of characters beyond U+00FF come out wrong, single ones right.")
sys.exit(int(changed))
PY
