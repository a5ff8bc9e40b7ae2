"""Words and short cells under a seal, mended by what the row and the document say besides; a person is always asked."""

from __future__ import annotations

import pytest

from extractors.model import BBox, Cell, Document, TextLine, Word
from normalizers.doubts.witnesses import DOUBT
from normalizers.forms.segments import Row
from normalizers.forms.signoff import read_signoff_lines
from normalizers.forms.signoff_rows import is_signoff_row, read_signoff_rows
from normalizers.matching.taxonomy import load_taxonomy
from normalizers.record import Field, Finding, IndicatorRow, TargetTable
from normalizers.rules import doubted_words, sealed_row, sentences
from normalizers.rules.readings import choose_reading
from normalizers.rules.table_rule import Context, TableRule, document_to_context
from normalizers.vocabulary.label_keys import label_key
from normalizers.vocabulary.labels import load_labels
from tests.engines import origin_of_engine

BOX = BBox(0, 0, 10, 10)
PASS = "达到或超过标准值得满分"
PROPORTIONAL = "完成值大于等于目标值得满分，完成值小于目标值，指标得分=目标值完成率*指标分值"


def field(text: str, sealed: bool = False, engine: str = "ocr") -> Field:
    cell = Cell(range(1), range(1), text, 1, engine=engine, origin=origin_of_engine(engine), marks=("seal",) if sealed else ())
    return Field(text, text, cell=cell)


def rows_to_table(*rows: dict[str, Field]) -> TargetTable:
    return TargetTable("project", {}, [IndicatorRow(dict(row)) for row in rows], [], [1], has_funds=True)


def mended(rule: TableRule, name: str, context: Context | None = None, **row: Field) -> str:
    """The field after the rule; a change must leave a finding for a person."""
    table = rows_to_table(row)
    before = row[name].text
    rule.apply(table, context or Context())
    after = table.rows[0].text(name)
    assert (after != before) == any(found.severity == "review" for found in table.findings)
    return after


@pytest.mark.parametrize(
    ("first", "second", "sealed", "after"),
    [
        ("产出指标", "数囊指标", True, "数量指标"),
        ("产出指标", "数囊指标", False, "数囊指标"),
        ("效益指标", "奇社会兼盗指标尚", True, "社会效益指标"),
        ("", "社会兼盗指标", True, "社会兼盗指标"),
        ("效益指标", "可持辣是喇指频", True, "可持续影响指标"),
        ("产出指标", "运行成本", True, "运行成本"),
    ],
)
def test_a_second_level_is_the_one_that_most_is_left_of(first: str, second: str, sealed: bool, after: str) -> None:
    assert mended(doubted_words.level_name, "level2", level1=field(first), level2=field(second, sealed)) == after


def test_a_first_level_under_a_seal_is_that_of_its_second() -> None:
    assert mended(doubted_words.level_name, "level1", level1=field("效益指标GV", True), level2=field("可持续影响指标")) == "效益指标"
    assert mended(doubted_words.level_name, "level1", level1=field("某某", True), level2=field("可持续影响指标")) == "某某"


def test_a_damaged_wording_is_one_that_another_row_has() -> None:
    context = Context(rows=({"scoring_standard": PASS}, {"scoring_standard": PROPORTIONAL}))
    damaged = "达到或超过标海通分"
    assert mended(doubted_words.wording, "scoring_standard", context, scoring_standard=field(damaged, True)) == PASS
    assert mended(doubted_words.wording, "scoring_standard", context, scoring_standard=field(damaged)) == damaged
    assert mended(doubted_words.wording, "scoring_standard", scoring_standard=field(damaged, True)) == damaged


def test_a_sign_of_a_formula_that_another_row_has_comes_back() -> None:
    context = Context(rows=({"scoring_standard": PROPORTIONAL},))
    short = PROPORTIONAL.replace("*", "")
    assert mended(doubted_words.wording, "scoring_standard", context, scoring_standard=field(short)) == PROPORTIONAL
    assert mended(doubted_words.wording, "scoring_standard", context, scoring_standard=field(short, engine="transcript")) == short
    assert mended(doubted_words.wording, "scoring_standard", scoring_standard=field(short)) == short


