"""Appending is whole or not at all, and what a crash left is kept and never in the way."""

from __future__ import annotations

import errno
import os
import re
import stat
import subprocess
import sys
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from qualcode.coding import _append
from qualcode.coding._lock import lock_journal
from qualcode.coding.codings import read_codings
from qualcode.coding.journal import Journal, NewCoding
from qualcode.errors import JournalError, JournalWriteError, TornLineWarning

from ._journals import WARD, open_journal


def two_lines(folder: Path) -> tuple[bytes, bytes]:
    """Write two codings, the last with letters of several bytes, and give their lines."""
    journal = open_journal(folder)
    journal.add(WARD, 0, 3, "rest")
    journal.add(WARD, 30, 80, "rest", memo="“ş” 🏥")
    first, second = journal.path.read_bytes().splitlines(keepends=True)
    return first, second


def read_quietly(folder: Path) -> tuple[int, int]:
    """Give how many codings and how many torn lines a folder holds."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TornLineWarning)
        found = read_codings(folder)
    return len(found), len(found.warnings)


def test_cut_anywhere_a_journal_reads_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualcode.coding._reading._PAUSE", 0)
    first, second = two_lines(tmp_path / "whole")
    for cut in range(len(second) + 1):
        folder = tmp_path / str(cut)
        folder.mkdir()
        path = folder / "ann.jsonl"
        path.write_bytes(first + second[:cut])
        # The last byte of a line is its end: without it the line is still whole.
        kept = cut >= len(second) - 1
        torn = 0 < cut < len(second) - 1
        assert read_quietly(folder) == (1 + kept, torn)
        check_goes_on(path, second[:cut] if torn else b"", first + (second if kept else b""))


def check_goes_on(path: Path, torn: bytes, whole: bytes) -> None:
    """Code something more, and look for every byte that was there."""
    beside = path.with_name("ann.torn.txt")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        added = Journal(path.parent, "ann").add(WARD, 9, 12, "new")
    assert {type(one.message) for one in caught} == ({TornLineWarning} if torn else set())
    data = path.read_bytes()
    assert data.startswith(whole)
    assert data[len(whole) :].count(b"\n") == 1
    assert added.id.encode() in data[len(whole) :]
    assert data.endswith(b"}\n")
    assert (beside.read_bytes() if beside.exists() else b"") == (torn + b"\n" if torn else b"")


def test_a_torn_line_is_told_on_reading_and_nothing_is_written(tmp_path: Path) -> None:
    first, second = two_lines(tmp_path)
    path = tmp_path / "ann.jsonl"
    path.write_bytes(first + second[:100])
    before = sorted(tmp_path.iterdir())
    with pytest.warns(TornLineWarning, match=r"ann.jsonl: the last line was cut short .*100 bytes"):
        found = read_codings(tmp_path)
    assert len(found) == 1
    assert "moves it into ann.torn.txt" in str(found.warnings[0])
    journal = Journal(tmp_path, "ann")
    with pytest.warns(TornLineWarning, match=r"the last line was cut short"):
        assert len(journal.codings) == 1
    assert len(journal.codings) == 1  # without another warning: those are errors here
    assert sorted(tmp_path.iterdir()) == before
    assert path.read_bytes() == first + second[:100]
    with pytest.warns(TornLineWarning, match=r"its 100 bytes are now in ann.torn.txt"):
        journal.add(WARD, 9, 12, "new")
    assert len(read_codings(tmp_path)) == 2


def test_a_line_that_is_just_being_written_is_not_torn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two_lines(tmp_path)
    path = tmp_path / "ann.jsonl"
    path.write_bytes(first + second[:9])

    def write_on(seconds: float) -> None:
        assert seconds < 1
        size = path.stat().st_size
        path.write_bytes((first + second)[: size + 200])

    monkeypatch.setattr("qualcode.coding._reading.time.sleep", write_on)
    found = read_codings(tmp_path)  # without a warning: those are errors here
    assert (len(found), found.warnings) == (2, ())


def test_torn_lines_gather_beside_the_journal(tmp_path: Path) -> None:
    first, second = two_lines(tmp_path)
    path = tmp_path / "ann.jsonl"
    for count, torn in enumerate((b'{"id":"x', b"\0\0\0\0", second[:60]), start=1):
        path.write_bytes(first + torn)
        with pytest.warns(TornLineWarning, match="cut short"):
            Journal(tmp_path, "ann").add(WARD, count, 20, "rest")
    beside = (tmp_path / "ann.torn.txt").read_bytes()
    assert beside == b'{"id":"x\n\0\0\0\0\n' + second[:60] + b"\n"


def test_a_whole_journal_of_one_torn_line(tmp_path: Path) -> None:
    (tmp_path / "ann.jsonl").write_bytes(b'{"id":"0190')
    with pytest.warns(TornLineWarning, match="cut short"):
        coding = open_journal(tmp_path).add(WARD, 0, 3, "rest")
    assert read_codings(tmp_path).codings == (coding,)


@pytest.mark.parametrize("rubbish", [b"PK\x03\x04\xff\xfe", b"hello", b"{}", b'{"id": 3}', b"\x89"])
def test_what_is_not_a_torn_line_is_an_error(tmp_path: Path, rubbish: bytes) -> None:
    path = tmp_path / "ann.jsonl"
    path.write_bytes(rubbish)
    with pytest.raises(JournalError, match=r"ann.jsonl:1: .*Mend: "):
        read_codings(tmp_path)
    with pytest.raises(JournalError, match=r"ann.jsonl:1: "):
        open_journal(tmp_path).add(WARD, 0, 3, "rest")
    assert path.read_bytes() == rubbish


def test_a_journal_with_a_bad_line_takes_nothing_more(tmp_path: Path) -> None:
    first, second = two_lines(tmp_path)
    path = tmp_path / "ann.jsonl"
    journal = Journal(tmp_path, "ann")
    assert len(journal.codings) == 2
    broken = first + second[:50] + b"\n" + second
    path.write_bytes(broken)
    for _ in range(2):
        with pytest.raises(JournalError, match=r"ann.jsonl:2: a line that is cut short"):
            journal.add(WARD, 9, 12, "new")
    assert path.read_bytes() == broken
    path.write_bytes(first + second)
    assert len(journal.codings) == 2
    path.write_bytes(first + second + b"{}\n")
    with pytest.raises(JournalError, match=r"ann.jsonl:3: "):
        journal.codings  # noqa: B018


class FailingDisk:
    """A disk that takes some bytes of the next writes to a file, then says why it takes no more."""

    def __init__(self, code: int, room: int) -> None:
        self.code = code
        self.room = room
        self.real = os.write

    def write(self, descriptor: int, data: bytes) -> int:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return self.real(descriptor, data)
        if self.room <= 0:
            raise OSError(self.code, os.strerror(self.code))
        taken = self.real(descriptor, data[: self.room])
        self.room -= taken
        return taken


@pytest.mark.parametrize(
    ("code", "mend"),
    [
        (errno.ENOSPC, "free some space"),
        (errno.EDQUOT, "free some of your quota"),
        (errno.EFBIG, "raise the limit"),
        (errno.EIO, "check the disk"),
    ],
)
@pytest.mark.parametrize("room", [0, 1, 50, 200])
def test_a_disk_that_takes_part_of_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, mend: str, room: int
) -> None:
    journal = open_journal(tmp_path)
    journal.add(WARD, 0, 3, "rest")
    before = journal.path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(_append.os, "write", FailingDisk(code, room).write)
        with pytest.raises(JournalWriteError, match=f"nothing was written: .*Mend: .*{mend}"):
            journal.add(WARD, 4, 9, "rest")
        with pytest.raises(JournalWriteError, match="nothing was written"):
            Journal(tmp_path, "ben").add(WARD, 4, 9, "rest")
    assert journal.path.read_bytes() == before
    assert not (tmp_path / "ben.jsonl").exists()
    assert len(journal.codings) == 1
    journal.add(WARD, 4, 9, "rest")
    assert len(read_codings(tmp_path)) == 2


def test_what_could_not_be_synced_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = open_journal(tmp_path)
    journal.add(WARD, 0, 3, "rest")
    before = journal.path.read_bytes()

    def fail(descriptor: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(_append.os, "fsync", fail)
        with pytest.raises(JournalWriteError, match="nothing was written: Input/output error"):
            journal.add_many([NewCoding(WARD, 4, 9, "a"), NewCoding(WARD, 4, 9, "b")])
    assert journal.path.read_bytes() == before
    assert len(journal.codings) == 1


def test_a_torn_line_stays_if_it_cannot_be_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two_lines(tmp_path)
    path = tmp_path / "ann.jsonl"
    path.write_bytes(first + second[:70])
    journal = Journal(tmp_path, "ann")
    with monkeypatch.context() as patch:
        patch.setattr(_append.os, "write", FailingDisk(errno.ENOSPC, 30).write)
        with pytest.raises(JournalWriteError, match="nothing was written"):
            journal.add(WARD, 9, 12, "new")
    assert path.read_bytes() == first + second[:70]
    assert not (tmp_path / "ann.torn.txt").exists()


def test_every_append_is_synced_and_a_new_file_with_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def note(descriptor: int) -> None:
        real(descriptor)
        folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        synced.append("folder" if folder else "file")

    monkeypatch.setattr(_append.os, "fsync", note)
    journal = open_journal(tmp_path)
    journal.add(WARD, 0, 3, "rest")
    assert synced == ["file", "folder"]
    journal.add_many(NewCoding(WARD, n, n + 9, "rest") for n in range(50))
    journal.undo()
    assert synced == ["file", "folder", "file", "file"]


def test_one_who_waits_too_long_is_told(tmp_path: Path) -> None:
    path = tmp_path / "ann.jsonl"
    with (
        lock_journal(path),
        pytest.raises(JournalWriteError, match="another program is writing this journal"),
        lock_journal(path, seconds=0.02),
    ):
        pass
    with lock_journal(path, seconds=0.02):
        pass


def test_a_lock_file_that_was_deleted_keeps_nobody_in(tmp_path: Path) -> None:
    path = tmp_path / "ann.jsonl"
    with lock_journal(path):
        (tmp_path / ".ann.lock").unlink()
        with lock_journal(path, seconds=0.02):
            pass


def test_the_lock_is_filelocks(tmp_path: Path) -> None:
    from filelock import FileLock, Timeout

    with (
        lock_journal(tmp_path / "ann.jsonl"),
        pytest.raises(Timeout, match="could not be acquired"),
    ):
        FileLock(tmp_path / ".ann.lock", timeout=0).acquire()


def test_where_there_is_no_flock_filelock_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualcode.coding._lock.fcntl", None)
    journal = open_journal(tmp_path)
    journal.add(WARD, 0, 3, "rest")
    journal.add(WARD, 4, 9, "rest")
    assert len(read_codings(tmp_path)) == 2
    with (
        lock_journal(journal.path),
        pytest.raises(JournalWriteError, match="another program is writing"),
        lock_journal(journal.path, seconds=0.02),
    ):
        pass


WITHOUT_RIGHTS = """
import os, sys
from qualcode.coding.journal import Journal
from qualcode.model import Transcript
if os.getuid() == 0:
    os.setuid(65534)  # root may do anything
