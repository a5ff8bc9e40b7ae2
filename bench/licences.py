"""The licences of all that jixiao needs, as its packages declare them: a table for docs/licences.md.

    python -m bench.licences > docs/licences.md

Walks the requirements of the installed packages, from those of pyproject.toml on, for this platform; what only an extra
of jixiao brings is marked with its name.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
_LONG = 60
# Words of licences that ask for something of whoever passes the program on; a person must look.
_ASKING = re.compile(r"\b(A?L?GPL|GNU|MPL|EPL|CDDL|Mozilla)", re.IGNORECASE)
_HEAD = """# Licences of what jixiao needs

Made by `python -m bench.licences > docs/licences.md` from what the installed packages declare; jixiao itself is Apache-2.0.
No package is changed, all are installed beside jixiao. Look before you pass on a copy of everything: *asks* marks licences
with duties for whoever does (LGPL and MPL: keep the package exchangeable, offer its source). Packages under the GPL or AGPL
alone would be named here: {alone}.

| package | version | licence | | only with |
|---|---|---|---|---|"""


def declared(project: Path = PROJECT) -> dict[str, list[str]]:
    """What the project itself requires, by the extra that brings it; without one under the empty name."""
    said: dict[str, Any] = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
    return {"": said["dependencies"], **said["optional-dependencies"]}


def needed(requirements: Sequence[str]) -> Iterator[Distribution]:
    """Every installed package that these need, by name."""
    waiting = [each.name for each in map(Requirement, requirements) if each.marker is None or each.marker.evaluate({"extra": ""})]
    seen: dict[str, Distribution] = {}
    while waiting:
        name = _key(waiting.pop())
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
    yield from (seen[name] for name in sorted(seen))


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@lru_cache(maxsize=1)
def _installed() -> frozenset[str]:
    return frozenset(_key(str(each.metadata["Name"])) for each in distributions())


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
    rows: dict[str, tuple[str, str, str, str]] = {}
    for extra, requirements in declared().items():
        for text in requirements:
            name = Requirement(text).name
            if _key(name) not in _installed():
                rows.setdefault(name.lower(), (name, "not installed here", "look before you use it", f"`{extra}`" if extra else ""))
        for each in needed(requirements):
            name = str(each.metadata["Name"])
            rows.setdefault(name.lower(), (name, each.version, licence_of(each), f"`{extra}`" if extra else ""))
    alone = ", ".join(name for name, _, licence, _ in rows.values() if is_strict(licence)) or "there are none"
    print(_HEAD.format(alone=alone))
    for _, (name, version, licence, extra) in sorted(rows.items()):
        print(f"| {name} | {version} | {licence.replace('|', '/')} | {'asks' if _ASKING.search(licence) else ''} | {extra} |")


if __name__ == "__main__":
    main()