def test_a_wording_that_slipped_into_the_remarks_goes_back() -> None:
    context = Context(rows=({"scoring_standard": PASS},))
    table = rows_to_table({"scoring_standard": field(""), "remark": field("达到遗超过标准值分", True)})
    doubted_words.wording.apply(table, context)
    assert (table.rows[0].text("scoring_standard"), table.rows[0].text("remark")) == (PASS, "")
    assert table.findings[0].path == "indicators/0/scoring_standard"


@pytest.mark.parametrize("twin_is_doubted", [False, True])
def test_a_doubted_sentence_is_that_of_its_twin(twin_is_doubted: bool) -> None:
    twin = rows_to_table({"level3": field("改造小区数量"), "explanation": field("完成改造的老旧小区数量")})
    if twin_is_doubted:
        twin.findings.append(Finding("indicators/0/explanation", DOUBT, "review", "read with confidence 0.43 only"))
    context = document_to_context(Document("a.pdf", "", "", [], []), [twin])
    table = rows_to_table({"level3": field("改造小区数量"), "explanation": field("完成改造的老旧小区数尉")})
    table.findings.append(Finding("indicators/0/explanation", DOUBT, "review", "read with confidence 0.43 only"))
    doubted_words.same_sentence.apply(table, context)
    assert table.rows[0].text("explanation") == ("完成改造的老旧小区数尉" if twin_is_doubted else "完成改造的老旧小区数量")


@pytest.mark.parametrize(
    ("name", "text", "sealed", "after"),
    [
        ("explanation", "务对象满意率一", True, "服务对象满意率"),
        ("explanation", "务对象满意率一", False, "务对象满意率一"),
        ("explanation", "就餐老人的意见", True, "就餐老人的意见"),
    ],
)
def test_an_explanation_under_a_seal_may_repeat_the_name(name: str, text: str, sealed: bool, after: str) -> None:
    assert mended(doubted_words.same_sentence, name, level3=field("服务对象满意率"), explanation=field(text, sealed)) == after


def test_a_name_of_the_library_with_dirt_behind_it() -> None:
    context = Context(known_names=frozenset({"结果公示及时率"}))
    assert mended(doubted_words.same_sentence, "level3", context, level3=field("结果公示及时率忆出", True)) == "结果公示及时率"
    assert mended(doubted_words.same_sentence, "level3", context, level3=field("结果公示及时率忆出")) == "结果公示及时率忆出"


@pytest.mark.parametrize(
    ("text", "after"),
    [("改造小区数景", "改造小区数量"), ("新增绿化而积", "新增绿化面积"), ("养护里程", "养护里程"), ("某甲乙丙丁", "某甲乙丙丁")],
)
def test_a_look_alike_that_makes_words_with_its_neighbours(text: str, after: str) -> None:
    context = Context(pairs=frozenset({"数量", "区数", "面积", "化面", "养护", "护里", "里程"}))
    assert mended(doubted_words.look_alike, "level3", context, level3=field(text, True)) == after
    assert mended(doubted_words.look_alike, "level3", context, level3=field(text)) == text


@pytest.mark.parametrize(
    ("text", "after"),
    [("91036122服务对象满意度", "服务对象满意度"), ("r全年完成的抽检批次", "全年完成的抽检批次"), ("达到80%以上", "达到80%以上")],
)
def test_dirt_at_the_edges_of_a_sentence(text: str, after: str) -> None:
    assert mended(doubted_words.edge_dirt, "explanation", explanation=field(text, True)) == after
    assert mended(doubted_words.edge_dirt, "explanation", explanation=field(text)) == text


def test_marks_that_no_other_row_has() -> None:
    odd = PROPORTIONAL.replace("，指标得分", "；指标得分")
    for engine, after in (("ocr", PROPORTIONAL), ("transcript", odd)):
        rows = [{"scoring_standard": field(text, engine=engine)} for text in (PROPORTIONAL, odd, PROPORTIONAL)]
        table = rows_to_table(*rows)
        doubted_words.own_marks.apply(table, Context())
        assert table.rows[1].text("scoring_standard") == after


