"""Markdown's marks: a marked title is a title, and a number behind marks counts like one without."""

from loaders.text.normalise import normalise
from loaders.text.structure import structure

TEXT = """# 云州市渔业局关于印发《云州市渔港建设行动计划》的通知

云渔发〔2022〕3号

# 云州市渔港建设行动计划

## 一、工作目标

到2025年，建成渔港6座。

## 二、重点行动

### （一）渔港整治行动

1.清理航道。年内清理航道三条。

## 附则

本计划由市渔业局解释。
"""


def test_marked_titles_are_titles_without_their_marks() -> None:
    read = structure(normalise(TEXT))
    assert [span.of(read.text) for span in read.titles] == [
        "云州市渔业局关于印发《云州市渔港建设行动计划》的通知",
        "云州市渔港建设行动计划",
    ]


def test_marked_headings_keep_their_numbers_and_levels() -> None:
    sections = [(s.number, s.title, s.level) for s in structure(normalise(TEXT)).sections if s.title]
    assert sections[:4] == [
        ("一、", "工作目标", 1),
        ("二、", "重点行动", 1),
        ("（一）", "渔港整治行动", 2),
        ("1.", "清理航道", 3),
    ]
    assert "附则" in [title for _, title, _ in sections]


def test_the_unmarked_text_has_the_same_sections() -> None:
    plain = structure(normalise(TEXT.replace("# ", "").replace("#", "")))
    marked = structure(normalise(TEXT))
    assert [s.title for s in plain.sections if s.number] == [s.title for s in marked.sections if s.number]
