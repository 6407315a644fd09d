"""What search must find, and in which order, in every store."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.facts import Batch, BatchHeader, BatchKind, NodeClaim, Value
from graph.normal import fold
from graph.store import Hit, Rank, Store
from tests.graph.making import NewStore
from tests.graph.strategies import passages_of

TEXT = st.text(st.sampled_from("云州市企业雲Ａa1，。 -'\"*"), min_size=1, max_size=10)
TABLE = BatchHeader("batch:1", BatchKind.CURATED, title="表", content="c", version="1")


def store_of(new_store: NewStore, *claims: NodeClaim) -> Store:
    """A store with these nodes."""
    store = new_store()
    store.write(Batch(TABLE, claims))
    return store


def named(id_: str, name: str, *aliases: str) -> NodeClaim:
    """A measure with a name and aliases."""
    also: dict[str, Value] = {"aliases": list(aliases)} if aliases else {}
    return NodeClaim({"name": name, **also}, id=f"measure:{id_}", label="Measure")


def passage(id_: str, text: str, name: str = "¶") -> NodeClaim:
    """A passage with a text."""
    return NodeClaim({"name": name, "text": text}, id=f"passage:{id_}", label="Passage")


def ids_of(hits: list[Hit]) -> list[str]:
    """Ids of hits without their prefix."""
    return [hit.node.id.partition(":")[2] for hit in hits]


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(names=st.lists(TEXT, max_size=4), texts=st.lists(TEXT, max_size=3), query=TEXT)
def test_hits_are_what_a_scan_for_all_words_finds(
    new_store: NewStore, names: list[str], texts: list[str], query: str
) -> None:
    measures = [named(f"n{n}", name) for n, name in enumerate(names) if name.strip()]
    passages = [passage(f"t{n}", text) for n, text in enumerate(texts)]
    words = [word for word in fold(query).split() if any(map(str.isalnum, word))]

    def fits(text: object) -> bool:
        return bool(words) and all(word in fold(str(text)) for word in words)

    with store_of(new_store, *measures, *passages) as store:
        expected = {claim.id: "name" for claim in measures if fits(claim.properties["name"])}
        expected |= {claim.id: "text" for claim in passages if fits(claim.properties["text"])}
        hits = store.search(query, limit=100)
        assert {hit.node.id: hit.matched for hit in hits} == expected
        for worst in Rank:
            assert store.count_hits(query, most=100, worst=worst) == sum(hit.place.rank <= worst for hit in hits)


def test_order_is_exact_prefix_name_passage_then_length_then_id(new_store: NewStore) -> None:
    claims = [
        passage("1-long", "各县要发展企业和人才"),
        passage("2-short", "办好企业"),
        named("3-inside-long", "支持各类企业发展"),
        named("4-inside", "办企业"),
        named("5-prefix-long", "企业家队伍"),
        named("6-prefix", "企业家"),
        named("7-exact", "企业"),
        named("8-exact", "企业"),
        named("9-alias", "工商业主体", "企业"),
    ]
    order = ["7-exact", "8-exact", "9-alias", "6-prefix", "5-prefix-long", "4-inside", "3-inside-long"]
    with store_of(new_store, *claims) as store:
        assert ids_of(store.search("企业")) == [*order, "2-short", "1-long"]
        assert paged(store, "企业", 2) == [*order, "2-short", "1-long"]
        assert store.search("企业", limit=0) == []
        assert [store.count_hits("企业", most=most) for most in (0, 1, 8, 9, 100)] == [0, 1, 8, 9, 9]
        assert store.count_hits("企业", ["Passage"], most=9) == 2
        assert [store.count_hits("企业", most=9, worst=rank) for rank in Rank] == [3, 5, 7, 9]
        assert store.count_hits("企业", ["Passage"], most=9, worst=Rank.NAME) == 0


def paged(store: Store, query: str, limit: int) -> list[str]:
    """Ids of all hits, read page by page."""
    found = store.search(query, limit=limit)
    while page := store.search(query, after=found[-1].place, limit=limit):
        found += page
    return ids_of(found)


def test_a_page_goes_on_behind_a_hit_that_is_gone(new_store: NewStore) -> None:
    claims = [named(str(n), f"企业{'家' * n}") for n in range(6)]
    with store_of(new_store, *claims) as store:
        first = store.search("企业", limit=3)
        left = (named("new", "企"), *claims[:2], *claims[3:])
        store.write(Batch(replace(TABLE, version="2"), left))
        assert ids_of(store.search("企业", after=first[-1].place)) == ["3", "4", "5"]


def test_words_of_one_and_two_characters_are_found(new_store: NewStore) -> None:
    with store_of(new_store, named("1", "云州市企业"), named("2", "州"), named("3", "江北")) as store:
        assert ids_of(store.search("州")) == ["2", "1"]
        assert ids_of(store.search("业")) == ["1"]
        assert ids_of(store.search("企业")) == ["1"]


def test_no_word_reaches_across_punctuation_or_from_one_name_to_another(new_store: NewStore) -> None:
    with store_of(new_store, passage("1", "由云州牵头，力争三年完成"), named("2", "甲乙", "丙丁")) as store:
        assert store.search("牵头力争") == []
        assert ids_of(store.search("牵头，力争")) == ["1"]
        assert store.search("乙丙") == []


def test_several_words_must_all_be_in_the_names_or_all_in_the_text(new_store: NewStore) -> None:
    claims = [
        named("1", "云州职业技术学院", "云职院"),
        named("2", "云州市"),
        passage("3", "学院在云州办学"),
        passage("4", "学院办学", name="云州"),
    ]
    with store_of(new_store, *claims) as store:
        assert ids_of(store.search("学院 云州")) == ["1", "3"]
        assert ids_of(store.search("云职院　技术")) == ["1"]


def test_width_case_and_traditional_characters_make_no_difference(new_store: NewStore) -> None:
    with store_of(new_store, named("1", "ＡＢＣ產業學院")) as store:
        for query in ("abc", "产业学院", "產業", "Ｃ产"):
            assert ids_of(store.search(query)) == ["1"]


def test_characters_beyond_the_basic_plane_are_found(new_store: NewStore) -> None:
    with store_of(new_store, named("1", "𫟅𠀀中学"), named("2", "𫟅")) as store:
        assert ids_of(store.search("𫟅")) == ["2", "1"]
        assert ids_of(store.search("𠀀中")) == ["1"]


def test_a_query_without_letters_or_digits_finds_nothing(new_store: NewStore) -> None:
    with store_of(new_store, named("1", "云州*")) as store:
        for query in ("", "  ", "《》", "*", '"', "\x00", "\ue000"):
            assert store.search(query) == []


def test_what_looks_like_a_query_language_is_only_text(new_store: NewStore) -> None:
    with store_of(new_store, named("1", "NOT or near(a b)"), named("2", "云州")) as store:
        assert ids_of(store.search("NOT")) == ["1"]
        assert ids_of(store.search("near(a b)")) == ["1"]
        assert store.search('云 AND ("州') == []
        assert store.search("names:云州") == []


def test_hits_can_be_limited_to_classes_with_their_subclasses(new_store: NewStore) -> None:
    firm = NodeClaim({"name": "云州集团"}, id="organization:1", label="Enterprise")
    with store_of(new_store, firm, named("1", "云州"), passage("2", "云州")) as store:
        assert [hit.node.label for hit in store.search("云州", ["Organization"])] == ["Enterprise"]
        assert ids_of(store.search("云州", ["Passage", "Measure"])) == ["1", "2"]
        assert store.search("云州", []) == []


def test_a_long_query_is_found_word_for_word(new_store: NewStore) -> None:
    text = "".join(chr(0x4E00 + n) for n in range(700))
    with store_of(new_store, passage("1", text), passage("2", text[:300] + "云" + text[300:])) as store:
        assert ids_of(store.search(text[100:600])) == ["1"]
        assert ids_of(store.search(" ".join(text[n] for n in range(0, 600, 2)))) == ["1", "2"]


def test_names_that_changed_are_found_by_the_new_ones_only(new_store: NewStore) -> None:
    with store_of(new_store, named("1", "旧名称")) as store:
        newer = replace(TABLE, version="2")
        store.write(Batch(newer, (named("1", "新名称"),)))
        assert store.search("旧名") == []
        assert ids_of(store.search("名称")) == ["1"]
        store.retract(newer.id)
        assert store.search("名称") == []


def test_evidence_comes_with_the_hits(new_store: NewStore) -> None:
    piece = passages_of(0)[0]
    review = replace(TABLE, kind=BatchKind.REVIEW)
    claim = replace(named("1", "云州"), evidence=(piece,))
    with new_store() as store:
        store.write(Batch(review, (claim,)))
        assert store.search("云州")[0].node.evidence == (piece,)
