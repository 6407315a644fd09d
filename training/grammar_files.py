"""The rules of the grammar, read from the files of `grammar/`; what may stand in them is told in `training.grammar`."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import accumulate

from training.grammar import SYMBOL_KINDS, Choice, Parts, Slot, SymbolKind

_HEAD = re.compile(r"= (?P<symbol>\w+)(?: : (?P<kind>\w+))?")
_WEIGHT = re.compile(r" ×(?P<weight>[\d.]+)$")
_TOKEN = re.compile(r"\{(?P<symbol>\w+)(?P<many>\*?)\}|(?P<mark>[(|)])|(?P<text>[^{(|)]+)")
_TAB, _NOTHING = "⇥", "ε"


@cache
def rules() -> dict[str, Choice]:
    """Every rule of every file, by its symbol."""
    found: dict[str, Choice] = {}
    for path in sorted(files("training").joinpath("grammar").iterdir(), key=lambda path: path.name):
        of_file = parsed(path.read_text(encoding="utf-8").split("\n"), name=path.name)
        if twice := found.keys() & of_file.keys():
            raise ValueError(f"{path.name}: there is a rule of {min(twice)} in another file")
        found |= of_file
    return found


def parsed(lines: Iterable[str], *, name: str) -> dict[str, Choice]:
    """The rules of a file by their symbols; raises ValueError with its name and the line for what is no rule."""
    drafts: dict[str, tuple[SymbolKind | None, list[tuple[Parts, float]]]] = {}
    alternatives: list[tuple[Parts, float]] | None = None
    for number, line in enumerate(lines, 1):
        try:
            if line.startswith("= "):
                alternatives = []
                _begin(drafts, line, alternatives)
            elif line and not line.startswith("#"):
                if alternatives is None:
                    raise ValueError("an alternative without a symbol above it")
                alternatives.append(_alternative(line))
        except ValueError as fault:
            raise ValueError(f"{name}, line {number}: {fault}") from fault
    if empty := [symbol for symbol, (_, written) in drafts.items() if not written]:
        raise ValueError(f"{name}: {empty[0]} has no alternative")
    return {symbol: _choice(written, kind) for symbol, (kind, written) in drafts.items()}


def _begin(
    drafts: dict[str, tuple[SymbolKind | None, list[tuple[Parts, float]]]],
    line: str,
    alternatives: list[tuple[Parts, float]],
) -> None:
    """A rule is begun; its alternatives follow."""
    head = _HEAD.fullmatch(line)
    if head is None:
        raise ValueError("no symbol")
    if head["symbol"] in drafts:
        raise ValueError(f"the rule of {head['symbol']} stands twice")
    drafts[head["symbol"]] = _kind(head["kind"]), alternatives


def _kind(written: str | None) -> SymbolKind | None:
    if written is None:
        return None
    kind = next((kind for kind in SYMBOL_KINDS if kind == written), None)
    if kind is None:
        raise ValueError(f"{written} is no kind of name")
    return kind


def _choice(alternatives: list[tuple[Parts, float]], kind: SymbolKind | None = None) -> Choice:
    parts, weights = zip(*alternatives, strict=True)
    return Choice(parts, tuple(accumulate(weights)), kind)


def _alternative(line: str) -> tuple[Parts, float]:
    """The parts of a line, and its weight."""
    weighted = _WEIGHT.search(line)
    text = _WEIGHT.sub("", line).replace(_TAB, "\t")
    tokens = [] if text == _NOTHING else list(_TOKEN.finditer(text))
    if tokens and "".join(token[0] for token in tokens) != text:
        raise ValueError("a brace that is not closed")
    parts, rest = _parts(tokens)
    if rest:
        raise ValueError("a parenthesis that is not opened")
    return parts, float(weighted["weight"]) if weighted else 1.0


def _parts(tokens: list[re.Match[str]]) -> tuple[Parts, list[re.Match[str]]]:
    """The parts up to a mark that ends them, and the tokens from there on."""
    parts: list[str | Slot | Choice] = []
    while tokens and tokens[0]["mark"] in (None, "("):
        token, *tokens = tokens
        if token["mark"]:
            choice, tokens = _group(tokens)
            parts.append(choice)
        elif token["symbol"]:
            parts.append(Slot(token["symbol"], bool(token["many"])))
        else:
            parts.append(token["text"])
    return tuple(parts), tokens


def _group(tokens: list[re.Match[str]]) -> tuple[Choice, list[re.Match[str]]]:
    """What stands between parentheses, and the tokens behind."""
    alternatives: list[tuple[Parts, float]] = []
    mark = "|"
    while mark == "|":
        parts, tokens = _parts(tokens)
        alternatives.append((parts, 1.0))
        if not tokens:
            raise ValueError("a parenthesis that is not closed")
        mark, *tokens = (tokens[0]["mark"], *tokens[1:])
    return _choice(alternatives), tokens
