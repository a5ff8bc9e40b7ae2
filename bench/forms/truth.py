"""A filing as truth JSON: what a right reading of the file must give."""

from __future__ import annotations

from typing import Any

from bench.forms.content import Filing, Form, Row


def filing_to_truth(filing: Filing) -> dict[str, Any]:
    return {
        "seed": filing.seed,
        "county": filing.county,
        "code": filing.code,
        "dept": filing.office,
        "tables": [form_to_truth(form) for form in filing.forms],
    }


def form_to_truth(form: Form) -> dict[str, Any]:
    return {
        "kind": form.kind,
        "title": form.title,
        "year": form.year,
        "unit_name": form.unit_name,
        "project_name": form.project_name,
        "department": form.section,
        "funds": {key: text_to_number(value) for key, value in form.funds.items()},
        "goal": form.goal,
        "rows": [row_to_truth(row) for row in form.rows],
        "signoff": {
            "filled_by": form.filled_by,
            "phone": form.phone,
            "filled_on": form.filled_on.isoformat(),
            "responsible": form.responsible,
        },
    }


def row_to_truth(row: Row) -> dict[str, Any]:
    """Empty categories have only ``l1`` and ``l2``. A value with thousands marks is right with and without them."""
    if row.level3 is None:
        return {"l1": row.level1, "l2": row.level2}
    value: Any = row.value
    if value is not None and "," in value:
        value = [value, value.replace(",", "")]
    return {
        "l1": row.level1,
        "l2": row.level2,
        "l3": row.level3,
        "op": row.operator,
        "value": value,
        "unit": row.unit,
        "explain": row.explanation,
        "scoring": row.scoring,
        "remark": row.remark,
    }


def text_to_number(text: str | None) -> float | int | None:
    if text is None:
        return None
    number = float(text.replace(",", ""))
    return int(number) if number == int(number) else number
