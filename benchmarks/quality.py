"""How well documents are read: docs/quality.md, from the gold annotations that lie beside the checkout.

usage: python benchmarks/quality.py [--evaluation FOLDER] [--page FILE] [--floors FILE]

Each document is read once and scored alone by the scorer in FOLDER. --floors also writes what the tests hold each
figure to: today's less .01. Names and numbers are shown, never a sentence: the documents may not be passed on.
"""

import argparse
import csv
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path
from typing import Any

from graph.facts import Batch
from graph.formats.registry import export
from graph.open import open_store
from loaders.options import LoadOptions
from loaders.pipeline import READER, read_document

ROOT = Path(__file__).resolve().parents[1]
EVALUATION = ROOT.parent / "shared" / "evaluation"
PAGE = ROOT / "docs" / "quality.md"
MARGIN = 0.01
WORST = 10
POOLED = "pooled"
INDICATORS = "indicators joined"
MEASURED = "Measured, differs from run to run: "
LONGEST_NAME = 20
SENTENCE_MARKS = re.compile("[，。；：！？,;]")
INTRODUCTION = """# How well documents are read

Made by `make quality`; do not edit. Four documents were annotated by hand: two plans of cities for vocational
education, half of a college's annual report, a provincial plan against floods. Each is read alone and compared
with its annotation. **The rules were written with these documents at hand: others are read less well.** A fact
that the annotation does not have counts as an error; what it marks as borderline counts neither way.
"""
WARM = "一、推进\n支持云州市与海棠职业技术学院共建产业学院12个。\n".encode()


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of fact: how many the gold has, how many were found, how many of these are right."""

    kind: str
    gold: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.right / (self.gold + self.found)


@dataclass(frozen=True, slots=True)
class Fault:
    """A fact missed, or found and not in the gold; `cost` is the F1 of its kind that setting it right would give."""

    kind: str
    is_missed: bool
    name: str
    cost: float


@dataclass(frozen=True, slots=True)
class Scored:
    """A document, its figures, which parts are right (`n/m`), all its faults, seconds of processor time to read it."""

    key: str
    title: str
    characters: int
    seconds: float
    rows: tuple[Row, ...]
    parts: dict[str, str]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Quality:
    """All documents, and which of their figures share an indicator when `together` lie in one store."""

    documents: tuple[Scored, ...]
    together: tuple[str, ...]
    alignment: dict[str, Any]

    @cached_property
    def pooled(self) -> tuple[Row, ...]:
        """Gold, found and right of all documents added up, in the order of the scorer's kinds."""
        added: dict[str, Row] = {}
        for row in (row for document in self.documents for row in document.rows):
            old = added.get(row.kind, Row(row.kind, 0, 0, 0))
            added[row.kind] = Row(row.kind, old.gold + row.gold, old.found + row.found, old.right + row.right)
        return tuple(added.values())

    def figures(self) -> dict[tuple[str, str], float]:
        """F1 by document and kind, with the pooled ones and the one of indicators."""
        by_document = [*((document.key, document.rows) for document in self.documents), (POOLED, self.pooled)]
        figures = {(key, row.kind): row.f1 for key, rows in by_document for row in rows}
        return {**figures, (" ".join(self.together), INDICATORS): self.alignment["members"]["f1"]}