def test_a_sentence_of_a_goal_that_another_form_repeats() -> None:
    goal = field("支持老年食堂平稳运营。按照年度】作要点分批实施，年底前全部验收。", True)
    table = TargetTable("project", {"overall_goal": goal}, [], [], [1])
    other = "1、做好抽检。2、按照年度工作要点分批实施，年底前全部验收。"
    doubted_words.goal.apply(table, Context(texts=(("table 2/overall_goal", other),)))
    assert table.text("overall_goal") == "支持老年食堂平稳运营。按照年度工作要点分批实施，年底前全部验收。"


def full_row() -> dict[str, Field]:
    return {"level2": field("数量指标"), "level3": field("抽检批次"), "value": field("30"), "explanation": field("全年抽检批次")}


def test_a_blank_row_with_ink_of_a_seal_is_blank() -> None:
    blank = {"level2": field("社会成本指标"), "level3": field(""), "value": field("点中", True), "explanation": field("")}
    table = rows_to_table(full_row(), blank, full_row())
    sealed_row.ink_in_blank_row.apply(table, Context())
    assert table.rows[1].text("value") == ""
    assert [found.path for found in table.findings] == ["indicators/1"]


@pytest.mark.parametrize(
    "change",
    [
        {"explanation": field("全年发生的事故")},
        {"value": field("点中")},
        {"explanation": field("", True), "level3": field("", True)},
        {"level3": field("法律援助案件数", True)},
    ],
)
def test_a_row_that_may_hold_an_indicator_stays(change: dict[str, Field]) -> None:
    row = {"level2": field("社会成本指标"), "level3": field(""), "value": field("点中", True), "explanation": field("")} | change
    table = rows_to_table(full_row(), row, full_row())
    sealed_row.ink_in_blank_row.apply(table, Context(known_names=frozenset({"法律援助案件数"})))
    assert table.rows[1].text("value") == "点中" and not table.findings


@pytest.mark.parametrize(
    ("text", "operator", "sealed", "after"),
    [
        ("84 森", "≥", True, "84"),
        ("84 森", "≥", False, "84 森"),
        ("i7", "≥", True, "i7"),
        ("3 5", "≥", True, "3 5"),
        ("11基本解决w", "定性", True, "基本解决"),
        ("11基本解决w", "大性à", True, "基本解决"),
    ],
)
def test_a_value_in_dirt(text: str, operator: str, sealed: bool, after: str) -> None:
    assert mended(sealed_row.value_in_dirt, "value", operator=field(operator), value=field(text, sealed)) == after


@pytest.mark.parametrize(("text", "after"), [("2 f", "12"), ("95", "95"), ("12", "12")])
def test_a_value_that_lost_figures_is_that_of_its_twin(text: str, after: str) -> None:
    context = Context(rows=({"level3": "抽检批次", "value": "12"},))
    assert mended(sealed_row.value_by_twin, "value", context, level3=field("抽检批次"), value=field(text, True)) == after


@pytest.mark.parametrize(
    ("text", "value", "scoring", "after"),
    [
        ("B通、", "30", PROPORTIONAL, "≥"),
        ("法大性E", "基本解决", PASS, "定性"),
        ("二•", "100", PROPORTIONAL, "="),
        ("く二", "30", "全部完成得满分", "く二"),
    ],
)
def test_an_illegible_operator(text: str, value: str, scoring: str, after: str) -> None:
    row = {"operator": field(text, True), "value": field(value), "scoring_standard": field(scoring)}
    filed = {name: field(each.text, engine="transcript") for name, each in row.items()}
    assert mended(sealed_row.operator, "operator", None, **row) == after
    assert mended(sealed_row.operator, "operator", None, **filed) == text


def test_an_illegible_operator_is_that_of_the_twin_before_the_scoring_standard() -> None:
    context = Context(rows=({"level3": "抽检批次", "operator": "="},))
    row = {"level3": field("抽检批次"), "operator": field("茹", True), "value": field("30"), "scoring_standard": field(PROPORTIONAL)}
    assert mended(sealed_row.operator, "operator", context, **row) == "="


