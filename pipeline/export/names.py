"""What columns and sheets are called for people."""

from __future__ import annotations

SHEETS = {"indicators": "指标", "tables": "表", "corrections": "修改", "findings": "待核", "failures": "失败", "grids": "其他表"}

CHINESE = {
    "document": "文件", "sha256": "内容摘要", "table_id": "表编号",
    "kind": "表类型", "title": "标题", "fiscal_year": "年度",
    "unit_name": "单位名称", "project_name": "项目名称",
    "department": "主管部门", "overall_goal": "年度总体目标", "row": "行",
    "level1": "一级指标", "level2": "二级指标", "level3": "三级指标", "operator": "指标类型", "value": "指标值",
    "value_number": "指标值（数）",
    "unit": "计量单位", "explanation": "指标解释",
    "scoring_standard": "评（扣）分标准", "remark": "备注", "indicator_id": "标准指标编号",
    "indicator_name": "标准指标名称", "match_score": "匹配度", "match_method": "匹配方式", "horizon": "期间",
    "actual_value": "实际完成值",
    "points": "分值", "score": "得分", "reason": "原因", "interim_value": "执行情况",
    "expected_value": "全年预计", "deviation": "偏差原因",
    "likelihood": "完成可能性", "status": "状态", "review": "需核对", "page_no": "页", "bbox": "位置",
    "funds_total": "年度资金总额（万元）",
    "funds_fiscal_appropriation": "财政拨款（万元）",
    "funds_carry_over": "上年结转（万元）", "funds_other": "其他资金（万元）",
    "business_review": "业务股室审核", "performance_review": "绩效股审核",
    "filled_by": "填表人", "phone": "联系电话", "filled_on": "填表日期",
    "responsible": "单位负责人", "indicators": "指标数", "blank_level2": "空白二级指标",
    "mid_term_total": "中期资金总额（万元）", "mid_term_fiscal_appropriation": "中期财政拨款（万元）",
    "mid_term_carry_over": "中期上年结转（万元）", "mid_term_other": "中期其他资金（万元）",
    "execution_initial_budget": "年初预算数（万元）", "execution_adjusted_budget": "全年预算数（万元）",
    "execution_executed": "执行数（万元）", "execution_expected": "全年预计执行数（万元）",
    "execution_rate": "执行率", "execution_points": "执行率分值", "execution_score": "执行率得分",
    "mid_term_goal": "中期目标", "actual_outcome": "实际完成情况", "total_score": "总分",
    "filing_unit": "填报单位", "filing_unit_source": "填报单位来源",
    "grid_id": "表格编号", "row_count": "行数", "column_count": "列数", "cell_count": "格数", "grid_row": "行号", "grid_column": "列号",
    "row_span": "占行", "column_span": "占列", "text": "文字", "number": "数值", "marks": "标记",
    "pages": "页码", "path": "路径", "rule": "规则",
    "before": "修改前", "after": "修改后", "code": "代码",
    "severity": "级别", "message": "说明", "way_out": "处理办法",
    "priority": "优先级", "field_name": "字段", "field": "字段代码",
    "raw": "识别原文", "proposal": "建议值", "confidence": "置信度", "also": "同因字段",
    "finding_id": "待核编号", "corrected_value": "更正值", "decision": "处理", "decision_reason": "理由", "reader": "读取方式",
}  # fmt: skip


def chinese_field(name: str | None) -> str | None:
    """What a field of a finding is called on the form: ``signoff/phone`` is 联系电话; a county's own label stays as it is.

    >>> chinese_field("funds/total"), chinese_field("value"), chinese_field("other/得分2"), chinese_field(None)
    ('年度资金总额（万元）', '指标值', '得分2', None)
    """
    if name is None:
        return None
    block, _, last = name.rpartition("/")
    block = block.split("/")[0].removesuffix("_funds").removeprefix("funds_")
    return CHINESE.get(f"{block}_{last}") or CHINESE.get(last, last.replace("~1", "/").replace("~0", "~"))

