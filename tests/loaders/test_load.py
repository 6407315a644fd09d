"""Paths into a store: what is loaded, what is refused, and that a refusal leaves the store as it was."""

import io
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from graph.errors import RefusedInput
from graph.formats.registry import export
from graph.open import open_store
from graph.store import Store, Written
from loaders.folder import options_of
from loaders.load import load_paths
from loaders.options import LoadOptions
from loaders.readers.files import MAX_BYTES

PLAN = """云州市职业教育“十四五”发展规划

为落实《国家职业教育改革实施方案》，制定本规划。

一、发展目标

到2025年，职业院校毕业生本地就业率达到65%以上。

二、主要任务

（一）建设产业学院。支持海棠职业技术学院与星渊智能装备有限公司共建智能装备产业学院。到2025年，建成产业学院12个以上。

三、保障措施

（一）加强组织领导。市教育局要牵头抓好规划实施。
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "store" / "graph.db")) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _store_folder(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "plans"
    made.mkdir()
    (made / "yunzhou.txt").write_text(PLAN, encoding="utf-8")
    (made / "qinghe.txt").write_text(PLAN.replace("云州市", "清河市").replace("65%", "70%"), encoding="utf-8")
    return made


def exported(store: Store) -> bytes:
    out = io.BytesIO()
    export(store, out, format="json")
    return out.getvalue()


def titles(store: Store) -> set[str]:
    return {header.title for header in store.batches()}


def test_a_folder_loads_all_its_documents(store: Store, folder: Path) -> None:
    report = load_paths(store, [folder])
    assert [loaded.written for loaded in report.loaded] == [Written.ADDED, Written.ADDED]
    assert titles(store) == {"云州市职业教育“十四五”发展规划", "清河市职业教育“十四五”发展规划"}


def test_a_second_load_changes_nothing(store: Store, folder: Path) -> None:
    load_paths(store, [folder])
    before, version = exported(store), store.version
    report = load_paths(store, [folder])
    assert {loaded.written for loaded in report.loaded} == {Written.UNCHANGED}
    assert (exported(store), store.version) == (before, version)


def test_the_order_of_loading_does_not_matter(store: Store, folder: Path, tmp_path: Path) -> None:
    load_paths(store, [folder / "yunzhou.txt", folder / "qinghe.txt"])
    with open_store(str(tmp_path / "store" / "other.db")) as other:
        load_paths(other, [folder / "qinghe.txt", folder / "yunzhou.txt"])
        assert exported(store) == exported(other)


def test_several_workers_load_what_one_does(store: Store, folder: Path, tmp_path: Path) -> None:
    load_paths(store, [folder])
    with open_store(str(tmp_path / "store" / "other.db")) as other:
        load_paths(other, [folder], workers=2)
        assert exported(store) == exported(other)


def test_a_changed_file_replaces_what_it_said(store: Store, folder: Path) -> None:
    load_paths(store, [folder / "yunzhou.txt"])
    (folder / "yunzhou.txt").write_text(PLAN.replace("65%", "66%"), encoding="utf-8")
    report = load_paths(store, [folder / "yunzhou.txt"])
    assert [loaded.written for loaded in report.loaded] == [Written.REPLACED]
    values = {node.properties.get("value") for node in store.list_nodes("Goal")}
    assert 66 in values
    assert 65 not in values


def test_the_same_file_under_two_names_is_one_document_with_two_sources(store: Store, folder: Path) -> None:
    shutil.copy(folder / "yunzhou.txt", folder / "copy.txt")
    load_paths(store, [folder / "yunzhou.txt", folder / "copy.txt"])
    (document,) = store.list_nodes("Document")
    sources = document.properties["sources"]
    assert isinstance(sources, list)
    assert [source.rpartition("/")[2] for source in sources] == ["copy.txt", "yunzhou.txt"]
    assert len(store.list_nodes("Policy", filters={"loaded": [True]})) == 1


def test_one_bad_file_among_good_ones_is_named_and_the_others_load(store: Store, folder: Path) -> None:
    (folder / "broken.txt").write_bytes(b"\x00\x01\x02\x03" * 100)
    report = load_paths(store, [folder])
    assert len(report.loaded) == 2
    (refused,) = report.refused
    assert refused.path.name == "broken.txt"
    assert "broken.txt" in refused.reason
    assert "\n" not in refused.reason


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n\n ",
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        PLAN.encode()[:-2],
        "これは日本語の文書です。\n".encode("euc_jp") * 9,
    ],
    ids=["empty", "blank", "binary", "half-written", "wrongly encoded"],
)
def test_a_file_that_is_no_text_is_refused_in_one_line(store: Store, tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(content)
    report = load_paths(store, [bad])
    assert [refused.path for refused in report.refused] == [bad]
    assert report.refused[0].reason.startswith(str(bad))
    assert len(report.refused[0].reason.splitlines()) == 1
    assert store.version == 0


def test_a_huge_file_is_refused_without_being_read(store: Store, tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(4 * MAX_BYTES)
    assert "MB" in load_paths(store, [huge]).refused[0].reason


def test_a_missing_path_and_an_empty_folder_are_named(store: Store, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    report = load_paths(store, [tmp_path / "nowhere.txt", tmp_path / "empty"])
    assert {refused.path.name for refused in report.refused} == {"nowhere.txt", "empty"}


def test_files_of_other_types_are_skipped_but_named(store: Store, folder: Path) -> None:
    (folder / "picture.png").write_bytes(b"\x89PNG")
    assert [path.name for path in load_paths(store, [folder]).skipped] == ["picture.png"]


def test_a_document_without_headings_loads(store: Store, tmp_path: Path) -> None:
    plain = tmp_path / "plain.txt"
    plain.write_text("云州市将在2025年前建成产业学院12个。", encoding="utf-8")
    (loaded,) = load_paths(store, [plain]).loaded
    assert loaded.title == "plain"


def test_documents_csv_gives_titles_and_issuers(store: Store, folder: Path) -> None:
    (folder / "documents.csv").write_text(
        "file,title,issuer,issued_on\nyunzhou.txt,云州市职业教育发展规划,云州市教育局,2021-06-01\n", encoding="utf-8"
    )
    load_paths(store, [folder])
    (policy,) = store.list_nodes("Policy", filters={"name": ["云州市职业教育发展规划"]})
    assert policy.properties["issued_on"] == "2021-06-01"
    issuers = [edge.target for edge in store.expand([policy.id], ["ISSUED_BY"])]
    assert [node.name for node in store.nodes(issuers).values()] == ["云州市教育局"]


@pytest.mark.parametrize(
    ("table", "hint"),
    [
        ("file,titel\nyunzhou.txt,X\n", "title"),
        ("file,title\nnowhere.txt,X\n", "nowhere.txt"),
        ("title\nX\n", "file"),
        ("file,title\nyunzhou.txt,X,Y\n", "line 2"),
        ("file,level\nyunzhou.txt,galactic\n", "municipal"),
        ("file,issued_on\nyunzhou.txt,May\n", "2021-05-25"),
        ("file,title\nyunzhou.txt,X\nyunzhou.txt,Y\n", "twice"),
        ("file,source\nyunzhou.txt,javascript:alert(1)\n", "https://"),
    ],
)
def test_a_bad_documents_csv_is_refused_with_a_hint(store: Store, folder: Path, table: str, hint: str) -> None:
    (folder / "documents.csv").write_text(table, encoding="utf-8")
    report = load_paths(store, [folder])
    assert hint in report.refused[0].reason
    assert "documents.csv" in report.refused[0].reason
    assert store.version == 0


def test_a_dump_loads_like_the_documents_it_is_of(store: Store, folder: Path, tmp_path: Path) -> None:
    load_paths(store, [folder])
    dump = tmp_path / "all.jsonl"
    with dump.open("wb") as out:
        export(store, out, format="jsonl")
    with open_store(str(tmp_path / "store" / "other.db")) as other:
        report = load_paths(other, [dump])
        assert [loaded.written for loaded in report.loaded] == [Written.ADDED, Written.ADDED]
        assert exported(other) == exported(store)
        load_paths(other, [folder])
        assert exported(other) == exported(store)


def test_a_half_written_dump_is_refused_whole(store: Store, folder: Path, tmp_path: Path) -> None:
    load_paths(store, [folder])
    dump = tmp_path / "half.jsonl"
    with dump.open("wb") as out:
        export(store, out, format="jsonl")
    dump.write_bytes(dump.read_bytes()[:-2000])
    with open_store(str(tmp_path / "store" / "other.db")) as other:
        (refused,) = load_paths(other, [dump]).refused
        assert "half.jsonl" in refused.reason
        assert other.version == 0


def test_two_documents_of_one_source_are_not_taken_for_one(store: Store, folder: Path) -> None:
    address = "https://www.example.org/plan"
    (folder / "documents.csv").write_text(
        f"file,source\nyunzhou.txt,{address}\nqinghe.txt,{address}\n", encoding="utf-8"
    )
    report = load_paths(store, [folder])
    assert len(report.loaded) == 1
    assert address in report.refused[0].reason


def test_a_title_over_two_lines_is_one_line(store: Store, folder: Path) -> None:
    options = options_of({"title": "云州市\n  规划"}, where="load")
    (loaded,) = load_paths(store, [folder / "yunzhou.txt"], options=options).loaded
    assert loaded.title.replace(" ", "") == "云州市规划"


def test_one_title_for_several_documents_is_refused(store: Store, folder: Path) -> None:
    with pytest.raises(RefusedInput, match="--title"):
        load_paths(store, [folder], options=LoadOptions(title="某规划"))


def test_progress_ends_with_all_files_done_whether_they_were_there_or_not(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        told: list[tuple[int, int]] = []
        load_paths(store, [folder, tmp_path / "nowhere"], on_file=partial(_tell, told))
        assert told[-1] == (2, 2)
        assert all(done <= total for done, total in told)


def _tell(told: list[tuple[int, int]], done: int, total: int) -> None:
    told.append((done, total))
