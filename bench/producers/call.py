"""Running a program, quietly, and saying what it said when it fails."""

from __future__ import annotations

import subprocess


class ProgramError(Exception):
    """A program is not there, or could not write its file."""


def call(*command: str, timeout: float = 300) -> str:
    """The output of a command.

    Raises:
        ProgramError: the program is missing or ended with an error.
    """
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=timeout)
    except FileNotFoundError as error:
        raise ProgramError(f"{command[0]} is not installed") from error
    if done.returncode:
        raise ProgramError(f"{command[0]}: {(done.stderr or done.stdout).strip()[-300:]}")
    return done.stdout or done.stderr
