"""How honest the delivered confidence is; with ``--fit``, the table behind it made anew.

    python -m bench.calibration FORMS --dataset DATASET         measure: forms with truth, and where to read them to
    python -m bench.calibration FORMS --dataset DATASET --fit   write normalizers/data/confidence.toml
    python -m bench.forms --out FORMS --seed 71000 --count 8    makes forms, of all levels

What is read already is not read again. Never fit on forms that anything is measured on.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bench.calibration.fit import calibration_to_toml, fit
from bench.calibration.report import Judge, brier, reliability
from bench.calibration.samples import Sample, dataset_to_samples
from normalizers.doubts.confidence import Calibration, load_calibration
from normalizers.doubts.triage import ASK

DATA = Path(__file__).parents[2] / "normalizers" / "data" / "confidence.toml"
_SUFFIXES = (".pdf", ".tiff", ".jpg", ".png", ".txt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("forms", nargs="+", type=Path, help="folders of forms, each with a .json of truth beside it")
    parser.add_argument("--dataset", type=Path, required=True, help="where the forms are read to")
    parser.add_argument("--fit", action="store_true", help="fit on these forms and write confidence.toml")
    parser.add_argument("--no-read", action="store_true", help="use the reads of the dataset as they are")
    options = parser.parse_args()
    files = sorted(path for folder in options.forms for path in folder.rglob("*") if path.suffix in _SUFFIXES)
    truths = {path.stem: path.with_suffix(".json") for path in files if path.with_suffix(".json").is_file()}
    if not options.no_read:
        _read([path for path in files if path.stem in truths], options.dataset)
    samples = dataset_to_samples(options.dataset, truths)
    if options.fit:
        story = f"Fitted by python -m bench.calibration --fit on {len(samples):,} values of {len(truths)} made-up forms."
        DATA.write_text(calibration_to_toml(fit(samples), story), encoding="utf-8")
        load_calibration.cache_clear()
    _print(samples, load_calibration())


def _read(files: Sequence[Path], dataset: Path) -> None:
    command = [sys.executable, "-m", "pipeline.cli", "read", *map(str, files), "-o", str(dataset)]
    if subprocess.run(command, check=False).returncode > 1:
        raise SystemExit("The forms could not be read.")


def _print(samples: Sequence[Sample], families: dict[str, Calibration]) -> None:
    def honest(sample: Sample) -> float:
        return families[sample.family].confidence(sample.cues)

    samples = [replace(each, marked=each.marked or (each.family == "ink" and honest(each) < ASK)) for each in samples]
    delivered = [each for each in samples if each.family != "blank"]
    _table("Values read from pictures", [each for each in delivered if each.family == "ink"], honest)
    _table("Numbers among them", [each for each in delivered if each.family == "ink" and each.kind == "number"], honest)
    _table("Values of text layers and transcripts", [each for each in delivered if each.family == "filed"], honest)
    _table("Blank values", [each for each in samples if each.family == "blank"], honest)
    _table("The recogniser's own score of values read from pictures", [each for each in delivered if each.family == "ink"], lambda s: s.raw)


def _table(title: str, samples: Sequence[Sample], judge: Judge) -> None:
    if samples:
        print(f"\n{title} (Brier score {brier(samples, judge):.5f})\n", *reliability(samples, judge), sep="\n")


if __name__ == "__main__":
    main()
