"""Evidence as text: quotes, the sentences around them, context elsewhere in the document."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import NotFound
from graph.open import open_store
from graph.queries.evidence import evidence_of, read_pieces
from graph.queries.find import find_node
from graph.queries.quotes import segments, sentence_around
from graph.store import Store
from tests import small_graph as small


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("evidence") / "small.db")) as opened:
        opened.write(small.plan())
        opened.write(small.report())
        yield opened


def test_a_quote_stands_marked_in_its_sentence(store: Store) -> None:
    goal = find_node(store, small.TEACHER_GOAL)
    [piece] = evidence_of(store, goal.id).items
    assert piece.quote == small.TEACHER_GOAL
    assert piece.section == (small.UMBRELLA, small.TEACHERS)
    assert [(part.text, part.mark) for part in piece.segments] == [
        (f"{small.COLLEGE}牵头培养教师，", False),
        (small.TEACHER_GOAL, True),
        ("。", False),
    ]


def test_context_is_marked_in_its_own_sentence_behind_an_ellipsis(store: Store) -> None:
    goal = find_node(store, small.SCHOOL_GOAL)
    [piece] = evidence_of(store, goal.id).items
    assert [part.text for part in piece.segments if part.mark] == ["到2025年", small.SCHOOL_GOAL]
    assert [part.text for part in piece.segments] == ["到2025年", "目标如下。", "…", small.SCHOOL_GOAL]


def test_context_in_another_passage_comes_behind_the_statement(store: Store) -> None:
    made = small.Document("另一份", (((), "到2025年如下。\n"), (("表",), "三十所\n")), "c" * 64)
    made.node("Institution", "槐树学院", "三十所")
    with_context = made.at("三十所", context="到2025年")
    store.write(made.batch())
    piece = read_pieces(store, [with_context])[with_context]
    assert [(part.text, part.mark) for part in piece.segments] == [
        ("三十所", True),
        ("…", False),
        ("到2025年", True),
        ("如下。", False),
    ]


def test_a_citation_names_issuers_title_number_date_and_section(tmp_path: Path) -> None:
    notice, plan = "云州市教育局关于印发《云州市行动计划》的通知", "云州市行动计划"
    head, body = f"{notice}\n云教〔2022〕3号\n云州市教育局 云州市财政局\n", f"{plan}\n建成学校三十所。\n"
    made = small.Document("两份", (((), head), (("一、目标",), body)), "d" * 64)
    policies = [
        made.node("Policy", notice, notice),
        made.node("Policy", plan, f"{plan}\n", doc_number="云教〔2022〕3号", issued_on="2022-05-12"),
    ]
    parts = ((policies[0], 0, len(head)), (policies[1], len(head), len(head + body)))
    for policy, start, end in parts:
        made.edge(policy, "PART_OF", made.id, notice, start=start, end=end)
    for words in ("云州市教育局 ", "云州市财政局"):
        made.edge(policies[1], "ISSUED_BY", made.node("Institution", words.strip(), words), words)
    goal = made.goal(policies[1], "建成学校三十所", {"value": 30})
    with open_store(str(tmp_path / "two.db")) as store:
        store.write(made.batch())
        [piece] = evidence_of(store, goal).items
        [own] = evidence_of(store, policies[0]).items
    assert piece.citation == "云州市教育局、云州市财政局：《云州市行动计划》（云教〔2022〕3号），2022-05-12，一、目标"
    assert own.citation == "《云州市教育局关于印发〈云州市行动计划〉的通知》"


def test_a_citation_has_the_title_of_the_document_where_no_policy_is_known(tmp_path: Path) -> None:
    made = small.Document("一份材料", (((), "槐树学院"),), "e" * 64)
    school = made.node("Institution", "槐树学院", "槐树学院")
    with open_store(str(tmp_path / "one.db")) as store:
        store.write(made.batch())
        [piece] = evidence_of(store, school).items
    assert piece.citation == "《一份材料》"


def test_all_evidence_comes_page_by_page(store: Store) -> None:
    edges = store.list_edges("PARTNERS_WITH")
    most = max(edges, key=lambda edge: edge.evidence_total)
    first = evidence_of(store, most.id, limit=2)
    second = evidence_of(store, most.id, limit=2, cursor=first.next)
    assert [len(first.items), len(second.items)] == [2, 1] and first.total == 3 and second.next is None
    assert not set(first.items) & set(second.items)


def test_evidence_of_nothing_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound, match="no node or edge"):
        evidence_of(store, "edge:none")


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("甲。乙丙丁。戊。", "丙", "乙丙丁。"),
        ("他说“走吧。”然后走了。", "走吧。”", "他说“走吧。”"),
        ("标题\n正文在此。", "正文", "正文在此。"),
        ("甲；乙丙；丁", "乙丙", "乙丙；"),
        (
            "一行很长很长很长很长很长很长很长很长很长\n的句子。完",
            "的句",
            "一行很长很长很长很长很长很长很长很长很长\n的句子。",
        ),
        (
            "一行很长很长很长很长很长很长很长很长很长\n\n的句子。完",
            "很长",
            "一行很长很长很长很长很长很长很长很长很长\n\n的句子。",
        ),
        ("没有标点", "标", "没有标点"),
    ],
)
def test_the_sentence_around_some_words(text: str, words: str, expected: str) -> None:
    start, end = sentence_around(text, (text.index(words), text.index(words) + len(words)))
    assert text[start:end] == expected


TEXTS = st.text(alphabet="学院。；\n”，a ", max_size=80)


@given(text=TEXTS, ends=st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=4))
def test_marked_segments_are_the_marks_and_all_text_is_the_texts_own(text: str, ends: list[tuple[int, int]]) -> None:
    marks = [(min(pair), max(pair)) for pair in ends if max(pair) <= len(text)]
    found = segments(text, marks)
    covered = {at for start, end in marks for at in range(start, end)}
    assert "".join(part.text for part in found if part.mark) == "".join(text[at] for at in sorted(covered))
    assert all(part.text in text or part.text == "…" for part in found)
    assert all(part.text for part in found)
