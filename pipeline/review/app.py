"""The review page's server: a queue, one finding with its form, pictures, decisions."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from normalizers.codebook import in_chinese
from normalizers.decision import Decision
from pipeline.dataset import Dataset
from pipeline.decisions import add_lines, decision_to_line, undo_line
from pipeline.errors import JobError
from pipeline.messages import say
from pipeline.report.sample import CODE
from pipeline.review.form_view import form_of, life_of
from pipeline.review.guard import LOOPBACK, Guard, Speaking
from pipeline.review.making import UnfitDecisionError, find_finding, make_decision, sampled_finding
from pipeline.review.pictures import Pictures
from pipeline.review.queue import FACETS, Queue, facets

_WEB = Path(__file__).with_name("web")
_MOST_BYTES = 64 * 1024


class Review:
    """One dataset under review; each method answers one kind of request."""

    def __init__(self, dataset: Dataset, reviewer: str, lang: str = "zh-CN", of_sample: bool = False) -> None:
        self._dataset = dataset
        self._findings, self._sample = Queue(dataset), Queue(dataset, of_sample=True)
        self._of_sample = of_sample
        self._pictures = Pictures(dataset)
        self._reviewer = reviewer
        self._lang = lang

    def settings(self, request: Request) -> Response:
        said = {"reviewer": self._reviewer, "lang": self._lang, "dataset": self._dataset.root.name}
        return JSONResponse({**said, "sample": len(self._sample.items()), "of_sample": self._of_sample})

    def queue(self, request: Request) -> Response:
        asked = request.query_params
        queue = self._sample if asked.get("queue", "sample" if self._of_sample else "") == "sample" else self._findings
        filters = {name: asked[name] for name in FACETS if name in asked}
        chosen = queue.select(filters, asked.get("q", ""), asked.get("state", "open"))
        start, count = _number(asked.get("offset"), 0), min(_number(asked.get("limit"), 40), 200)
        decided = queue.decided()
        items = [asdict(item) | {"decision": _shown(decided(item))} for item in chosen[start : start + count]]
        return JSONResponse({"total": len(chosen), "items": items, "facets": facets(chosen), "all": len(queue.items())})

    def item(self, request: Request) -> Response:
        document, finding = self._find(request)
        if document is None or finding is None:
            return _refused(say("review.no-finding"), 404)
        decision = self._decided(document, finding)
        finding = {**finding, "chinese": in_chinese(finding["code"])}
        view = {"finding": finding, "form": form_of(document, finding), "life": life_of(document, finding), "decision": _shown(decision)}
        return JSONResponse(view)

    def crop(self, request: Request) -> Response:
        document, finding = self._find(request)
        if document is None or finding is None:
            return _refused(say("review.no-finding"), 404)
        return _picture(lambda: self._pictures.crop(document, finding))

    def page(self, request: Request) -> Response:
        document = self._dataset.load_document(request.path_params["sha256"])
        if document is None:
            return _refused(say("review.no-document"), 404)
        return _picture(lambda: self._pictures.page(document, request.path_params["page_no"]))

    async def decide(self, request: Request) -> Response:
        return await run_in_threadpool(self._decide, await _body(request))

    def _decide(self, said: dict[str, Any] | None) -> Response:
        if said is None:
            return _refused(say("review.no-decision"), 400)
        document = self._dataset.load_document(str(said.get("sha256", "")))
        finding = self._finding(document, str(said.get("finding_id", "")))
        if document is None or finding is None:
            return _refused(say("review.no-finding"), 404)
        before = self._decided(document, finding)
        if before is not None and before.decision_id != said.get("seen"):
            return JSONResponse({"message": say("review.meanwhile", who=before.who), "decision": _shown(before)}, 409)
        who = str(said.get("who") or self._reviewer)
        after, reason = _text(said.get("after")), _text(said.get("reason"))
        try:
            decision = make_decision(document, finding, str(said.get("action")), who, after, said.get("everywhere") is True, reason)
        except UnfitDecisionError as error:
            return _refused(str(error), 422)
        return self._added(decision_to_line(decision), decision)

    async def undo(self, request: Request) -> Response:
        said = await _body(request)
        known = {each.decision_id for each in self._findings.decisions()}
        if said is None or said.get("decision_id") not in known:
            return _refused(say("review.not-in-force"), 404)
        return self._added(undo_line(str(said["decision_id"]), str(said.get("who") or self._reviewer)), None)

    def _added(self, line: dict[str, Any], decision: Decision | None) -> Response:
        try:
            add_lines(self._dataset, [line])
        except JobError as error:
            return _refused(f"{error.reason} {error.way_out}", 507)
        return JSONResponse({"decision": _shown(decision)})

    def _find(self, request: Request) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
        document = self._dataset.load_document(request.path_params["sha256"])
        return document, self._finding(document, request.path_params["finding_id"])

    def _finding(self, document: dict[str, Any] | None, finding_id: str) -> dict[str, Any] | None:
        """A finding of the document, or a value of the sample as one."""
        if document is None:
            return None
        drawn = self._sample.item(document["document"]["sha256"], finding_id)
        return find_finding(document, finding_id) if drawn is None else sampled_finding(document, drawn.path, finding_id)

    def _decided(self, document: dict[str, Any], finding: dict[str, Any]) -> Decision | None:
        """Who decided about it already, and what."""
        queue = self._sample if finding["code"] == CODE else self._findings
        item = queue.item(document["document"]["sha256"], finding["finding_id"])
        return queue.decided()(item) if item else None


def make_app(
    dataset: Dataset,
    reviewer: str,
    hosts: frozenset[str] = LOOPBACK,
    token: str | None = None,
    lang: str = "zh-CN",
    of_sample: bool = False,
) -> Starlette:
    """The ASGI application of ``jixiao review``; with ``of_sample`` of the values that ``jixiao sample`` drew."""
    review = Review(dataset, reviewer, lang, of_sample)
    return Starlette(
        routes=[
            Route("/", lambda _request: FileResponse(_WEB / "review.html")),
            Route("/api/settings", review.settings),
            Route("/api/queue", review.queue),
            Route("/api/item/{sha256}/{finding_id}", review.item),
            Route("/api/crop/{sha256}/{finding_id}", review.crop),
            Route("/api/page/{sha256}/{page_no:int}", review.page),
            Route("/api/decide", review.decide, methods=["POST"]),
            Route("/api/undo", review.undo, methods=["POST"]),
            Mount("/web", StaticFiles(directory=_WEB)),
        ],
        middleware=[Middleware(Speaking, lang=lang), Middleware(Guard, hosts=hosts, token=token)],
    )


def _shown(decision: Decision | None) -> dict[str, Any] | None:
    return None if decision is None else decision_to_line(decision)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default


async def _body(request: Request) -> dict[str, Any] | None:
    if int(request.headers.get("content-length") or 0) > _MOST_BYTES:
        return None
    try:
        value = await request.json()
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _picture(make: Any) -> Response:
    try:
        return Response(make(), media_type="image/png")
    except JobError as error:
        return _refused(f"{error.reason} {error.way_out}", 404)


def _refused(message: str, status: int) -> Response:
    return JSONResponse({"message": message}, status)
