"""Real git: branches of journals merge by themselves, and mean the same both ways."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from qualcode.coding.codings import Codings, read_codings
from qualcode.coding.journal import Journal, NewCoding
from qualcode.errors import JournalError

from ._journals import START, WARD, clock, open_journal

pytestmark = pytest.mark.skipif(
    shutil.which("git") is None, reason="NOT TESTED: git is not installed, so no merge was tried"
)


class Repository:
    """A repository with this one's .gitattributes and nothing of the user's settings."""

    def __init__(self, folder: Path, attributes: Path | None) -> None:
        self.folder = folder
        self.codings = folder / "interviews_codebook" / "codings"
        self.codings.mkdir(parents=True)
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            "HOME": str(folder),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            **{
                f"GIT_{who}_{what}": "x@x"
                for who in ("AUTHOR", "COMMITTER")
                for what in ("NAME", "EMAIL")
            },
        }
        self.git("init", "--quiet", "--initial-branch=main")
        if attributes is not None:
            shutil.copy(attributes, folder / ".gitattributes")

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "code")

    def branch(self, name: str) -> None:
        self.git("switch", "--quiet", "--create", name, "main")

    def merge_both_ways(self) -> Codings:
        """Merge branches `ours` and `theirs` in both orders; see that both mean the same."""
        results = []
        for base, other in (("ours", "theirs"), ("theirs", "ours")):
            self.git("switch", "--quiet", "--create", f"{base}-merged", base)
            self.git("merge", "--quiet", "--no-edit", other)
            found = read_codings(self.codings)
            results.append((found.codings, found.memos, [one.what for one in found.conflicts]))
        assert results[0] == results[1]
        return found

    def journal(self, minutes: int, coder: str = "ann") -> Journal:
        """Open a journal at a time of its own; the two branches' times are mixed."""
        start = START + timedelta(minutes=minutes)
        return open_journal(
            self.codings, coder, clock=clock(start), rng=Random(f"{coder} {minutes}")
        )

    def event_ids(self, coder: str = "ann") -> list[str]:
        return Journal(self.codings, coder).history()["event_id"].tolist()


@pytest.fixture
def repository(tmp_path: Path, root: Path) -> Repository:
    return Repository(tmp_path, root / ".gitattributes")


def test_two_branches_of_one_journal(repository: Repository) -> None:
    journal = repository.journal(0)
    base = [journal.add(WARD, n, n + 5, "rest") for n in range(3)]
    repository.commit()
    repository.branch("ours")
    ours = [repository.journal(10).add(WARD, 50 + n, 60, "pay") for n in range(4)]
    repository.commit()
    repository.branch("theirs")
    other = repository.journal(5)
    theirs = [other.add(WARD, 70 + n, 80, "kit") for n in range(4)]
    other.recode(base[0].id, "kit")
    other.memo("odd", transcript=WARD)
    repository.commit()
    found = repository.merge_both_ways()
    wanted = {coding.id for coding in [*base, *ours, *theirs]}
    assert {coding.id for coding in found} == wanted
    assert {coding.code_id for coding in found if coding.id == base[0].id} == {"kit"}
    assert [memo.text for memo in found.memos] == ["odd"]
    assert found.conflicts == ()
    ids = repository.event_ids()
    assert len(ids) == len(set(ids)) == 13
    later = repository.journal(20)
    assert [event.id for event in later.undo()] == [ours[-1].id]


def test_undo_on_one_branch_and_work_on_the_other(repository: Repository) -> None:
    journal = repository.journal(0)
    kept = journal.add(WARD, 0, 5, "rest")
    undone = journal.add(WARD, 6, 9, "rest")
    repository.commit()
    repository.branch("ours")
    repository.journal(10).undo()
    repository.commit()
    repository.branch("theirs")
    other = repository.journal(20)
    other.recode(undone.id, "kit")
    added = other.add(WARD, 10, 15, "rest")
    repository.commit()
    found = repository.merge_both_ways()
    assert {coding.id for coding in found} == {kept.id, added.id}
    assert [one.what for one in found.conflicts] == ["recode of a coding that is removed"]
    assert repository.event_ids() == sorted(repository.event_ids())


