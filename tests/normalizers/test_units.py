"""The vocabulary of units: spellings, dimensions, factors."""

from decimal import Decimal
from fractions import Fraction

import pytest

from normalizers.vocabulary.units import data_to_units, load_units


@pytest.mark.parametrize(
    ("filed", "name", "dimension"),
    [
        ("％", "%", "ratio"),
        ("百分比", "%", "ratio"),
        ("㎡", "平方米", "area"),
        ("m²", "平方米", "area"),
        ("万 元", "万元", "money"),
        ("（万元）", "万元", "money"),
        ("人／次", "人/次", "count"),
        ("台（套）", "台/套", "count"),
        ("km", "公里", "length"),
        ("m³", "立方米", "volume"),
        ("工作日", "工作日", "time"),
        ("kg", "公斤", "mass"),
        ("元/人·年", "元/人·年", "money"),
        ("级", "级", "other"),
    ],
)
def test_spelling_gives_unit_and_dimension(filed: str, name: str, dimension: str) -> None:
    units = load_units()
    assert units.known(filed)
    assert units.canonical(filed) == name
    assert units.dimension(filed) == dimension


@pytest.mark.parametrize("filed", ["服务对象满意率", "本年度该类工作的经费安排", "95", "", "项目"])
def test_other_words_are_no_unit(filed: str) -> None:
    assert not load_units().known(filed)
    assert load_units().dimension(filed) is None


@pytest.mark.parametrize("filed", ["非数量指标", "/", "—", "定性"])
def test_sentinel_stands_for_no_unit(filed: str) -> None:
    assert load_units().is_sentinel(filed)
    assert not load_units().known(filed)


@pytest.mark.parametrize(
    ("number", "unit", "base"),
    [
        ("8", "万元", "80000"),
        ("1.2", "亿元", "120000000"),
        ("3", "公里", "3000"),
        ("2", "公顷", "20000"),
        ("95", "％", "95"),
        ("5", "千元", "5000"),
    ],
)
def test_numbers_in_the_base_unit(number: str, unit: str, base: str) -> None:
    assert load_units().to_base(Decimal(number), unit) == Decimal(base)


def test_no_base_without_a_fixed_factor() -> None:
    assert load_units().to_base(Decimal(3), "件") is None
    assert load_units().to_base(Decimal(3), "元/人") is None


@pytest.mark.parametrize(
    ("unit", "base", "factor"),
    [
        ("亩", "平方米", "2000/3"), ("万亩", "平方米", "20000000/3"), ("公里", "米", "1000"), ("万元", "元", "10000"),
        ("万人次", "人次", "10000"), ("百人", "人", "100"), ("人次", "人次", "1"), ("％", "%", "1"),
        ("‰", "%", "1/10"), ("1/10万", "%", "1/1000"), ("台(套)", "台/套", "1"), ("万元/公里", "元/公里", "10000"),
        ("万元/人/年", "元/人/年", "10000"), ("平方米/人", "平方米/人", "1"), ("万亩次", "亩次", "10000"), ("毫克/升", "毫克/升", "1"),
        ("小时/天", "小时/天", "1"), ("月", "月", "1"), ("分", "分", "1"), ("千克", "公斤", "1"),
        ("千瓦", "千瓦", "1"),
    ],
)  # fmt: skip
def test_every_unit_has_one_in_which_its_like_are_compared(unit: str, base: str, factor: str) -> None:
    assert load_units().base_of(unit) == (base, Fraction(factor))


@pytest.mark.parametrize("unit", ["非数量指标", "/", "", "不是单位"])
def test_what_is_no_unit_has_none(unit: str) -> None:
    assert load_units().base_of(unit) is None


def test_every_spelling_is_known_or_a_sentinel() -> None:
    units = load_units()
    assert all(units.known(each) or units.is_sentinel(each) for each in units.all_spellings())


def test_an_alias_of_two_units_is_an_error() -> None:
    empty = {name: {"names": []} for name in ("money", "ratio", "count", "time", "length", "area", "volume", "mass", "other")}
    data = empty | {"money": {"names": ["元"], "aliases": {"块": "元"}}, "count": {"names": ["块"]}, "sentinels": {"names": []}}
    with pytest.raises(ValueError, match="块"):
        data_to_units(data)
