"""What a finding for a person asks about: what it names, and all that this lies in."""

from __future__ import annotations

from pipeline.pointers import asked_about


def test_a_finding_asks_about_what_it_names_and_what_that_lies_in() -> None:
    findings = [{"path": "/tables/1/indicators/10/value", "severity": "review"}, {"path": "/tables/0/title", "severity": "info"}]
    asked = asked_about({"findings": [*findings, {"path": "", "severity": "review"}]})
    assert {"/tables/1", "/tables/1/indicators/10", "/tables/1/indicators/10/value"} <= asked
    assert not {"/tables/0", "/tables/0/title", "/tables/1/indicators/1", "/tables/1/indicators/10/unit", ""} & asked
