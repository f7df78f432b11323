"""Topics: what is found, how steadily, and what is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import qualcode as qc
from qualcode.errors import ModelError, TooFewError, UnknownValueError
from qualcode.frames import FRAMES
from qualcode.machine.topics._words import reader_of
from qualcode.machine.topics.stability import found_again, pairwise_agreement

from . import _spoken
from ._spoken import find, found, spoken, subject_of


def test_the_subjects_are_found() -> None:
    topics = found()
    inside = topics.texts.dropna(subset=["topic"])
    subjects = inside.groupby("topic")["text"].agg(lambda texts: {subject_of(t) for t in texts})
    assert len(topics.topics) >= 4
    assert set().union(*subjects) == {"sleep", "meals", "buses", "wages"}
    assert (subjects.map(len) == 1).mean() >= 0.75
    assert topics.outliers < 0.5


def test_the_frames_are_whole() -> None:
    topics = found()
    assert list(topics.topics) == list(FRAMES["topics"])
    assert list(topics.texts) == list(FRAMES["topic_texts"])
    assert topics.topics["topic"].tolist() == list(range(1, len(topics.topics) + 1))
    assert topics.topics["passages"].is_monotonic_decreasing
    counted = topics.texts["topic"].value_counts()
    assert [counted[n] for n in topics.topics["topic"]] == topics.topics["passages"].tolist()
    assert topics.texts[["x", "y"]].min().tolist() == [0.0, 0.0]
    assert topics.texts[["x", "y"]].max().tolist() == [1.0, 1.0]
    assert topics.stability["change"].tolist() == ["seed", "order"]
    assert topics.stability["runs"].tolist() == [3, 3]
    assert topics.topics["stability"].between(0, 1).all()


def test_quotes_are_cut_from_their_topic_and_say_where() -> None:
    topics = found()
    by_text = topics.texts.drop_duplicates("text").set_index("text")["topic"]
    for row in topics.topics.itertuples():
        assert len(row.quotes) == 3
        assert {by_text[quote] for quote in row.quotes} == {row.topic}
        assert row.sources[0].startswith("Night nurse, Ward ")


def test_short_passages_are_left_out_and_counted() -> None:
    topics = found()
    assert topics.short == 3
    assert len(topics.texts) == len(spoken()) - 3
    assert "3 more have too few words" in str(topics)


def test_the_order_of_rows_does_not_matter() -> None:
    mixed = spoken().sample(frac=1, random_state=4)
    again = find(mixed)
    pd.testing.assert_frame_equal(again.texts, found().texts)
    pd.testing.assert_frame_equal(again.topics, found().topics)
    pd.testing.assert_frame_equal(again.stability, found().stability)


def test_another_process_finds_the_same() -> None:
    code = (
        "import json\n"
        "from tests.machine._spoken import find, spoken\n"
        "found = find(spoken())\n"
        "print(json.dumps([found.texts.to_csv(), found.topics.to_csv()]))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(_spoken.__file__).parents[2],
        env={"PYTHONHASHSEED": "7", "PATH": "", **_cache()},
    )
    assert json.loads(done.stdout) == [found().texts.to_csv(), found().topics.to_csv()]


def _cache() -> dict[str, str]:
    import os

    return {name: os.environ[name] for name in ("HOME", "QUALCODE_CACHE") if name in os.environ}


def test_kept_topics_are_read_and_nothing_is_computed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "topics.json"
    first = find(spoken(), runs=0, kept=file)
    assert "biscuit" not in file.read_text(encoding="utf-8")
    assert first.texts["text"].iloc[0] not in file.read_text(encoding="utf-8")
    monkeypatch.setattr("qualcode.machine.topics._steps.embed", None)
    again = find(spoken(), runs=0, kept=file)
    pd.testing.assert_frame_equal(again.texts, first.texts)
    pd.testing.assert_frame_equal(again.topics, first.topics)
    assert again.made_with == first.made_with


def test_kept_topics_of_other_texts_are_made_anew(tmp_path: Path) -> None:
    file = tmp_path / "topics.json"
    find(spoken(), runs=0, kept=file)
    before = file.read_bytes()
    fewer = find(spoken().iloc[4:], runs=0, kept=file)
    assert len(fewer.texts) == len(spoken()) - 7
    assert file.read_bytes() != before


@pytest.mark.parametrize("broken", ["codes: []\n", "{}", '{"form": 1', "[]"])
def test_another_file_is_not_written_over(tmp_path: Path, broken: str) -> None:
    file = tmp_path / "codebook.yaml"
    file.write_text(broken, encoding="utf-8")
    with pytest.raises(ModelError, match="no file of topics"):
        find(spoken(), runs=0, kept=file)
    assert file.read_text(encoding="utf-8") == broken


def test_an_edited_file_that_does_not_fit_is_not_believed(tmp_path: Path) -> None:
    file = tmp_path / "topics.json"
    first = find(spoken(), runs=0, kept=file)
    edited = json.loads(file.read_text(encoding="utf-8"))
    edited["quotes"][0][0] = 10**9
    file.write_text(json.dumps(edited), encoding="utf-8")
    pd.testing.assert_frame_equal(find(spoken(), runs=0, kept=file).topics, first.topics)


def test_too_few_texts_are_refused_before_anything_is_loaded() -> None:
    read = spoken().head(49)
    with pytest.raises(
        TooFewError, match=r"there are 49 turns .* at least 50. Mend: code more, or"
    ):
        find(read, unit="turn")
    short = pd.concat([read, spoken().tail(3)])
    with pytest.raises(TooFewError, match=r"49 turns .* \(3 more have fewer than 5 words\)"):
        find(short, unit="turn")


def test_words_that_are_all_common_are_refused() -> None:
    read = spoken().assign(text="Yeah, it is what it was, you know.")
    with pytest.raises(TooFewError, match="no words but common ones"):
        find(read)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"min_topic_size": 1}, "min_topic_size=1. Mend: give a number from 2 to 108"),
        ({"min_topic_size": 109}, "min_topic_size=109"),
        ({"runs": -1}, "runs=-1"),
        ({"precision": "float8"}, "no precision is 'float8'"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(options: dict[str, object], said: str) -> None:
    with pytest.raises(UnknownValueError, match=said):
        find(spoken(), **options)


def test_a_missing_package_gives_the_line_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bertopic", None)
    with pytest.raises(
        ModelError, match=r'package bertopic.* Mend: pip install "qualcode\[machine\]"'
    ):
        find(spoken(), runs=0)


def test_larger_topics_are_fewer() -> None:
    assert len(find(spoken(), runs=0, min_topic_size=20).topics) < len(found().topics)


def test_a_study_says_that_its_words_are_synthetic(tmp_path: Path) -> None:
    folder = tmp_path / "transcripts_anonymised"
    folder.mkdir()
    head = "---\nid: ward-1\nbody: Ward 1\nsynthetic: true\nspeakers:\n  - {label: NN, role: Nurse}\n---\n"
    turns = "\n\n".join(f"NN: {text}" for text in spoken()["text"])
    (folder / "ward-1.txt").write_text(f"{head}{turns}\n", encoding="utf-8")
    own = tmp_path / "interviews_codebook"
    own.mkdir()
    (own / "codebook.yaml").write_text(
        "codes:\n  - {id: rest, name: Rest, definition: Rest.}\n", encoding="utf-8"
    )
    (own / "study.yaml").write_text("synthetic_label: Made up <b>.\n", encoding="utf-8")
    study = qc.open_study(tmp_path)
    topics = qc.topics(study, unit="turn", seed=_spoken.SEED, runs=0)
    assert topics.note == "Made up <b>."
    assert topics._repr_html_().endswith("<p>Made up &lt;b&gt;.</p></div>")
    assert topics.topics["sources"].iloc[0][0].startswith("Nurse, Ward 1, ward-1, turn ")
    with pytest.raises(qc.QualcodeError, match="nothing is coded"):
        qc.topics(study)


def test_the_html_is_escaped_and_counts_come_first() -> None:
    topics = found()
    hostile = topics.topics.assign(top_words="<script>alert(1)</script>")
    shown = type(topics)(hostile, *_rest(topics))._repr_html_()
    assert "<script" not in shown
    assert shown.startswith(f"<div><p><b>{len(topics.topics)} topics in 108 passages; ")
    assert repr(topics) == f"<Topics: {len(topics.topics)} of 108 passages, seed 3>"


def _rest(topics: qc.Topics) -> list[object]:
    names = ("texts", "stability", "settings", "unit", "short", "note", "made_with")
    return [getattr(topics, name) for name in names]


def test_the_finding_says_what_stability_means() -> None:
    assert "differ in their seed agree at" in found().finding
    assert (
        "it was not tried"
        in type(found())(
            found().topics, found().texts, found().stability.head(0), *_rest(found())[2:]
        ).finding
    )


def test_agreement_of_runs_by_hand() -> None:
    # Four of six pairs are apart in both, one is together in one only: (1 - 2/3) / (3/2 - 2/3)
    values = pairwise_agreement([[0, 0, 1, 1], [0, 0, 1, 2]])
    assert values.shape == (1, 2)
    assert values[0, 0] == pytest.approx((1 - 2 * 1 / 6) / ((2 + 1) / 2 - 2 * 1 / 6))
    assert pairwise_agreement([[0, 1]]).shape == (0, 2)


def test_a_topic_is_found_again_by_hand() -> None:
    topics = [0, 0, 0, 1, 1, -1]
    # Of topic 0: {0,1,2} against {0,1} is 2/3; {0,1,2} itself is 1. Of topic 1: {3,4} against
    # {2,3} is 1/3; against {3,4,5} 2/3.
    runs = [[7, 7, 2, 2, -1, -1], [0, 0, 0, 1, 1, 1]]
    assert found_again(topics, runs).tolist() == pytest.approx(
        [(2 / 3 + 1) / 2, (1 / 3 + 2 / 3) / 2]
    )
    assert found_again(topics, [[-1] * 6]).tolist() == [0.0, 0.0]
    assert np.isnan(found_again(topics, [])).tolist() == [True, True]


def test_words_of_english() -> None:
    read = reader_of([], "en", ["Ward"])
    said = "Yeah, we’ve been on the ward’s rota; they don't sleep, o'clock or no 42 x."
    assert read(said) == ["rota", "sleep", "o'clock"]


def test_common_words_of_another_language_are_those_of_the_corpus() -> None:
    texts = ["Die Pause fehlt.", "Die Löhne sind für die Nacht zu niedrig.", *["Die …"] * 8]
    texts += ["Straßenbahn"] * 10
    read = reader_of(texts, "de", [])
    assert read("Die Löhne für die Nacht") == ["löhne", "für", "nacht"]
