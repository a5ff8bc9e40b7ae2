"""What files of users' own words are told to mend: ``say`` and ``tell`` of this package's catalogue."""

from __future__ import annotations

from extractors.messages import Catalogue

MESSAGES = Catalogue("normalizers")
say = MESSAGES.say
tell = MESSAGES.tell
