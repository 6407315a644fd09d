"""Normal forms of text and numbers."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from graph.normal import fold, key, number_text, sort_key

HAN = st.text(st.sampled_from("云雲产產业業学學乾干隆Ａa，。 1"), max_size=12)


def test_width_case_and_traditional_characters_fold() -> None:
    assert fold("ＡＢＣ 雲州產業") == "abc 云州产业"


COMPATIBLE = st.sampled_from("，：；（）！？％=a\u0338\u0301\u3099Å㈱…ﾊﾟ云") | st.characters(max_codepoint=0x2DFF)


@given(st.text(COMPATIBLE, max_size=9))
def test_what_has_no_traditional_character_folds_to_its_compatible_form_in_lower_case(text: str) -> None:
    assert fold(text) == unicodedata.normalize("NFKC", text).lower()


@given(HAN, HAN)
def test_what_a_text_folds_to_does_not_hang_on_its_neighbours(a: str, b: str) -> None:
    assert fold(a + b) == fold(a) + fold(b)


@given(st.text(st.characters(max_codepoint=0x9FFF, categories=["L", "N"]), max_size=10))
def test_folding_han_and_latin_twice_is_folding_once(text: str) -> None:
    once = fold(text)
    assert fold(once) == once or not once.isascii()


@given(HAN)
def test_a_key_has_no_spaces_or_punctuation_unless_there_is_nothing_else(text: str) -> None:
    found = key(text)
    assert found.isalnum() or not any(map(str.isalnum, text))


@given(st.integers(-(2**53) + 1, 2**53 - 1))
def test_a_whole_number_is_written_alike_as_integer_and_as_float(number: int) -> None:
    assert number_text(number) == number_text(float(number)) == str(number)


def test_values_that_are_text_lose_spaces_and_width() -> None:
    assert number_text("18 ：１") == "18:1"
    assert number_text(None) == ""
    assert number_text(0.1) == "0.1"


def test_sort_keys_order_as_the_folded_names_do() -> None:
    names = ["云州", "云", "B", "a", "江北省"]
    assert sorted(names, key=sort_key) == sorted(names, key=lambda name: fold(name).encode())
