"""click asks gettext for its own words; this points gettext to ours."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

from extractors.messages import language

_LOCALE = Path(__file__).parent.parent / "locale"


def translate_click() -> None:
    """From now on click speaks the language of this process: it looks its words up each time it says them."""
    os.environ["LANGUAGE"] = language().replace("-", "_")
    gettext.bindtextdomain("messages", str(_LOCALE))
    gettext.textdomain("messages")
