"""One target until its time is over or something is found: ``python -m tests.fuzz.run TARGET SECONDS DIR [SEED]``."""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["cchc.parse", "cchc.catalogue.period_words", "cchc.catalogue.units"]):
    from tests.fuzz import mutate, seeds
    from tests.fuzz.targets import TARGETS

_MUTATORS = {
    "xlsx": mutate.archive, "docx": mutate.archive, "binary": mutate.archive,
    "html": mutate.markup, "xml": mutate.markup, "csv": mutate.lines,
}  # fmt: skip
_MOST_BYTES = 2**20


def main() -> None:
    """Fuzz."""
    target, seconds, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    corpus = folder / f"corpus-{target}"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds.seeds(target)):
        (corpus / f"seed-{number}").write_bytes(seed)
    arguments = [
        "tests.fuzz", str(corpus), f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=1500",
        f"-artifact_prefix={folder}/{target}-", f"-max_len={_MOST_BYTES if target != 'numbers' else 80}",
        "-print_final_stats=1", "-len_control=0", *(f"-seed={number}" for number in sys.argv[4:5]),
    ]  # fmt: skip
    wanted = _MUTATORS.get(target)
    if wanted is None:
        atheris.Setup(arguments, TARGETS[target])
    else:
        change = lambda data, most, seed: wanted(data, most, seed, atheris.Mutate)  # noqa: E731
        atheris.Setup(arguments, TARGETS[target], custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
