"""The life of one field: where it was read, what changed it, what is doubted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractors.messages import language
from normalizers.codebook import in_chinese
from normalizers.finding_details import place_of
from pipeline.dataset import Dataset
from pipeline.dataset.documents import load_document
from pipeline.errors import UsageError
from pipeline.inputs.names import name_of
from pipeline.messages import say, tell
from pipeline.pointers import pointed

_STEM = 12


def explain(root: Path, document: str, path: str, crop: Path | None = None) -> Iterator[str]:
    """Lines that tell a field's life.

    Args:
        document: beginning of the sha256, or part of the path.
        path: JSON Pointer of what a finding may name: a field, a row, a form, a page, another table or a cell of it.
        crop: where a picture of the place on the page goes; None for none.

    Raises:
        UsageError: no such document or field.
    """
    dataset = Dataset(root)
    dataset.check()
    value = find_document(dataset, document)
    fields = [key for key in value["provenance"] if key == path or key.startswith(f"{path}/")]
    findings = [each for each in value["findings"] if path == each["path"] or path in each["also"]]
    if not fields and not findings and not isinstance(pointed(value, path), dict):
        raise UsageError(*tell("explain.no-field", path=value["document"]["path"], field=path, examples=_examples(value)))
    yield f"{value['document']['path']}  sha256 {value['document']['sha256'][:12]}"
    for field in fields:
        yield from _life(value, field)
    if path not in fields:
        yield from _thing(value, path, findings)
    if crop is not None:
        from pipeline.crop import save_crop
        from pipeline.originals import original_of

        with original_of(Dataset(root), value) as original:
            save_crop(original, value, path, crop)
        yield say("explain.crop", file=name_of(crop))


def find_document(dataset: Dataset, document: str) -> dict[str, Any]:
    """The one document that the words name.

    Raises:
        UsageError: none does, or several do.
    """
    # By the name of its file a document is found at once; by a part of its path all must be opened.
    named = [path for path in [dataset.document_path(document)] if len(document) >= _STEM and path.is_file()]
    found = [
        value
        for value in (map(load_document, named) if named else dataset.load_documents())
        if value["document"]["sha256"].startswith(document) or any(document in path for path in value["document"]["paths"])
    ]
    if len(found) != 1:
        names = say("comma").join(value["document"]["path"] for value in found[:5])
        raise UsageError(*tell("explain.many" if found else "explain.none", document=document, number=len(found), names=names))
    return found[0]


def _life(value: dict[str, Any], field: str) -> Iterator[str]:
    source = value["provenance"][field]
    yield f"{field}  [{say('field-status.' + source['status'])}]"
    yield say("explain.read", raw=source["raw"], place=_place(source), engine=source["engine"], confidence=source["confidence"])
    for each in value["corrections"]:
        if each["path"] == field:
            yield f"    {each['rule']}  {each['before']!r} -> {each['after']!r}"
    yield say("explain.value", value=pointed(value, field))
    for each in value["findings"]:
        if each["path"] == field:
            yield f"    {_finding(each)}"


def _thing(value: dict[str, Any], path: str, findings: list[dict[str, Any]]) -> Iterator[str]:
    """A page, a form, a row, a table or a cell that is no field: where it stands, what it holds, what is asked about it."""
    page_no, box = place_of(path, value)
    place = say("explain.place", page=page_no or "-", box=" ".join(f"{part:g}" for part in box) if box else "-")
    yield f"{path}  [{place}]"
    thing = pointed(value, path)
    if isinstance(thing, dict) and isinstance(thing.get("text"), str):
        yield say("explain.value", value=thing["text"])
    for each in value["corrections"]:
        if each["path"] == path:
            yield f"    {each['rule']}  {each['before']!r} -> {each['after']!r}"
    yield from (_finding(each) for each in findings)


def _finding(finding: dict[str, Any]) -> str:
    story = in_chinese(finding["code"]) if language() == "zh-CN" else finding["message"]
    return say("explain.finding", severity=say(f"severity.{finding['severity']}"), code=finding["code"], story=story)


def _place(source: dict[str, Any]) -> str:
    if named := [say(f"explain.{name}", value=source[name]) for name in ("sheet", "table", "row", "cell") if name in source]:
        return say("comma").join(named)
    box = " ".join(f"{part:g}" for part in source["bbox"]) if source["bbox"] else "-"
    return say("explain.place", page=source["page_no"], box=box)


def _examples(value: dict[str, Any]) -> str:
    return ", ".join(list(value["provenance"])[:3]) or say("explain.nothing-read")
