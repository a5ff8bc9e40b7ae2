"""What columns and sheets are called for people."""

from __future__ import annotations

from normalizers.contract import CONTRACT

SHEETS = {"indicators": "指标", "tables": "表", "corrections": "修改", "findings": "待核", "failures": "失败", "grids": "其他表"}

# What the program says beside the fields of the form, whose headings stand in the contract.
_BESIDE = {
    "document": "文件",
    "sha256": "内容摘要",
    "table_id": "表编号",
    "kind": "表类型",
    "row": "行",
    "value_number": "指标值（数）",
    "value_base": "指标值（基准单位）",
    "unit_base": "基准单位",
    "indicator_id": "标准指标编号",
    "indicator_name": "标准指标名称",
    "match_score": "匹配度",
    "match_method": "匹配方式",
    "status": "状态",
    "review": "需核对",
    "page_no": "页",
    "bbox": "位置",
    "indicators": "指标数",
    "blank_level2": "空白二级指标",
    "filing_unit": "填报单位",
    "filing_unit_source": "填报单位来源",
    "grid_id": "表格编号",
    "row_count": "行数",
    "column_count": "列数",
    "cell_count": "格数",
    "grid_row": "行号",
    "grid_column": "列号",
    "row_span": "占行",
    "column_span": "占列",
    "text": "文字",
    "number": "数值",
    "marks": "标记",
    "pages": "页码",
    "path": "路径",
    "rule": "规则",
    "before": "修改前",
    "after": "修改后",
    "code": "代码",
    "severity": "级别",
    "message": "说明",
    "way_out": "处理办法",
    "priority": "优先级",
    "field_name": "字段",
    "field": "字段代码",
    "raw": "识别原文",
    "proposal": "建议值",
    "confidence": "置信度",
    "also": "同因字段",
    "finding_id": "待核编号",
    "corrected_value": "更正值",
    "decision": "处理",
    "decision_reason": "理由",
    "reader": "读取方式",
    "crop": "截图",
}
CHINESE = {each.column: each.heading for each in CONTRACT} | _BESIDE

# Words of closed sets, as a sheet for people says them.
VALUES = {
    "kind": {"overall": "整体", "project": "项目", "application": "申报", "self_evaluation": "自评", "monitoring": "监控"},
    "status": {
        "read": "读到", "corrected": "已更正", "inferred": "推定",
        "success": "无待核", "partial": "有待核", "failed": "无法读取",
    },
    "severity": {"review": "待核", "info": "参考"},
    "match_method": {"exact": "同名", "alias": "别名", "fuzzy": "近似", "consensus": "互证", "unmapped": "未对应"},
    "horizon": {"annual": "年度", "mid_term": "中期"},
    "filing_unit_source": {
        "form": "本表", "sign-off": "落款", "title": "标题", "department": "主管部门", "seal": "印章", "other-form": "他表",
        "other-table": "他表", "file-name": "文件名", "folder": "文件夹",
    },
    "reader": {
        "text-layer": "文本层", "ocr": "识别", "transcript": "文本", "spreadsheet": "电子表格", "word-processor": "文字文档", "ofd": "OFD",
        "web": "网页",
    },
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
