"""Write the graph of the corpus without its text: what examples/graphs/corpus.jsonl is made from.

usage: python examples/corpus_graph.py [CORPUS]     (CORPUS: the folder of the documents, ../shared/corpus if not given)

The texts may not be passed on, so the file has the facts and the places where they stand, not the sentences; headings
that are whole sentences are cut. Loading one of the documents later, with the options below, fills its text in. Two of
the texts have no title of their own; the titles given here are ours.
"""

import json
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from graph.errors import PolicygraphError
from graph.formats.registry import export
from graph.open import open_store
from loaders.load import load_paths
from loaders.options import LoadOptions

OPTIONS = {
    "wz-plan.txt": LoadOptions(title="温州市推动职业教育高质量发展方案", region="温州市"),
    "tz-plan.txt": LoadOptions(),
    "wzpt-plan.txt": LoadOptions(),
    "wzpt-report.txt": LoadOptions(title="高等职业教育质量年度报告（2020）", issuer="温州职业技术学院"),
}
LONGEST_HEADING = 20
DEFAULT_CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
TARGET = Path(__file__).parent / "graphs" / "corpus.jsonl"


def main(corpus: Path) -> int:
    """Write the dump; -> exit status."""
    with tempfile.TemporaryDirectory() as folder, open_store(str(Path(folder) / "corpus.db")) as store:
        for name, options in OPTIONS.items():
            report = load_paths(store, [corpus / name], options=options)
            for refused in report.refused:
                print(refused.reason, file=sys.stderr)
            if report.refused:
                return 1
        dump = BytesIO()
        export(store, dump, format="jsonl", without_text=True)
    with TARGET.open("wb") as out:
        for line in dump.getvalue().splitlines():
            out.write(_with_short_headings(line) + b"\n")
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes")
    return 0


def _with_short_headings(line: bytes) -> bytes:
    """The line of the dump with headings that are whole sentences cut at their first comma."""
    record = json.loads(line)
    node = record.get("node", {})
    if node.get("label") not in ("Measure", "Passage"):
        return line
    properties = node["properties"]
    for name in ("name", "title"):
        if name in properties:
            properties[name] = _cut(properties[name])
    if "section" in properties:
        properties["section"] = [_cut(heading) for heading in properties["section"]]
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def _cut(heading: str) -> str:
    first, comma, _ = heading.partition("，")
    return f"{first}…" if comma and len(heading) > LONGEST_HEADING else heading


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_CORPUS))
    except PolicygraphError as error:
        sys.exit(str(error))