@pytest.mark.parametrize(
    ("name", "value", "text", "after"),
    [
        ("就餐老人满意率", "91", "•% 一5", "%"),
        ("防疫头数", "300", "S头", "头"),
        ("某某量", "300", "项%的", "项%的"),
        ("法律援助案件数", "300", "程", "件"),
        ("某某数", "300", "蛮", "蛮"),
    ],
)
def test_an_illegible_unit(name: str, value: str, text: str, after: str) -> None:
    library = {label_key(each): entry for entry in load_taxonomy().indicators for each in entry.spellings()}
    row = {"level3": field(name), "operator": field("≥"), "value": field(value)}
    assert mended(sealed_row.unit, "unit", Context(library=library), unit=field(text, True), **row) == after
    assert mended(sealed_row.unit, "unit", Context(library=library), unit=field(text), **row) == text


def sign_off(*words: tuple[str, float]) -> dict[str, Field]:
    made = tuple(Word(text, BOX, confidence) for text, confidence in words)
    line = TextLine(" ".join(text for text, _ in words), 1, BOX, min(sure for _, sure in words), made)
    return read_signoff_lines([line], load_labels(), "ocr")[0]


def test_a_damaged_label_gives_the_name_behind_it() -> None:
    for damaged in ("分责人：甲乙丙", "单位负责甲乙丙", "【委负责人：甲乙丙"):
        found = sign_off(("填表日期：2031.10.2", 0.99), (damaged, 0.4))
        assert (found["signoff/responsible"].text, found["signoff/filled_on"].text) == ("甲乙丙", "2031.10.2")
        assert found["signoff/responsible"].source is not None and found["signoff/responsible"].source.confidence <= 0.5


def test_a_sure_word_is_no_damaged_label() -> None:
    assert "signoff/responsible" not in sign_off(("填表日期：2031.10.2", 0.99), ("分责人甲乙丙", 0.95))


def test_a_whole_date_keeps_no_dirt_behind_it_and_is_doubted() -> None:
    found = sign_off(("填表日期：2031.10.2", 0.99), ("位身三", 0.4))["signoff/filled_on"]
    assert found.text == "2031.10.2" and found.source is not None and found.source.confidence <= 0.5


def cell(text: str, col: int) -> Cell:
    return Cell(range(1), range(col, col + 1), text, 1, engine="ocr", origin="picture")


def test_a_row_of_reviews_is_known_by_its_second_label() -> None:
    row = Row([cell("业务股幸电核：", 0), cell("已阅", 1), cell("绩效股审核：", 2), cell("", 3)], 0, None, 0, 4)
    assert is_signoff_row(row, load_labels())
    found = read_signoff_rows([row], load_labels())
    fields, others = found.fields, found.others
    assert others["业务股幸电核"].text == "已阅"
    assert fields["signoff/performance_review"].text == ""


def test_a_count_names_its_unit() -> None:
    row = {"level3": field("某地某某座数"), "operator": field("≥"), "value": field("24")}
    assert mended(sealed_row.unit, "unit", None, unit=field("程", True), **row) == "座"


def test_a_name_with_a_traditional_character_needs_a_look() -> None:
    read = field("不合格产品处實率")
    found = choose_reading(read, "level3")
    assert read.text == "不合格产品处实率"
    assert [each.code for each in found] == ["reading.odd-name"]
    assert not choose_reading(field("不合格产品处置率"), "level3")


def test_two_spellings_of_one_name_with_one_target() -> None:
    same = {"operator": "≥", "value": "100", "unit": "%"}
    row = {"level3": field("不合格产品处翼率")} | {name: field(text) for name, text in same.items()}
    for other, asked in (("不合格产品处实率", 1), ("不合格产品检出率", 0), ("不合格产品处翼率", 0)):
        table = rows_to_table(dict(row))
        sentences.one_off.apply(table, Context(rows=({"level3": other} | same,)))
        assert len(table.findings) == asked
    table = rows_to_table(dict(row))
    sentences.one_off.apply(table, Context(rows=({"level3": "不合格产品处实率"} | same | {"value": "95"},)))
    assert not table.findings
