"""A form as the review page shows it: its fields as delivered, and the life of one of them."""

from __future__ import annotations

from typing import Any

from extractors.readers import reader_of
from normalizers.codebook import in_chinese
from normalizers.paths import table_of
from normalizers.record import FUND_FIELDS, HEADER_FIELDS, INDICATOR_FIELDS, SIGNOFF_FIELDS
from pipeline.export.names import CHINESE, chinese_field
from pipeline.pointers import pointed

_MOST_ROWS = 200


def form_of(document: dict[str, Any], finding: dict[str, Any]) -> dict[str, Any]:
    """The form that a finding is about: labelled fields, and rows under their heads; each value with its path and marks."""
    index = table_of(finding["path"]) or 0
    if index >= len(document["tables"]):
        return {"title": document["document"]["path"], "fields": [], "heads": [], "rows": []}
    table, base = document["tables"][index], f"/tables/{index}"
    marked = {each["path"] for each in document["findings"] if each["severity"] == "review"}
    names = [*HEADER_FIELDS, *(f"funds/{name}" for name in FUND_FIELDS), *(f"signoff/{name}" for name in SIGNOFF_FIELDS)]
    fields = [_cell(document, f"{base}/{name}", marked) | {"label": chinese_field(name)} for name in names]
    rows = [
        [_cell(document, f"{base}/indicators/{number}/{name}", marked) for name in INDICATOR_FIELDS]
        for number in range(min(len(table["indicators"]), _MOST_ROWS))
    ]
    heads = [CHINESE.get(name, name) for name in INDICATOR_FIELDS]
    return {"title": table["title"], "fields": [each for each in fields if each["text"] or each["marked"]], "heads": heads, "rows": rows}


def life_of(document: dict[str, Any], finding: dict[str, Any]) -> dict[str, Any]:
    """What was read, each correction with its rule, what else is said about the field, and where it stands."""
    path = finding["path"]
    pages = {each["page_no"]: each for each in document["document"]["pages"]}
    page = pages.get(finding["page_no"])
    return {
        "file": document["document"]["path"],
        "page": None if page is None else {name: page[name] for name in ("page_no", "width", "height", "reader")},
        "source": document["provenance"].get(path),
        "corrections": [{**each, "chinese": in_chinese(each["rule"])} for each in document["corrections"] if each["path"] == path],
        "said": [
            {**each, "chinese": in_chinese(each["code"])}
            for each in document["findings"]
            if each["path"] == path and each["finding_id"] != finding["finding_id"]
        ],
        "label": chinese_field(finding["field"]),
        "has_picture": page is not None and reader_of(document["document"]["media_type"]).picture is not None,
    }


def _cell(document: dict[str, Any], path: str, marked: set[str]) -> dict[str, Any]:
    value = pointed(document, path)
    return {"path": path, "text": "" if value is None else str(value), "marked": path in marked}
