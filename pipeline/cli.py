"""The door of the command line. Every process that a run starts imports this again: nothing is imported before it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.commands.group import COMMANDS, cli

__all__ = ["COMMANDS", "cli", "main"]

TERMINATED = 143


def main() -> None:
    """Run the command line. SIGTERM leaves as Ctrl-C does: workers are stopped, files are whole."""
    import signal
    import sys

    from pipeline.commands import group

    signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit(TERMINATED))
    group.cli()


def __getattr__(name: str) -> Any:
    """``cli`` and ``COMMANDS`` for those who call the group from a program."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from pipeline.commands import group

    return getattr(group, name)


if __name__ == "__main__":
    main()
