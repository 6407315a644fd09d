"""Where a document names organizations and places."""

import os

from loaders.extract.records import Mention
from loaders.names.shared_heads import with_shared_heads
from loaders.names.towns import with_towns
from loaders.text.model import Span, Structure


def mentions(structure: Structure) -> list[Mention]:
    """Names in the clean text, in order, without overlaps; no name reaches from one table cell into another."""
    # Documents are read side by side by processes; threads of the linear algebra would only fight for their cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from loaders.names.tagger import tagger  # numpy and the weights are loaded with the first document

    text = structure.text
    found: list[Mention] = []
    for start, end, kind, rule in tagger().tag(text.replace("\t", "\n")):  # a cell ends like a line
        if "\t" not in text[start:end]:
            found.append(Mention(Span(start, end), kind, text[start:end].replace("\n", ""), rule))
    return with_towns(with_shared_heads(found, text), text)
