"""Text as the full-text index sees it: overlapping pairs of characters, so that words need no limits.

A run of letters and digits becomes its pairs and at last its final character: 云州市 -> 云州 州市 市. A word is found
as the phrase of its pairs, a single character as the beginning of a pair. The lone last character keeps a phrase from
running on across punctuation. Names stand between two marks, so that beginning and whole are found as phrases too.
What the index finds are candidates: it must be checked against the folded text.
"""

import re
from array import array
from collections.abc import Sequence
from operator import add

START, END = "\ue000", "\ue001"  # private-use characters: no letters, so they never come out of a text
_RUN = re.compile(f"(?:[^\\W_]|[{START}{END}])+")
_BETWEEN = re.compile(f"(?:[^\\w{START}{END}]|_)+")
_LIMIT = "\0"
_ACROSS = re.compile(f"{_LIMIT} {_LIMIT}. ")
_SPACE = array("I", " ".encode("utf-32-le"))
_MAX_RUNS = 12
_MAX_PAIRS = 24


def tokens(text: str) -> str:
    """What the index is given for a folded text."""
    runs = _BETWEEN.sub(_LIMIT, text).strip(_LIMIT)
    # Pairs of all characters at once, a limit for one; pair by pair takes two and a half times as long.
    characters = array("I", runs.encode("utf-32-le"))
    pairs = _SPACE * (3 * len(characters))
    pairs[::3] = characters
    pairs[1:-3:3] = characters[1:]
    return _ACROSS.sub(" ", pairs.tobytes().decode("utf-32-le").rstrip())


def name_tokens(names: Sequence[str]) -> str:
    """What the index is given for folded names."""
    return tokens("\n".join(f"{START}{name}{END}" for name in names))


def words_of(folded: str) -> list[str]:
    """The words of a folded query; what has neither letter nor digit is none."""
    return [word for word in folded.split() if _RUN.search(word)]


def candidate_runs(texts: Sequence[str]) -> list[str]:
    """Runs that the index must have where it holds all the texts as substrings.

    Long texts and many words are cut: the candidates get more, none is lost.
    """
    runs = dict.fromkeys(run for text in texts for run in _RUN.findall(text) if run not in (START, END))
    longest = sorted(runs, key=len, reverse=True)[:_MAX_RUNS]
    return [run[: _MAX_PAIRS + 1] for run in longest]


def finds_exactly(texts: Sequence[str]) -> bool:
    """Whether what the index finds for these texts needs no check: each is one run, and none is cut."""
    return set(candidate_runs(texts)) == set(texts)


def pairs_of(run: str) -> str:
    """The overlapping pairs of a run of two characters or more."""
    return " ".join(map(add, run, run[1:]))


def candidates_query(column: str, texts: Sequence[str]) -> str:
    """FTS5 query for rows whose column may hold all the texts as substrings."""
    phrases = (f'"{run}" *' if len(run) == 1 else f'"{pairs_of(run)}"' for run in candidate_runs(texts))
    return f"{{{column}}} : ({' AND '.join(phrases)})"
