"""The licences of all that jixiao needs, as its packages declare them: a table for docs/licences.md.

    python -m bench.licences > docs/licences.md

Walks the requirements of the installed packages, from jixiao on, without extras and for this platform.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement

_LONG = 60
# Words of licences that ask for something of whoever passes the program on; a person must look.
_ASKING = re.compile(r"\b(A?L?GPL|GNU|MPL|EPL|CDDL|Mozilla)", re.IGNORECASE)
_HEAD = """# Licences of what jixiao needs

Made by `python -m bench.licences > docs/licences.md` from what the installed packages declare; jixiao itself is Apache-2.0.
No package is changed, all are installed beside jixiao. Look before you pass on a copy of everything: *asks* marks licences
with duties for whoever does (LGPL and MPL: keep the package exchangeable, offer its source). Packages under the GPL or AGPL
alone would be named here: {alone}.

| package | version | licence | |
|---|---|---|---|"""


def needed(root: str = "jixiao") -> Iterator[Distribution]:
    """Every installed package that this one needs, itself left out, by name."""
    waiting, seen = [root], {}
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in seen:
            continue
        try:
            seen[name] = distribution(name)
        except PackageNotFoundError:
            continue
        for text in seen[name].requires or ():
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)
    yield from (seen[name] for name in sorted(seen) if name != root)


def licence_of(package: Distribution) -> str:
    """What it declares: the expression, the classifiers, or the first line of its words."""
    declared = package.metadata.get("License-Expression")
    if declared:
        return str(declared)
    classified = [
        line.rpartition(" :: ")[2].removesuffix(" License")
        for line in package.metadata.get_all("Classifier") or ()
        if line.startswith("License :: ") and not line.endswith("OSI Approved")
    ]
    words = str(package.metadata.get("License") or "").strip().splitlines()
    return ", ".join(classified) or (words[0][:_LONG] if words else "not declared: see its files")


def is_strict(licence: str) -> bool:
    """True for the GPL or AGPL without another licence to choose."""
    return bool(re.search(r"\bA?GPL|GNU (Affero )?General", licence)) and not re.search(r"LGPL|Lesser|\bOR\b|, ", licence)


def main() -> None:
    found = [(str(each.metadata["Name"]), each.version, licence_of(each)) for each in needed()]
    alone = ", ".join(name for name, _, licence in found if is_strict(licence)) or "there are none"
    print(_HEAD.format(alone=alone))
    for name, version, licence in found:
        print(f"| {name} | {version} | {licence.replace('|', '/')} | {'asks' if _ASKING.search(licence) else ''} |")


if __name__ == "__main__":
    main()