def measure(evaluation: Path) -> Quality:
    """Read and score all documents; each is read once."""
    scorer, aligner, runner = (_module(evaluation, name) for name in ("score", "score_alignment", "run"))
    read_document(WARM, name="warm.txt", source="file:///warm.txt")
    batches: dict[str, Batch] = {}
    documents = []
    for key, (path, words) in runner.DOCUMENTS.items():
        gold = json.loads((evaluation / "gold" / f"{key}.json").read_text("utf-8"))
        data = path.read_bytes()
        began = time.process_time()
        batches[key] = read_document(data, name=path.name, source=f"file:///{path.name}", options=_options(words))
        seconds = time.process_time() - began
        tallies, parts = scorer.score(gold, _graph([batches[key]]))
        kinds = [tally for tally in tallies if tally.gold or tally.found]
        documents.append(
            Scored(
                key=key,
                title=gold["document"]["title"],
                characters=len(data.decode()),
                seconds=seconds,
                rows=tuple(Row(tally.kind, tally.gold, tally.found, tally.hits) for tally in kinds),
                parts={name: part for name, part in parts.items() if not part.endswith("/0")},
                faults=tuple(sorted(_faults(kinds), key=lambda f: (-f.cost, f.kind, not f.is_missed, f.name))),
            )
        )
    alignment = json.loads((evaluation / "gold" / "alignment.json").read_text("utf-8"))
    named = {record["document"] for record in aligner.records_named(alignment)}
    together = tuple(key for key in batches if key in named)
    graph = _graph([batches[key] for key in together])
    result = aligner.score_alignment(alignment, evaluation / "gold", graph)
    return Quality(tuple(documents), together, result["summary"])


def page(quality: Quality) -> str:
    """The page, in Markdown; equal input gives equal lines, but for the one that begins with MEASURED."""
    return "\n".join(
        [
            INTRODUCTION,
            f"Version of the reader: {READER}.",
            "",
            f"{MEASURED}{_speed(quality.documents)}.",
            "",
            "## All documents",
            "",
            "Gold, found and right of the documents added up.",
            "",
            *_rows_table(quality.pooled),
            "",
            *(line for document in quality.documents for line in _document(document)),
            "## Indicators across documents",
            "",
            *_alignment(quality),
            "",
        ]
    )


def floors(quality: Quality) -> str:
    """The lines of the table of floors: document, kind, F1 of today less MARGIN, rounded down."""
    lines = [
        f"{key},{kind},{max(int((f1 - MARGIN) * 1000), 0) / 1000:.3f}" for (key, kind), f1 in quality.figures().items()
    ]
    return "\n".join(["document,kind,f1", *lines, ""])


def read_floors(path: Path) -> dict[tuple[str, str], float]:
    """What `floors` wrote: the least F1 by document and kind."""
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["document"], row["kind"]): float(row["f1"]) for row in csv.DictReader(file)}


