"""Reading the bytes of files."""

import pytest

from graph.errors import RefusedInput
from loaders.readers.files import MAX_BYTES, check_size, read_bytes

TEXT = "云州市职业教育发展规划\n一、总体要求\n到2030年，全市建成高水平学校12所。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "utf-16"])
def test_text_is_the_same_in_every_encoding_that_is_read(encoding: str) -> None:
    assert read_bytes(TEXT.encode(encoding), name="plan.txt").text == TEXT


def test_suffix_gives_the_media_type() -> None:
    assert read_bytes(TEXT.encode(), name="plan.MD").media_type == "text/markdown"
    assert read_bytes(TEXT.encode(), name="plan.txt").media_type == "text/plain"


def test_line_ends_become_one_kind() -> None:
    assert read_bytes("云州\r\n海棠\r江北\u2028".encode(), name="a.txt").text == "云州\n海棠\n江北\n"


def test_form_feeds_start_pages() -> None:
    read = read_bytes("云州\f海棠\f江北".encode(), name="a.txt")
    assert [read.text[start : start + 2] for start in read.page_starts] == ["云州", "海棠", "江北"]


def test_a_few_stray_control_characters_do_no_harm() -> None:
    assert "云州" in read_bytes((TEXT * 20 + "\x1a").encode(), name="a.txt").text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (" \r\n\t\u3000\n".encode(), "white space"),
        (b"\xef\xbb\xbf", "white space"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "PNG"),
        ("云州\x00海棠".encode(), "binary"),
        (("云州" + "\x01\x02\x03" * 5).encode(), "binary"),
        (TEXT.encode()[:-2], "breaks off"),
        (TEXT.rstrip("。\n").encode("gb18030")[:-1], "breaks off"),
        (TEXT.encode("utf-16")[:-1], "breaks off"),
        (TEXT.encode()[:60] + b"\xff\xfe" + TEXT.encode()[60:], "at byte 60"),
        (("ソフトウェア開発と職業訓練" * 20).encode("shift_jis"), "UTF-8"),
        (("關於加強職業教育發展的意見" * 20).encode("big5"), "UTF-8"),
    ],
)
def test_what_is_no_whole_text_is_refused_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(RefusedInput) as refusal:
        read_bytes(data, name="plan.txt")
    message = str(refusal.value)
    assert message.startswith("plan.txt: ")
    assert words in message
    assert "\n" not in message


def test_other_kinds_of_files_are_refused_with_the_kinds_that_are_read() -> None:
    with pytest.raises(RefusedInput, match=r"plan\.docx.*\.txt.*\.md.*\.jsonl"):
        read_bytes(b"text", name="plan.docx")


def test_size_is_checked_without_the_bytes() -> None:
    check_size(MAX_BYTES, name="plan.txt")
    with pytest.raises(RefusedInput, match=r"plan\.txt: 200 MB"):
        check_size(200_000_000, name="plan.txt")
