"""Names of offices: which text is one for certain, which two are the same, and which of two stands above the other."""

from __future__ import annotations

import re

from normalizers.grids.office import is_office
from normalizers.vocabulary.characters import HAN_RANGE, folded

_PLACES = "省市县区州旗镇乡盟"
# Words of collections, of letters and of several offices; none of them is in the name of one.
_NOT_ONE = re.compile(
    r"[各全]|[省市县区]直|直属|下属|所属|系统|乡镇|公立|民办|民营|其[他它]|汇总|关于|批复|上报|报送|下达|转发|部门|单位|项目|经费|资金|清单|资料|材料|附件"
)
# A second name inside: 云田县财政局教育局. An office that belongs to a bureau is called after it, a bureau is not.
_BUREAU = re.compile(r"(局|厅|委|委员会|政府|办公室)$")
_INNER = re.compile(r"(局|厅|委员会|办公室|学校|中学|小学|医院|中心)(?=.)")
# Those who hold forms of others: they approve, check, judge or keep them.
_COLLECTS = re.compile(r"财政|审计|国库|采购|档案|人大|人民代表|巡[察视]|纪委|纪检|监察|评审|评价|绩效|事务所|督查")
# What calls itself so in the name of a folder is a subject, a partner or an adviser as often as an office.
_NO_FOLDER = re.compile(r"(公司|协会|研究院|研究所|街道|社|馆)$")
_PUBLIC_HOUSE = re.compile(r"(供销合作社|供销社|图书馆|文化馆|博物馆|档案馆|美术馆|体育馆|科技馆|纪念馆)$")
_PLACE_BEFORE = re.compile(rf"^[{HAN_RANGE}]*[{_PLACES}]$")
# 主管部门及代码 gives a number beside the name: [105]教育部, 305001-云田县水利局.
_CODE = re.compile(r"^[\[【(（]?\d+[\]】)）]?[-—_:：\s]*|(?<![-—_:：\s])[-—_:：\s]*(?<!\d)[\[【(（]?\d+[\]】)）]?$")


def to_one_office(text: str) -> str:
    """The name where a text is the name of one office and nothing else; else empty.

    >>> to_one_office("[105]云田县教育局"), to_one_office("云田县财政局云田县教育局"), to_one_office("县直各局")
    ('云田县教育局', '', '')
    """
    name = _CODE.sub("", "".join(text.split()))
    if not is_office(name) or _NOT_ONE.search(name):
        return ""
    return "" if _BUREAU.search(name) and _INNER.search(name[:-1].removesuffix("办公")) and not name.endswith("政府办公室") else name


def to_office_of_path(text: str) -> str:
    """The name where what a folder or a file is called leaves no doubt that an office is meant.

    >>> to_office_of_path("云田县水利局"), to_office_of_path("云田县第一中学"), to_office_of_path("老城区街道")
    ('云田县水利局', '云田县第一中学', '')
    """
    name = to_one_office(text)
    if not name or (_NO_FOLDER.search(name) and not _PUBLIC_HOUSE.search(name)):
        return ""
    return name if any(char in _PLACES for char in name[:-2]) or re.search(r"(局|厅|委员会)$", name) else ""


def is_same_office(one: str, other: str) -> bool:
    """True for the same name, or one that leaves out the place.

    >>> is_same_office("司法局", "云田县司法局"), is_same_office("县医院", "云田县中医院"), is_same_office("岭北县司法局", "云田县司法局")
    (True, False, False)
    """
    short, long = sorted((folded(one), folded(other)), key=len)
    return short == long or (long.endswith(short) and bool(_PLACE_BEFORE.match(long[: -len(short)])))


def is_bureau(name: str) -> bool:
    """An office with a budget of its own right below the government."""
    return bool(_BUREAU.search(name))


def collects(name: str) -> bool:
    """An office that has forms of others."""
    return bool(_COLLECTS.search(name))


def may_stand_above(name: str, below: str) -> bool:
    """True where ``name`` may be the office that ``below`` belongs to, or that gathers its forms."""
    return collects(name) or (is_bureau(name) and not is_bureau(below))
