"""Titles of forms: what is one, and which year it names."""

from __future__ import annotations

import re
import unicodedata

from extractors.tables.stitch import says_it_goes_on
from normalizers.record import Field
from normalizers.vocabulary.label_keys import plain
from normalizers.vocabulary.labels import Labels

_HAN_YEAR = "[二两][〇零○ＯOo0][〇零○ＯOo0一二三四五六七八九]{2}"
_YEAR = re.compile(rf"^[(（\[【]?\s*(?:(?:19|20)\d\s?\d|{_HAN_YEAR})\s*[)）\]】]?\s*年?\s*度?\s*[)）\]】]?$")
_NAMED_YEAR = re.compile(rf"(?<!\d)((?:19|20)\d\d|{_HAN_YEAR})年|[(（\[【]((?:19|20)\d\d)[)）\]】]年?度?")
# What may stand behind the name of a form: its year, a note in brackets, the number of a copy.
_BEHIND = re.compile(rf"(?:[(（\[【][^()（）【】]{{1,20}}[)）\]】]|(?:(?:19|20)\d\d|{_HAN_YEAR})年度?|[一二三四五六七八九十\d]{{1,2}})$")
_ATTACHMENT = re.compile(r"^(附件|附表|表)[\d一二三四五六七八九十－-]*[:：]")
# A scan may lose the blank between the two: 附表32031年度….
_NUMBER_OF_ATTACHMENT = re.compile(r"^(?:附件|附表|表)\s*\d{1,2}\s*(?=(?:19|20)\d\d\s*年)")
_NAME = re.compile(r"(绩效.{0,12}(表|目标|书)$|绩效目标.{0,8}表|(自评|评价|监控|监测|跟踪|申报|审批|批复|完成情况).{0,4}表$)")
_SENTENCE = re.compile(r"[。；;：:？！]")
# 列表, 附表, 见上表 and the like end a sentence or a reference.
_ANY_TABLE = re.compile(r"^[^。；;，,：:]+[^列附见下上如本该此填代]表$")
_LONGEST = 60
_PAGE_NUMBER = re.compile(r"^[-—–\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[共/]\s*(?:第\s*)?\d{1,4}(?:\s*页)?)?[-—–\s]*$")


def is_title(text: str, labels: Labels) -> bool:
    """A form's title: 绩效…表 or the words of a user's template before 表, whatever year or bracket stands around it.

    >>> from normalizers.vocabulary.labels import load_labels
    >>> [is_title(each, load_labels()) for each in ("整体支出绩效自评表（2027年度）", "绩效目标批复表（本级）", "见绩效自评表。")]
    [True, True, False]
    """
    squeezed = re.sub(r"\s", "", plain(text))
    if len(squeezed) > _LONGEST:
        return False
    name = _without_rest(squeezed)
    # 附件2：… before a title is no sentence.
    if len(name) < 3 or _SENTENCE.search(_ATTACHMENT.sub("", name)):
        return False
    own = name.endswith("表") and any(word in squeezed for word in labels.titles)
    return own or bool(_NAME.search(name))


def _without_rest(squeezed: str) -> str:
    """The title without what stands behind its name."""
    name = squeezed
    while (shorter := _BEHIND.sub("", name)) != name and shorter:
        name = shorter
    return name


def is_year_line(text: str) -> bool:
    """Nothing but the year of the form: (2024)年度, 2024) 年度, 2024 年度, 二〇二四年度."""
    return bool(_YEAR.match(unicodedata.normalize("NFKC", plain(text)).strip()))


def year_of_title(title: Field) -> dict[str, Field]:
    """The year that a title without a line for it names; none when it names two."""
    # The number of an attachment may stand before the year: 附表3 2031年度….
    text = _NUMBER_OF_ATTACHMENT.sub("", unicodedata.normalize("NFKC", plain(title.text)).strip())
    found = _NAMED_YEAR.findall(re.sub(r"\s+(?=年)", "", text)) or _NAMED_YEAR.findall(re.sub(r"\s", "", text))
    years = {year for pair in found for year in pair if year}
    if len(years) != 1:
        return {}
    field = Field(title.text, title.text, source=title.source)
    field.change("layout.year-from-title", years.pop())
    return {"fiscal_year": field}


def is_page_mark(text: str) -> bool:
    """True for a line that holds nothing but the number of its page, or that the form goes on over it: 第 2 页, 续表, （接上页）.

    >>> [is_page_mark(each) for each in ("— 2 —", "第2页 共3页", "续表", "项目支出绩效自评表（续）", "（2031年度）")]
    [True, True, True, True, False]
    """
    bare = text.strip()
    return bool(_PAGE_NUMBER.match(bare)) or (len(bare) <= _LONGEST and says_it_goes_on(bare) and not _SENTENCE.search(bare))


def names_a_table(text: str) -> bool:
    """The name of any table, a form or not: 收支总表, 一般公共预算支出情况表（续）."""
    squeezed = re.sub(r"\s", "", plain(text))
    return 3 <= len(squeezed) <= _LONGEST and bool(_ANY_TABLE.search(_without_rest(squeezed)))
