"""The places that a document names in full, alone or at the head of a longer name: 云州市 in 云州市教育局."""

import re
from collections.abc import Sequence

from loaders.extract.records import Mention
from loaders.names.lexicon import lexicon
from loaders.names.ranks import NO_RANK
from loaders.resolve.title_heads import title_heads

_RANKS = ("省", "市", "县", "区", "州")
_HEAD = re.compile(f"(?!民革|民盟|民建|民进)(?P<place>[一-鿿](?![城都])[一-鿿](?:省|市|县)(?!{NO_RANK}))(?P<rest>.+)")
_HEAD_OF_DEPARTMENT = re.compile(
    "(?!民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|共青团)(?P<place>[一-鿿]{2,4}[省市县区])(?P<rest>.+)"
)


def full_names(mentions: Sequence[Mention], text: str) -> set[str]:
    """Names of places with their rank, whether the register has them or not."""
    alone = {m.text for m in mentions if m.kind == "place" and m.text.endswith(_RANKS)}
    longer = [m.text for m in mentions if m.kind == "organization"]
    longer += [span.of(text) for span in title_heads(text)]
    return alone | {head for name in longer if (head := _head(name)) is not None}


def _head(name: str) -> str | None:
    """The place that a longer name begins with, told by two characters and a rank, or by the department after it."""
    department = _HEAD_OF_DEPARTMENT.fullmatch(name)
    if department and department["rest"] in lexicon().stems:
        return department["place"]
    head = _HEAD.match(name)
    return head["place"] if head else None
