"""Words that there are not, and what was meant."""

import pytest

from graph.errors import NotFound, RefusedInput
from graph.nearest import hint, nearest

KNOWN = ("region", "issuer", "policy")


def test_a_slip_of_the_pen_is_answered_with_the_word() -> None:
    assert hint("regoin", KNOWN) == "did you mean region?"


def test_a_word_that_is_like_none_is_answered_with_all() -> None:
    assert nearest("xyz", KNOWN) is None
    assert hint("xyz", KNOWN, otherwise="the columns are") == "the columns are region, issuer, policy"


def test_where_there_are_no_words_that_is_said() -> None:
    assert hint("xyz", ()) == "there are none"


def test_a_very_long_word_is_compared_by_its_beginning() -> None:
    assert nearest("region" + "n" * 2_000_000, KNOWN) is None


@pytest.mark.parametrize("error", [RefusedInput("a\nb\r\n  c"), NotFound("a b\u2028c")])
def test_an_error_is_one_line_whatever_it_repeats(error: Exception) -> None:
    assert str(error) == "a b c"