@pytest.mark.parametrize("ends", [("", ""), ("", "\n"), ("\n", "")])
@pytest.mark.parametrize("common", ["", "\n"])
def test_files_that_lack_their_last_line_end(
    repository: Repository, ends: tuple[str, str], common: str
) -> None:
    journal = repository.journal(0)
    ids = {journal.add(WARD, 0, 5, "rest").id}
    journal.path.write_text(journal.path.read_text().rstrip("\n") + common)
    repository.commit()
    for name, end, minutes in (("ours", ends[0], 10), ("theirs", ends[1], 20)):
        repository.branch(name)
        journal = repository.journal(minutes)
        ids |= {journal.add(WARD, minutes + n, 90, "pay").id for n in range(2)}
        journal.path.write_text(journal.path.read_text().rstrip("\n") + end)
        repository.commit()
    found = repository.merge_both_ways()
    assert {coding.id for coding in found} == ids
    assert found.warnings == ()
    more = repository.journal(40).add(WARD, 2, 90, "pay")
    assert {coding.id for coding in read_codings(repository.codings)} == {*ids, more.id}


def test_a_journal_begun_on_both_branches(repository: Repository) -> None:
    repository.commit()
    ids = set()
    for name, minutes in (("ours", 10), ("theirs", 11)):
        repository.branch(name)
        journal = repository.journal(minutes)
        new = [NewCoding(WARD, n, 9, name) for n in range(2)]
        ids |= {coding.id for coding in (*journal.add_many(new), journal.add(WARD, 5, 9, name))}
        repository.commit()
    found = repository.merge_both_ways()
    assert {coding.id for coding in found} == ids
    assert len(ids) == len(repository.event_ids()) == 6


def test_two_coders_need_no_merge(repository: Repository) -> None:
    repository.commit()
    for name, coder in (("ours", "ann"), ("theirs", "ben")):
        repository.branch(name)
        repository.journal(10, coder).add(WARD, 0, 5, "rest")
        repository.commit()
    found = repository.merge_both_ways()
    assert sorted(coding.coder for coding in found) == ["ann", "ben"]
    assert found.coders == ("ann", "ben")


def test_locks_are_not_tracked(repository: Repository, root: Path) -> None:
    shutil.copy(root / ".gitignore", repository.folder)
    repository.journal(0).add(WARD, 0, 5, "rest")
    repository.commit()
    tracked = repository.git("ls-files").split()
    assert tracked == [".gitattributes", ".gitignore", "interviews_codebook/codings/ann.jsonl"]


def test_without_the_setting_the_conflict_is_explained(tmp_path: Path) -> None:
    repository = Repository(tmp_path, None)
    repository.journal(0).add(WARD, 0, 5, "rest")
    repository.commit()
    for name, minutes in (("ours", 10), ("theirs", 20)):
        repository.branch(name)
        repository.journal(minutes).add(WARD, minutes, 90, "pay")
        repository.commit()
    with pytest.raises(AssertionError, match="CONFLICT"):
        repository.git("merge", "--quiet", "--no-edit", "ours")
    with pytest.raises(JournalError, match=r"ann.jsonl:2: git left .* merge=union"):
        read_codings(repository.codings)
    # What the error says to do mends it.
    path = repository.codings / "ann.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if line[0] == "{"))
    assert len(read_codings(repository.codings)) == 3


def test_a_switch_of_branches_under_an_open_journal(repository: Repository) -> None:
    journal = repository.journal(0)
    first = journal.add(WARD, 0, 5, "rest")
    repository.commit()
    repository.branch("ours")
    second = journal.add(WARD, 6, 9, "rest")
    repository.commit()
    repository.git("switch", "--quiet", "main")
    assert journal.codings == (first,)
    third = journal.add(WARD, 10, 15, "rest")
    repository.commit()
    repository.git("merge", "--quiet", "--no-edit", "ours")
    assert set(journal.codings) == {first, second, third}
    assert [event.id for event in journal.undo()] == [third.id]
