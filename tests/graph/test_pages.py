"""Cursors: what was not given out by a page is refused, whoever made it."""

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import RefusedInput, StaleCursor
from graph.ids import digest
from graph.queries.pages import Key, cut, decode_cursor, encode_computed, encode_cursor, start_of

QUESTION = "a question"
JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=5)


def crafted(body: Any) -> str:
    """A cursor with a seal that fits, by somebody who has read the program."""
    return encode_cursor(body, QUESTION)


@given(key=st.lists(st.text(), min_size=1).map(tuple))
def test_a_cursor_holds_the_key_that_it_was_made_of(key: Key) -> None:
    try:
        cursor = encode_cursor(key, QUESTION)
    except UnicodeEncodeError:  # lone surrogates are in no key: the stores refuse them
        return
    assert decode_cursor(cursor, QUESTION) == key


@given(body=JSON)
def test_only_a_list_of_texts_is_a_key(body: Any) -> None:
    try:
        cursor = crafted(body)
    except UnicodeEncodeError:
        return
    is_key = isinstance(body, list) and bool(body) and all(isinstance(part, str) for part in body)
    if is_key:
        assert decode_cursor(cursor, QUESTION) == tuple(body)
    else:
        with pytest.raises(RefusedInput, match="not one of ours"):
            decode_cursor(cursor, QUESTION)


@given(text=st.text())
def test_no_text_breaks_the_reading_of_a_cursor(text: str) -> None:
    with pytest.raises(RefusedInput):
        decode_cursor(text, QUESTION)


def test_half_a_surrogate_pair_is_no_key() -> None:
    with pytest.raises(RefusedInput, match="not one of ours"):
        decode_cursor(sealed('["goal:\\ud800"]'), QUESTION)


def sealed(body: str) -> str:
    """A cursor of a text that is not written so by ourselves."""
    return base64.urlsafe_b64encode(f"{digest(QUESTION, body)[:12]}{body}".encode()).decode().rstrip("=")


def test_depth_breaks_nothing() -> None:
    body: Any = "x"
    for _ in range(900):
        body = [body]
    with pytest.raises(RefusedInput):
        decode_cursor(crafted(body), QUESTION)


@pytest.mark.parametrize(
    "key", [("1",), ("1", "2", "3"), ("1", "-2"), ("1", "x"), ("١", "2"), ("1", "9" * 19), ("1", ""), ("1", "2 ")]
)
def test_a_position_is_two_numbers(key: Key) -> None:
    with pytest.raises(RefusedInput, match="not one of ours"):
        start_of(encode_cursor(key, QUESTION), QUESTION, version=1)


def test_a_position_counts_for_its_version_and_question() -> None:
    cursor = encode_computed(20, QUESTION, version=3)
    assert start_of(cursor, QUESTION, version=3) == 20 and start_of(None, QUESTION, version=3) == 0
    with pytest.raises(StaleCursor):
        start_of(cursor, QUESTION, version=4)
    with pytest.raises(RefusedInput, match="another question"):
        start_of(cursor, "another", version=3)


def test_a_changed_character_is_noticed() -> None:
    cursor = encode_cursor(("b",), QUESTION)
    for at in range(len(cursor)):
        changed = cursor[:at] + ("A" if cursor[at] != "A" else "B") + cursor[at + 1 :]
        try:
            assert decode_cursor(changed, QUESTION) == ("b",)  # bits behind the last byte say nothing
        except RefusedInput:
            continue


def test_a_crafted_key_leads_to_some_place_of_the_list() -> None:
    rows = ["a", "b", "c"]
    for key in ((), ("b", "x"), ("\U0010ffff",), ("",)):
        cursor = encode_cursor(key or ("",), QUESTION)
        page, _ = cut(rows, lambda row: (row,), question=QUESTION, limit=5, cursor=cursor)
        assert list(page) in (rows, rows[2:], [])
