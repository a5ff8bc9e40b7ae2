"""Every code is said in Chinese, too; no word of English in it."""

from __future__ import annotations

import re

from normalizers.codebook import in_chinese, known_codes
from normalizers.vocabulary.bundled import bundled


def test_the_chinese_book_has_every_code_and_no_other() -> None:
    written = {f"{family}.{what}" for family, entries in bundled("codes.zh-CN.toml").items() for what in entries}
    assert written == set(known_codes())


def test_what_is_said_is_a_sentence_in_chinese() -> None:
    for code in known_codes():
        text = in_chinese(code)
        assert text.endswith(("。", "？")) and not re.search(r"[A-Za-z]{2,} [a-z]{2,}", text), code


def test_an_unknown_code_is_said_as_it_is() -> None:
    assert in_chinese("nobody.knows") == "nobody.knows"
