"""Generated sentences: their spans are the names that were put in, and everything in the grammar can be written."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.names.labels import KINDS
from training.generator import Generator, with_whole_names
from training.grammar import Choice, Grammar, Slot
from training.grammar_files import parsed, rules
from training.sentences import Sentence, Span, are_in_order
from training.wordlists import words

SEEDS = st.integers(0, 2**32)


@given(SEEDS)
def test_names_of_a_generated_sentence_are_in_order_and_inside_it(seed: int) -> None:
    generator = Generator(seed)
    assert all(are_in_order(generator.sentence()) for _ in range(20))


@given(SEEDS)
def test_the_same_seed_makes_the_same_sentences(seed: int) -> None:
    one, other = Generator(seed), Generator(seed)
    assert [one.sentence() for _ in range(5)] == [other.sentence() for _ in range(5)]


@given(SEEDS)
def test_a_copy_has_as_many_names_and_the_same_words_between_them(seed: int) -> None:
    generator = Generator(seed)
    for _ in range(20):
        sentence = generator.sentence()
        copy = generator.copy(sentence)
        assert are_in_order(copy)
        assert between(copy) == between(sentence)


def between(sentence: Sentence) -> list[str]:
    """The text around the names."""
    ends = [0, *(span.end for span in sentence.spans)]
    starts = [*(span.start for span in sentence.spans), len(sentence.text)]
    return [sentence.text[end:start] for end, start in zip(ends, starts, strict=True)]


def test_names_of_every_kind_are_made() -> None:
    generator = Generator(1)
    assert {span.kind for _ in range(500) for span in generator.sentence().spans} == set(KINDS)


def test_about_a_third_of_the_sentences_has_no_name() -> None:
    generator = Generator(2)
    nameless = sum(not generator.sentence().spans for _ in range(2000))
    assert 0.25 < nameless / 2000 < 0.5


def slots_of(choice: Choice) -> set[str]:
    found: set[str] = set()
    for part in (part for alternative in choice.alternatives for part in alternative):
        if isinstance(part, Slot):
            found.add(part.symbol)
        elif isinstance(part, Choice):
            found |= slots_of(part)
    return found


def test_every_symbol_that_a_rule_uses_has_a_rule_or_a_word_list() -> None:
    used = set().union(*map(slots_of, rules().values()))
    assert all(words(symbol) for symbol in used - set(rules()))


def test_every_rule_and_every_list_is_used(root: Path) -> None:
    used = set().union(*map(slots_of, rules().values()))
    asked_for = {"sentence", "nameless", "few_clauses", "full_place", "short_place", "company", "department"}
    assert set(rules()) - used <= asked_for
    lists = {path.stem for path in (root / "training" / "lists").iterdir()}
    assert lists - used <= {"department_endings"}


def test_weights_groups_and_kinds_are_read() -> None:
    found = parsed(["= body : school", "(甲|乙){end} ×3", "= end", "校", "ε"], name="test")
    assert found["body"].kind == "school"
    assert found["body"].sums == (3.0,)
    assert slots_of(found["body"]) == {"end"}
    texts = {Grammar(found, words, Random(seed)).text("body").text for seed in range(50)}
    assert texts == {"甲校", "乙校", "甲", "乙"}


@pytest.mark.parametrize("line", ["(甲|乙", "甲)", "{甲", "甲{name*"])
def test_a_line_that_cannot_be_read_is_refused_with_its_place(line: str) -> None:
    with pytest.raises(ValueError, match="test, line 2"):
        parsed(["= body", line], name="test")


def test_a_kind_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match=r"test, line 1.*no kind"):
        parsed(["= body : shop", "甲"], name="test")


def test_a_place_belongs_to_the_body_that_follows_it() -> None:
    sentence = with_whole_names(Sentence("云州市水利局", (Span(0, 3, "place"), Span(3, 6, "government"))))
    assert sentence.names() == [("云州市水利局", "government")]


def test_a_national_body_after_a_place_is_a_name_of_its_own() -> None:
    spans = (Span(0, 3, "place"), Span(3, 9, "enterprise"))
    assert len(with_whole_names(Sentence("云州市中国云山银行", spans)).spans) == 2


def test_inside_a_title_only_the_body_that_leads_it_is_a_name() -> None:
    text = "《云州市水利局关于海棠学院的意见》"
    spans = (Span(1, 7, "government"), Span(9, 13, "school"))
    assert with_whole_names(Sentence(text, spans)).names() == [("云州市水利局", "government")]