def _module(folder: Path, name: str) -> Any:
    """A module of the scorer; registered, since they import one another by name."""
    spec = spec_from_file_location(name, folder / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = sys.modules[name] = module_from_spec(spec)
    places = sys.path[:]
    spec.loader.exec_module(module)
    sys.path[:] = places  # one of them adds its folder
    return module


def _options(words: Sequence[str]) -> LoadOptions:
    """Options as words of the command line (`--issuer NAME …`) -> as the reader takes them."""
    given: dict[str, Any] = {
        name.removeprefix("--"): value for name, value in zip(words[::2], words[1::2], strict=True)
    }
    return LoadOptions(**given)


def _graph(batches: Iterable[Batch]) -> Any:
    """The node-link export of a store that holds these batches alone."""
    with tempfile.TemporaryDirectory() as folder, open_store(str(Path(folder, "quality.db"))) as store:
        for batch in batches:
            store.write(batch)
        out = BytesIO()
        export(store, out, format="json")
    return json.loads(out.getvalue())


def _faults(tallies: Iterable[Any]) -> Iterator[Fault]:
    """Each fault once, under the kind where it costs most: a company missed is also an organization missed."""
    worst: dict[tuple[bool, str], Fault] = {}
    for tally in tallies:
        hits, total = tally.hits, tally.gold + tally.found
        now = 2 * hits / total
        cost_missed, cost_extra = 2 * (hits + 1) / (total + 1) - now, 2 * hits / max(total - 1, 1) - now
        for is_missed, names, cost in ((True, tally.misses, cost_missed), (False, tally.extras, cost_extra)):
            for name in names:
                fault = Fault(tally.kind, is_missed, name, cost)
                worst[is_missed, name] = max(worst.get((is_missed, name), fault), fault, key=lambda f: f.cost)
    yield from worst.values()


def _document(document: Scored) -> Iterator[str]:
    yield from (f"## `{document.key}`", "")
    yield from (f"{document.title or 'Without a title of its own'}, {document.characters:,} characters.", "")
    yield from _rows_table(document.rows)
    yield from ("", "| of what was found or wanted | right |", "|---|---:|")
    yield from (f"| {name} | {part} |" for name, part in document.parts.items())
    yield from ("", f"The worst of {len(document.faults)} errors, by the F1 of their kind that each costs:", "")
    yield from ("| kind | | cost | what |", "|---|---|---:|---|")
    for fault in document.faults[:WORST]:
        what = "missed" if fault.is_missed else "not in the gold"
        yield f"| {fault.kind} | {what} | {_figure(fault.cost)} | {_name(fault.name)} |"
    yield ""


def _rows_table(rows: Iterable[Row]) -> Iterator[str]:
    yield from ("| kind | gold | found | right | P | R | F1 |", "|---|---:|---:|---:|---:|---:|---:|")
    for row in rows:
        shares = " | ".join(_figure(share) for share in (row.precision, row.recall, row.f1))
        yield f"| {row.kind} | {row.gold} | {row.found} | {row.right} | {shares} |"


def _alignment(quality: Quality) -> Iterator[str]:
    """Lines on which goals and observations of several documents hang on one indicator."""
    found = quality.alignment
    matched, near = found["matched"], found["near_misses"]
    named = " and ".join(f"`{key}`" for key in quality.together)
    yield f"{named} in one store: the pairs of figures that hang on one indicator, of those that were found."
    yield from ("", "| pairs | right | wrong | missed | P | R | F1 |", "|---|---:|---:|---:|---:|---:|---:|")
    lines = (
        ("of one indicator", "members"),
        ("of several documents or years", "comparable"),
        ("of several documents", "across"),
    )
    for name, part in lines:
        rates = found[part]
        shares = " | ".join(_figure(rates[share]) for share in ("precision", "recall", "f1"))
        yield f"| {name} | {rates['right']} | {rates['wrong']} | {rates['missed']} | {shares} |"
    yield from (
        "",
        f"- found: {matched['members']} of the {matched['of_members']} figures that have a counterpart, "
        f"{matched['records']} of {matched['of_records']} in all",
        f"- precision over all figures: {_figure(found['all_records']['precision'])} "
        f"({found['all_records']['wrong']} pairs joined wrongly)",
        f"- look alike and mean different things: {near['apart']} of {near['judged']} pairs kept apart "
        f"({_figure(near['kept_apart'])})",
    )


def _speed(documents: Sequence[Scored]) -> str:
    each = [f"{document.key} {document.characters / document.seconds:,.0f}" for document in documents]
    characters, seconds = sum(d.characters for d in documents), sum(d.seconds for d in documents)
    return f"{characters / seconds:,.0f} characters a second of processor time after start-up ({', '.join(each)})"


def _figure(share: float) -> str:
    return f"{share:.3f}".removeprefix("0")


def _name(name: str) -> str:
    """A name as a cell; a heading that is a whole sentence is cut at its first mark."""
    parts = (part if len(part) <= LONGEST_NAME else _cut(part) for part in name.split(" → "))
    return " → ".join(parts).replace("|", "\\|")


def _cut(heading: str) -> str:
    mark = SENTENCE_MARKS.search(heading)
    return f"{heading[: mark.start()]}…" if mark else heading


def main() -> None:
    """Write the page, and the floors if asked."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--evaluation", type=Path, default=EVALUATION, metavar="FOLDER")
    cli.add_argument("--page", type=Path, default=PAGE, metavar="FILE")
    cli.add_argument("--floors", type=Path, metavar="FILE")
    given = cli.parse_args()
    if not (given.evaluation / "score.py").is_file():
        sys.exit(f"{given.evaluation}: no score.py there; give the folder of the gold annotations with --evaluation")
    quality = measure(given.evaluation)
    given.page.write_text(page(quality), encoding="utf-8")
    if given.floors:
        given.floors.write_text(floors(quality), encoding="utf-8")


if __name__ == "__main__":
    main()
