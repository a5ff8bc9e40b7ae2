"""Characters that no reader sees, and white space that typesetting left."""

from __future__ import annotations

import re

from normalizers.rules.roles import EVERY, LEVELS, NAMES, PERSONS, REVIEWS, SENTENCES, VALUES
from normalizers.rules.rule import rule
from normalizers.vocabulary.characters import CLOSE_SET, HAN_RANGE
from normalizers.vocabulary.radicals import fold_radicals

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
_ODD_SPACE = re.compile(r"[\t\n\r\x0b\x0c\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_SPACES = re.compile(r" {2,}")
_BETWEEN_CHINESE = re.compile(rf"(?<=[{CLOSE_SET}]) +(?=[{CLOSE_SET}])")
_SINGLE_CHARACTERS = re.compile(r"^\S(?: +\S){1,4}$")
_DIRTY_EDGE = re.compile(r"^(?:[|｜_`~¦] ?([^|｜_`~¦]+)|([^|｜_`~¦]*[^|｜_`~¦\d .]) ?[|｜_`~¦])")
_EDGE_MARKS = re.compile(rf"^(?:[，。、；：！？,.;:!?'`’•·\-–_~^*] ?)+(?=[{HAN_RANGE}])|(?<=[{HAN_RANGE}]) ?[\-–_~^*•·'`]+$")



@rule(
    "text.invisible",
    EVERY,
    [("完成\u200b及时率", "完成及时率"), ("\ufeff8", "8"), ("≥\ufe0e", "≥"), ("95\x07%", "95%")],
    ["完成及时率", "a-b", "第一行 第二行"],
)
def invisible(text: str) -> str:
    """Characters without a shape (control, zero width, direction, variation) cannot be meant.

    Fonts of PDF printers and copied text carry them. Nothing visible is touched.
    """
    return _INVISIBLE.sub("", text)


@rule(
    "text.radicals",
    EVERY,
    [("⼀级指标", "一级指标"), ("⾦额", "金额"), ("⻓期", "长期"), ("⺠政局", "民政局"), ("\uf98e度", "年度")],
    ["一级指标", "㎡", "①", "Ⅱ级"],
)
def radicals(text: str) -> str:
    """A radical or a compatibility ideograph looks like its character and is another code point.

    Fonts embedded by PDF printers map glyphs so. Only these blocks are folded:
    ㎡, ① or Ⅱ are what the county wrote.
    """
    return fold_radicals(text)


@rule(
    "text.white-space",
    EVERY,
    [(" 8 ", "8"), ("Total\u00a0amount", "Total amount"), ("a  b", "a b"), ("\u3000\u3000促进 ", "促进")],
    ["a b", "95 %"],
)
def white_space(text: str) -> str:
    """White space of any kind and length is one space, none at the ends."""
    return _SPACES.sub(" ", _ODD_SPACE.sub(" ", text)).strip(" ")


@rule(
    "text.edge-dirt",
    SENTENCES | LEVELS | VALUES | {"level3", "unit", "operator", "fund"},
    [("|完成及时率", "完成及时率"), ("件_", "件"), ("达到标准值得满分｜", "达到标准值得满分"), ("`≥", "≥"), ("| 8", "8")],
    ["A|B", "|x|", "_", "|", "-8", "·", "3|"],
)
def edge_dirt(text: str) -> str:
    """A stroke of the grid or a speck read as | _ ` or ~ at the edge of a cell.

    Inside a text such a mark may divide two things, and between two of a kind it
    is notation; behind a digit it may be a 1.
    """
    found = _DIRTY_EDGE.fullmatch(text)
    return (found.group(1) or found.group(2)).strip() if found else text


@rule(
    "text.edge-marks",
    LEVELS | NAMES | {"level3", "unit", "explanation", "scoring_standard"},
    [
        ("-效益指标", "效益指标"),
        ("，水质达标率", "水质达标率"),
        ("• 服务对象满意率", "服务对象满意率"),
        ("水质达标率•", "水质达标率"),
        ("经费安排-", "经费安排"),
        ("得满分”", "得满分"),
    ],
    ["（一）完成建设", "未达到年度指标，", "完成。", "《条例》宣传", "“七五”普法", "-5", "PM2.5-", "—", "等……", "[105]教育部"],
)
def edge_marks(text: str) -> str:
    """A mark before the first Chinese character that can only follow one, or a dash, dot or quote without a partner.

    Specks and strokes of the grid on bad scans. Brackets, book titles and quotation
    marks open a text; a comma or full stop may end one; beside digits and letters
    every mark may mean something.
    """
    bare = _EDGE_MARKS.sub("", text)
    return bare[:-1] if len(bare) > 1 and bare.endswith("”") and "“" not in bare else bare


@rule(
    "text.chinese-spaces",
    EVERY - PERSONS - REVIEWS,
    [("达到或超过标准 值得满分", "达到或超过标准值得满分"), ("万 元", "万元"), ("得满分， 否则", "得满分，否则")],
    ["项目资金 (万元)", "95 %", "GB 2260", "项目资金 2", "开展 A 类培训"],
)
def chinese_spaces(text: str) -> str:
    """Chinese is written without spaces: one between two Chinese characters is a line break or a justified line.

    It touches nothing beside a letter or a digit. Persons are left out: a space
    may stand between two names.
    """
    return _BETWEEN_CHINESE.sub("", text)


@rule(
    "text.spaced-name",
    PERSONS | REVIEWS,
    [("王 芳", "王芳"), ("李 明 远", "李明远"), ("已 审", "已审")],
    ["王芳 李明", "同意 王芳", "王芳"],
)
def spaced_name(text: str) -> str:
    """A name set wide (王 芳) is one name when each part is a single character.

    王芳 李明 are two people and stay apart.
    """
    return text.replace(" ", "") if _SINGLE_CHARACTERS.match(text) and len(text.replace(" ", "")) <= 4 else text
