"""`python -m training`: what it prints, and that wrong input ends with one line."""

from pathlib import Path

import pytest

from training.__main__ import main


def test_sample_prints_sentences_with_their_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sample", "30", "--seed", "5"]) == 0
    first = capsys.readouterr().out
    assert "/enterprise" in first
    main(["sample", "30", "--seed", "5"])
    assert capsys.readouterr().out == first


@pytest.mark.parametrize(
    "arguments",
    [
        ["train", "--labelled", "nothing.gz", "--weights", "new.npz"],
        ["train", "--labelled", "empty.gz", "--weights", "no/such/folder/new.npz"],
        ["evaluate", "--labelled", "empty.gz", "--weights", "nothing.npz"],
        ["evaluate", "--labelled", "empty.gz", "--weights", "empty.gz"],
        ["train", "--labelled", "empty.gz", "--weights", "new.npz", "--start", "nothing.npz"],
        ["train", "--labelled", "empty.gz", "--weights", "new.npz", "--start", "empty.gz"],
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.gz").write_bytes(b"")
    assert main(arguments) == 1
    said = capsys.readouterr().err
    assert said.startswith("python -m training: ")
    assert said.count("\n") == 1
    assert not (tmp_path / "new.npz").exists()
