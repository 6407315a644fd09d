"""Text as the full-text index sees it."""

from itertools import groupby, pairwise

from hypothesis import given
from hypothesis import strategies as st

from graph.tokens import name_tokens, tokens

TEXT = st.text(st.sampled_from("云州市，。 _\n\0aZ1é😀𠀀"), max_size=20)


@given(TEXT)
def test_a_run_of_letters_and_digits_becomes_its_pairs_and_its_last_character(text: str) -> None:
    runs = ["".join(run) for is_word, run in groupby(text, key=str.isalnum) if is_word]
    expected = [word for run in runs for word in (*map("".join, pairwise(run)), run[-1])]
    assert tokens(text) == " ".join(expected)


@given(st.lists(st.text(st.sampled_from("云州 ，a"), max_size=6), min_size=1, max_size=4))
def test_the_names_of_a_node_are_put_behind_each_other(names: list[str]) -> None:
    assert name_tokens(names) == " ".join(name_tokens([name]) for name in names)
