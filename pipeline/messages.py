"""What the command line and the runs say: ``say`` and ``tell`` of this package's catalogue."""

from __future__ import annotations

from extractors.messages import Catalogue

MESSAGES = Catalogue("pipeline")
say = MESSAGES.say
tell = MESSAGES.tell
