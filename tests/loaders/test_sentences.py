"""Sentences of a clean text."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.text.model import Span
from loaders.text.sentences import sentence_around, sentences

texts = st.text(alphabet="云州市。！？；，”）》\n 12", max_size=80)


def words(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, Span(0, len(text)))]


def test_sentences_end_at_stops_and_line_breaks() -> None:
    assert words("推进改革；扩大开放。建成12所吗？是！\n保障措施\n加强领导") == [
        "推进改革；",
        "扩大开放。",
        "建成12所吗？",
        "是！",
        "保障措施",
        "加强领导",
    ]


def test_closing_marks_stay_with_the_sentence_before_them() -> None:
    assert words("强调“要推进改革。”会后（详见附件。）落实。") == ["强调“要推进改革。”", "会后（详见附件。）", "落实。"]


def test_only_the_span_is_divided() -> None:
    text = "第一句。第二句。第三句。"
    assert [span.of(text) for span in sentences(text, Span(4, 10))] == ["第二句。", "第三"]


@settings(max_examples=150, deadline=None)
@given(texts)
def test_sentences_keep_every_word_in_order(text: str) -> None:
    found = sentences(text, Span(0, len(text)))
    assert "".join("".join(span.of(text).split()) for span in found) == "".join(text.split())
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(span.of(text) == span.of(text).strip() for span in found)


@settings(max_examples=150, deadline=None)
@given(texts, st.data())
def test_the_sentence_around_a_span_holds_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert Span(start, end) in sentence_around(text, Span(start, end))


def test_the_sentence_around_a_word_is_its_sentence() -> None:
    text = "推进改革。支持海棠学院扩大开放。加强领导。"
    at = text.index("海棠学院")
    assert sentence_around(text, Span(at, at + 4)).of(text) == "支持海棠学院扩大开放。"
