"""``jixiao decide``: a filled-in sheet becomes decisions; each row that cannot be applied is named."""

from __future__ import annotations

from pathlib import Path

import click

from normalizers.decision import Decision
from pipeline.dataset import Dataset
from pipeline.decisions import add_lines, decision_to_line
from pipeline.inputs.names import name_of
from pipeline.messages import say
from pipeline.review.sheets import sheet_to_decisions


def decide(root: Path, file: Path, who: str) -> int:
    """Take over a sheet; returns the exit code, 1 when a row could not be applied.

    Raises:
        UsageError: no dataset, or a file without the columns.
        JobError: the decisions cannot be written.
    """
    dataset = Dataset(root)
    dataset.check()
    taken: list[Decision] = []
    refused = 0
    for number, result in sheet_to_decisions(dataset, file, who):
        if isinstance(result, Decision):
            taken.append(result)
        else:
            refused += 1
            click.echo(say("decide.not-applied", number=number, reason=result), err=True)
    add_lines(dataset, map(decision_to_line, taken))
    click.echo(say("decide.taken", taken=len(taken), refused=refused, root=name_of(root)))
    return 1 if refused else 0