try:
    Journal(sys.argv[1], sys.argv[2]).add(Transcript("a", "Hello"), 0, 5, "x")
except Exception as exc:
    print(type(exc).__name__, exc)
"""


@pytest.mark.skipif(os.name == "nt", reason="NOT TESTED: rights are others on Windows")
def test_a_folder_that_may_not_be_written() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        open_journal(folder).add(WARD, 0, 3, "rest")
        before = sorted((path.name, path.read_bytes()) for path in folder.iterdir())
        folder.chmod(0o555)
        for coder in ("ann", "ben"):
            command = [sys.executable, "-c", WITHOUT_RIGHTS, name, coder]
            out = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
            assert out.stderr == ""
            assert re.match(
                r"JournalWriteError .*nothing was written: Permission denied. Mend: make the folder",
                out.stdout,
            )
        folder.chmod(0o755)
        assert sorted((path.name, path.read_bytes()) for path in folder.iterdir()) == before


def test_the_folder_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "codings").write_text("x")
    with pytest.raises(JournalWriteError, match="nothing was written"):
        open_journal(tmp_path / "codings").add(WARD, 0, 3, "rest")
    (tmp_path / "ann.jsonl").mkdir()
    with pytest.raises(JournalError, match="not a file"):
        open_journal(tmp_path).add(WARD, 0, 3, "rest")
