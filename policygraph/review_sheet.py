"""A table of decisions that somebody filled in: read, checked as a whole, and recorded."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import PolicygraphError, RefusedInput
from graph.facts import Value
from graph.nearest import nearest
from graph.review.deciding import decide
from graph.review.decisions import Decision, Recorded, Verdict
from graph.review.listing import all_decisions, survivors
from graph.store import Store
from loaders.readers.files import check_size
from loaders.tables.csv_file import read_csv
from loaders.tables.sheets import Row, Sheet
from loaders.tables.xlsx_file import read_xlsx

_READERS = {".csv": read_csv, ".tsv": read_csv, ".xlsx": read_xlsx}
_DIVIDERS = str.maketrans({"；": ";", "＝": "=", "\n": ";"})
_WORDS = {
    "确认": Verdict.CONFIRM,
    "否定": Verdict.REJECT,
    "更正": Verdict.CORRECT,
    "合并": Verdict.MERGE,
    "加标签": Verdict.TAG,
    "去标签": Verdict.UNTAG,
    **{verdict.value: verdict for verdict in Verdict},
}


@dataclass(slots=True)
class Plan:
    """What a table says: decisions to record, lines on rows that can't be taken, and how many rows say nothing new."""

    decisions: list[Decision] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    empty: int = 0
    repeated: int = 0


def read_review(file: Path) -> list[Sheet]:
    """The sheets of a CSV (UTF-8, GB18030, UTF-16) or XLSX file that have the columns id and verdict or tags.

    Raises RefusedInput for a file that can't be read or has no such sheet.
    """
    read = _READERS.get(file.suffix.lower())
    if read is None:
        raise RefusedInput(f"{file}: a table of decisions is a .csv, .tsv or .xlsx file")
    try:
        data = file.read_bytes()
    except OSError as error:
        raise RefusedInput(f"{file}: it can't be read ({error.strerror}); check the path") from error
    check_size(len(data), name=str(file))
    sheets = [
        sheet for sheet in read(data, name=str(file)) if "id" in sheet.head and {"verdict", "tags"} & {*sheet.head}
    ]
    if not sheets:
        raise RefusedInput(f"{file}: no columns id and verdict; `policygraph review list --csv {file.name}` makes such")
    return sheets


def plan(store: Store, sheets: Iterable[Sheet], *, by: str, name: str) -> Plan:
    """What the rows say, checked against the store; nothing is recorded.

    A row that says what its reviewer decided last of the fact is not taken again.
    """
    made = Plan()
    merged = survivors(store)
    latest = {_subject(one.decision, one.attached): one.decision for one in all_decisions(store)}
    for sheet in sheets:
        for row in sheet.rows:
            try:
                found = _decisions(store, row, by=by, merged=merged)
            except PolicygraphError as error:
                made.faults.append(f"{name}, {sheet.where(row)}: {error}")
                continue
            made.empty += not found
            for one in found:
                if _is_repeated(one, latest.get(_subject(one, one.fact.id))):
                    made.repeated += 1
                else:
                    made.decisions.append(one)
    return made


def lost(recorded: Iterable[Recorded]) -> list[str]:
    """A line for each decision that has no effect."""
    return [f"{one.decision.fact.id}: {one.decision.verdict} has no effect: {one.why}" for one in recorded if one.why]


def changes_of(text: str) -> dict[str, Value | None]:
    """The values in `year=2027; unit=万人`, or in a JSON object; raises RefusedInput for another text."""
    if text.lstrip().startswith("{"):
        try:
            found = json.loads(text)
        except ValueError as error:
            raise RefusedInput(f"changes: no proper JSON ({error}); write property=value") from error
        return dict(found)
    changes: dict[str, Value | None] = {}
    for part in text.translate(_DIVIDERS).split(";"):
        name, divider, value = part.partition("=")
        if part.strip() and not (divider and name.strip()):
            raise RefusedInput(
                f"changes: “{part.strip()}” is no property=value; write for instance year=2027; unit=万人"
            )
        if part.strip():
            changes[name.strip()] = value.strip()
    return changes


def _decisions(store: Store, row: Row, *, by: str, merged: Mapping[str, str]) -> list[Decision]:
    """The verdict of a row, and its tags."""
    cells = {name: text.strip() for name, text in row.cells.items()}
    for name, flaw in row.flaws.items():
        raise RefusedInput(f"{name}: {flaw}")
    verdict = _verdict(cells.get("verdict", ""))
    tags = [tag for tag in cells.get("tags", "").translate(_DIVIDERS).split(";") if tag.strip()]
    changes = changes_of(cells.get("changes", ""))
    if verdict is None and (changes or cells.get("into")):
        raise RefusedInput(f"verdict: empty beside changes or into; write one of {', '.join(Verdict)}")
    if verdict is None and not tags:
        return []
    if not cells.get("id"):
        raise RefusedInput("id: empty; a row is about the fact with its id")
    who, note = cells.get("by", by), cells.get("note", "")
    is_tagging = verdict in (Verdict.TAG, Verdict.UNTAG)
    found = []
    if verdict is not None:
        found.append(
            decide(
                *(store, verdict, cells["id"]),
                by=who,
                changes=changes,
                into=cells.get("into"),
                tags=tags if is_tagging else (),
                note=note,
                merged=merged,
            )
        )
    if tags and not is_tagging:
        found.append(decide(store, Verdict.TAG, cells["id"], by=who, tags=tags, note=note, merged=merged))
    return found


def _verdict(text: str) -> Verdict | None:
    if not text:
        return None
    found = _WORDS.get(text.lower())
    if found is None:
        near = nearest(text.lower(), _WORDS)
        instead = f"did you mean {near}?" if near else f"write one of {', '.join(Verdict)}"
        raise RefusedInput(f"verdict: “{text[:40]}” is none; {instead}")
    return found


def _subject(decision: Decision, fact: str | None) -> tuple[str, bool, Sequence[str], str]:
    """What a decision is about: the state of a fact, or one set of its tags, in one reviewer's words."""
    is_tagging = decision.verdict in (Verdict.TAG, Verdict.UNTAG)
    return fact or decision.fact.id, is_tagging, decision.tags, decision.by


def _is_repeated(one: Decision, latest: Decision | None) -> bool:
    if latest is None or one.verdict is not latest.verdict or one.note != latest.note:
        return False
    into = [decision.into.id if decision.into else None for decision in (one, latest)]
    return dict(one.changes) == dict(latest.changes) and into[0] == into[1]
