"""The ready-made units: what they start exists, and systemd understands them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import cli

UNITS = Path(__file__).parents[1] / "docs" / "units"
COMMANDS = {
    "jixiao-watch.service": re.compile(r"^ExecStart=\S+/jixiao (.*)$", re.M),
    "jixiao-nightly.service": re.compile(r"^ExecStart=\S+/jixiao (.*)$", re.M),
    "jixiao.cron": re.compile(r"/jixiao (watch .*?) 2>>", re.M),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_command_of_a_unit_exists(name: str, tmp_path: Path) -> None:
    (words,) = COMMANDS[name].findall((UNITS / name).read_text(encoding="utf-8"))
    # The folders of the units are not there: the words are understood, and the inbox is missed.
    result = CliRunner().invoke(cli, [word.replace("/srv/jixiao", str(tmp_path)) for word in words.split()])
    assert result.exit_code == 2 and "is no folder" in result.output, result.output


def test_compose_starts_a_command_that_exists(tmp_path: Path) -> None:
    yaml = pytest.importorskip("yaml")
    service = yaml.safe_load((UNITS / "compose.yaml").read_text(encoding="utf-8"))["services"]["watch"]
    result = CliRunner().invoke(cli, [word.replace("/", f"{tmp_path}/") if word.startswith("/") else word for word in service["command"]])
    assert result.exit_code == 2 and "is no folder" in result.output, result.output
    mounted = {volume.rsplit(":/", 1)[1].removesuffix(":ro") for volume in service["volumes"]}
    assert mounted == {word.strip("/") for word in service["command"] if word.startswith("/")}
    root = (UNITS / service["build"]["context"]).resolve()
    assert (root / service["build"]["dockerfile"]).samefile(UNITS / "Dockerfile")


def test_what_the_dockerfile_copies_is_there() -> None:
    text = (UNITS / "Dockerfile").read_text(encoding="utf-8")
    copied = [word for line in re.findall(r"^COPY (.*)$", text, re.M) for word in line.split()[:-1]]
    assert copied and all((UNITS.parents[1] / word).exists() for word in copied)
    (command,) = re.findall(r"^RUN jixiao (\S+)$", text, re.M)
    assert CliRunner().invoke(cli, [command, "--help"]).exit_code == 0


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for unit in UNITS.glob("jixiao*.*e*"):
        text = unit.read_text(encoding="utf-8").replace("/opt/jixiao/bin/jixiao", shutil.which("true") or "/bin/true")
        (tmp_path / unit.name).write_text(text.replace("User=jixiao", "User=root"), encoding="utf-8")
    units = sorted(str(path) for path in tmp_path.iterdir())
    assert len(units) == 3
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, timeout=60)
    told = [line for line in done.stderr.splitlines() if "jixiao" in line]
    assert not told, told
