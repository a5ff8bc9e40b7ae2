"""The report as one HTML file that needs nothing else and prints well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any

from pipeline.report.bound import upper_bound
from pipeline.report.collect import Collected

_MOST_LINES = 300
_STYLE = Path(__file__).with_name("report.css").read_text(encoding="utf-8")
_KINDS = {
    "overall": "整体绩效目标", "project": "项目绩效目标", "self_evaluation": "绩效自评", "monitoring": "绩效监控", "application": "申报",
}  # fmt: skip


def report_page(
    found: Collected, name: str, when: str, sample: tuple[int, int, int], changes: Sequence[dict[str, Any]], before: dict[str, int]
) -> str:
    """The whole page.

    Args:
        name: what the dataset is called.
        when: the day of the report.
        sample: values drawn, judged by a person, and wrong among these.
        changes: lines of ``history.csv`` since the last report.
        before: the figures of the last report; empty for none.
    """
    parts = [
        f"<h1>绩效目标数据集报告</h1><p class=note>{escape(name)} · {escape(when)}</p>",
        _figures(found, before),
        _trust(found, *sample),
        _coverage(found),
        _money(found),
        _findings(found),
        _corrections(found),
        _unmapped(found),
        _failures(found),
        _changes(changes),
    ]
    head = f'<meta charset="utf-8"><title>绩效目标数据集报告</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="zh-CN">{head}{"".join(parts)}</html>\n'


def figures_of(found: Collected) -> dict[str, int]:
    """What the next report compares itself with."""
    return {
        "文件": len(found.documents), "表": sum(found.kinds.values()), "指标行": found.rows,
        "待人核对": sum(found.review.values()), "已更正": sum(found.corrections.values()), "未能读取": found.failure_count,
    }  # fmt: skip


def _figures(found: Collected, before: dict[str, int]) -> str:
    def one(label: str, count: int) -> str:
        change = count - before.get(label, count)
        return f"<div><b>{count:,}</b>{label}" + (f" <span class=note>{change:+,}</span>" if change else "") + "</div>"

    return f"<div class=figures>{''.join(one(label, count) for label, count in figures_of(found).items())}</div>"


def _trust(found: Collected, drawn: int, seen: int, wrong: int) -> str:
    if not seen:
        text = "尚未抽样核对。运行 <code>jixiao sample</code> 抽取未标记的值，在核对页逐条看过后，这里给出静默错误率的 95% 置信上限。"
        return f"<h2>可信程度</h2><p class=trust>{text}</p>"
    bound = upper_bound(wrong, seen)
    rest = f"还有 {drawn - seen} 个抽中的值未看。" if drawn > seen else ""
    seen_text = f"抽取未标记的值 {drawn} 个，已由人核对 {seen} 个，其中 {wrong} 个错误"
    text = f"{seen_text}：未标记的值中，错误率的 95% 置信上限为 <b>{bound:.2%}</b>（精确二项分布）。{rest}"
    return f"<h2>可信程度</h2><p class=trust>{text}</p>"


def _coverage(found: Collected) -> str:
    kinds = _bars(Counter({_KINDS.get(name, name): count for name, count in found.kinds.items()}))
    years = _bars(Counter({name or "（无年度）": count for name, count in sorted(found.years.items())}), by_count=False)
    return f"<h2>表类与年度</h2>{kinds}{years}"


def _money(found: Collected) -> str:
    lines = [
        [
            unit or "（未写明单位）", year, each.forms, each.projects, f"{each.money:,.2f}",
            each.without_total or "", each.not_adding_up or "", each.for_a_person or "",
        ]
        for (unit, year), each in sorted(found.units.items())
    ]
    heads = ["单位", "年度", "表", "项目", "项目资金（万元）", "缺总额", "合计不符", "待核"]
    return "<h2>各单位、各年度</h2>" + _table(heads, lines, first_number=2)


def _findings(found: Collected) -> str:
    from normalizers.codebook import in_chinese

    codes = sorted(found.review | found.info, key=lambda code: (-found.review[code], -found.info[code], code))
    lines = [[code, in_chinese(code), found.review[code] or "", found.info[code] or ""] for code in codes]
    return "<h2>发现</h2>" + _table(["代码", "含义", "待人核对", "仅记录"], lines, first_number=2)


def _corrections(found: Collected) -> str:
    from normalizers.codebook import in_chinese

    lines = [[rule, in_chinese(rule), _examples(found.examples[rule]), count] for rule, count in found.corrections.most_common()]
    return "<h2>按规则更正</h2>" + _table(["规则", "做了什么", "例", "次数"], lines, first_number=3)


def _examples(pairs: Iterable[tuple[str, str]]) -> str:
    return "；".join(f"{before or '（空）'} → {after or '（空）'}" for before, after in _short(pairs))


def _short(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(before if len(before) < 40 else before[:38] + "…", after if len(after) < 40 else after[:38] + "…") for before, after in pairs]


def _unmapped(found: Collected) -> str:
    total = sum(found.methods.values())
    share = f"{found.methods['unmapped'] / total:.1%}" if total else "0"
    lines = [[name, count] for name, count in found.unmapped.most_common(_MOST_LINES)]
    return f"<h2>未对应标准指标的名称</h2><p class=note>{share} 的指标行未对应。</p>" + _table(["名称", "行数"], lines, first_number=1)


def _failures(found: Collected) -> str:
    lines = [[each["path"], each["code"], each["reason"], each["way_out"]] for each in found.failures]
    return "<h2>未能读取的文件</h2>" + (_table(["文件", "代码", "原因", "处理办法"], lines) if lines else "<p class=note>无。</p>")


def _changes(changes: Sequence[dict[str, Any]]) -> str:
    lines = [[each.get("when", "")[:19], each.get("path", ""), each.get("why", ""), each.get("by", "")] for each in changes]
    listed = _table(["时间", "文件", "变动", "由"], lines) if lines else "<p class=note>无文件离开或被替换。</p>"
    return f"<h2>上次报告以来的变动</h2>{listed}"


def _table(heads: Sequence[str], lines: Sequence[Sequence[Any]], first_number: int = 99) -> str:
    def row(tag: str, cells: Sequence[Any]) -> str:
        marks = [" class=n" if index >= first_number else "" for index in range(len(cells))]
        return f"<tr>{''.join(f'<{tag}{mark}>{escape(str(cell))}</{tag}>' for mark, cell in zip(marks, cells, strict=True))}</tr>"

    more = f"<p class=note>另有 {len(lines) - _MOST_LINES} 行未列出。</p>" if len(lines) > _MOST_LINES else ""
    return f"<table>{row('th', heads)}{''.join(row('td', line) for line in lines[:_MOST_LINES])}</table>{more}"


def _bars(counts: Counter[str], by_count: bool = True) -> str:
    """Bars of equal scale with their labels and counts."""
    pairs = counts.most_common(20) if by_count else list(counts.items())[-20:]
    most = max((count for _, count in pairs), default=1)
    lines = [_bar(22 * k, label[:14], count, round(600 * count / most)) for k, (label, count) in enumerate(pairs)]
    return f'<svg viewBox="0 0 860 {22 * len(pairs) + 4}" width="100%" role="img">{"".join(lines)}</svg>'


def _bar(top: int, label: str, count: int, length: int) -> str:
    shown = f'<text x="0" y="{top + 14}">{escape(label)}</text><text x="{178 + length}" y="{top + 14}">{count:,}</text>'
    return f'{shown}<rect class="bar" x="170" y="{top + 3}" width="{max(1, length)}" height="14"/>'
