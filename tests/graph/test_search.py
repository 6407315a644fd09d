"""The embedded store's search where many nodes fit, which it answers in another way than where few do."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.facts import Batch, BatchHeader, BatchKind, NodeClaim
from graph.open import open_store
from graph.sqlite import search as search_module
from graph.store import Rank, Store
from graph.tokens import candidates_query, tokens

WORDS = ("企业", "云州", "学院", "企", "A", "云州市企业")
TEXT = st.text(st.sampled_from("云州市企业a，。 "), max_size=12)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of names and passages that are made of a few words, so that queries fit many."""
    claims = []
    for n in range(300):
        name = "".join(WORDS[(n // 6**place) % 6] for place in range(1 + n % 3))
        claims.append(NodeClaim({"name": name}, id=f"measure:{n:03}", label="Measure"))
        claims.append(NodeClaim({"name": name}, id=f"organization:{n:03}", label="Institution"))
        claims.append(NodeClaim({"name": "¶", "text": name * (n % 4 + 1)}, id=f"passage:{n:03}", label="Passage"))
    header = BatchHeader("batch:1", BatchKind.CURATED, title="表", content="c", version="1")
    opened = open_store(str(tmp_path_factory.mktemp("search") / "s.db"))
    opened.write(Batch(header, tuple(claims)))
    return opened


@pytest.mark.parametrize("labels", [None, ["Measure"], ["Organization", "Passage"]])
@pytest.mark.parametrize("query", ["企业", "云", "云州市企业", "企 a", "学院云州"])
@pytest.mark.parametrize("few", [0, 1, 30])
def test_walking_in_order_finds_what_sorting_finds(
    store: Store, monkeypatch: pytest.MonkeyPatch, query: str, labels: list[str] | None, few: int
) -> None:
    expected = store.search(query, labels, limit=2_000)
    monkeypatch.setattr(search_module, "FEW", few)
    assert store.search(query, labels, limit=2_000) == expected
    if len(expected) > 7:
        assert store.search(query, labels, after=expected[6].place, limit=11) == expected[7:18]
    assert store.count_hits(query, labels, most=2_000) == len(expected)
    assert store.count_hits(query, labels, most=5) == min(len(expected), 5)
    for worst in Rank:
        number = sum(hit.place.rank <= worst for hit in expected)
        assert store.count_hits(query, labels, most=2_000, worst=worst) == number


@given(text=TEXT, word=TEXT.filter(lambda word: any(map(str.isalnum, word))))
def test_the_index_misses_no_text_that_holds_the_word(text: str, word: str) -> None:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE VIRTUAL TABLE i USING fts5(names, text, content='', prefix='1', tokenize='ascii')")
        connection.execute("INSERT INTO i (rowid, names, text) VALUES (1, '', ?)", [tokens(text)])
        found = connection.execute("SELECT rowid FROM i WHERE i MATCH ?", [candidates_query("text", [word])]).fetchall()
    connection.close()
    assert found or word not in text
