"""Topics against codes: numbers worked out by hand, and what chance gives."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

import qualcode as qc
from qualcode.errors import CoefficientWarning, StudyError, UnknownValueError
from qualcode.machine.topics._crosswalk_null import agreement_null, p_value, shuffles

from ._spoken import coded, found, made_topics, subject_of


def places(codes: str) -> pd.DataFrame:
    """Code passages of 10 letters: a letter each, ``.`` for none, ``+`` for both A and B."""
    names = {"A": ["Alpha"], "B": ["Beta"], "C": ["Gamma"], "+": ["Alpha", "Beta"], ".": []}
    rows = [(n * 10, n * 10 + 10, name) for n, one in enumerate(codes) for name in names[one]]
    return coded(rows)


def test_codes_and_their_best_topics_by_hand() -> None:
    topics = made_topics([1, 1, 1, 2, 2, None, None])
    walk = qc.topic_crosswalk(topics, places("AA+B.CB"), permutations=20, shuffle="all")
    shown = walk.codes.set_index("code_path")
    names = ["passages", "topic", "shared", "precision", "recall"]
    # Alpha stands on three passages, all of topic 1, which has three.
    assert shown.loc["Alpha", names].tolist() == [3, 1, 3, 1.0, 1.0]
    assert shown.loc["Alpha", "f1"] == 1.0
    # Beta: one of three passages in topic 2 (of two), one in topic 1 (of three).
    assert shown.loc["Beta", names].tolist() == [3, 2, 1, 0.5, pytest.approx(1 / 3)]
    assert shown.loc["Beta", "f1"] == pytest.approx(2 * 1 / (3 + 2))
    # Gamma is in no topic.
    assert pd.isna(shown.loc["Gamma", "topic"])
    assert shown.loc["Gamma", ["shared", "f1", "found", "label"]].tolist() == [0, 0.0, False, ""]
    assert walk.codes["code_path"].tolist() == ["Alpha", "Beta", "Gamma"]
    assert walk.table.to_numpy().tolist() == [[3, 1, 0], [0, 1, 0]]
    assert (walk.one_code, walk.several, walk.uncoded) == (5, 1, 1)
    assert walk.code_of.tolist() == ["Alpha", "Alpha", "several", "Beta", "", "Gamma", "Beta"]


def test_agreement_is_of_passages_with_one_code() -> None:
    topics = made_topics([1, 1, 1, 2, 2, None, None, 2])
    walk = qc.topic_crosswalk(topics, places("AA+B.CBA"), permutations=20, shuffle="all")
    # With one code and a topic: A A B A in 1 1 2 2. All with one code: C and B in none.
    within = ([0, 0, 1, 0], [1, 1, 2, 2])
    whole = ([0, 0, 1, 2, 1, 0], [1, 1, 2, 0, 0, 2])
    scores = (adjusted_mutual_info_score, adjusted_rand_score)
    wanted = [score(*labels) for labels in (within, whole) for score in scores]
    assert walk.agreement["value"].tolist() == pytest.approx(wanted)
    assert walk.agreement["measure"].tolist() == ["AMI", "ARI", "AMI", "ARI"]
    assert walk.agreement["passages"].tolist() == [4, 4, 6, 6]
    # 1 1 2 2 against A A B A: one pair of six together in both, 2 and 3 in either.
    assert walk.agreement["value"][1] == pytest.approx((1 - 2 * 3 / 6) / (5 / 2 - 2 * 3 / 6))


def test_shuffled_codes_are_compared_as_scikit_learn_does() -> None:
    rng = np.random.default_rng(5)
    topic, code = rng.integers(0, 4, 60), rng.integers(0, 3, 60)
    groups = np.zeros(60, dtype=np.int64)
    ari, ami = agreement_null(topic, code, groups, 7, seed=9)
    orders = list(shuffles(groups, 7, seed=9))
    assert ari.tolist() == pytest.approx([adjusted_rand_score(topic, code[o]) for o in orders])
    wanted = [adjusted_mutual_info_score(topic, code[order]) for order in orders]
    assert ami.tolist() == pytest.approx(wanted)


def test_a_shuffle_stays_within_its_group() -> None:
    groups = np.array([2, 0, 2, 1, 0, 2, 1])
    orders = np.stack(list(shuffles(groups, 50, seed=1)))
    assert (groups[orders] == groups).all()
    assert (np.sort(orders, axis=1) == np.arange(7)).all()
    assert len({tuple(order) for order in orders.tolist()}) > 10


def test_p_values_are_never_zero() -> None:
    assert p_value(0.9, np.array([0.1, 0.2, 0.3])) == 1 / 4
    assert p_value(0.2, np.array([0.1, 0.2, 0.3])) == 3 / 4
    assert np.isnan(p_value(0.2, np.zeros(0)))


def test_codes_that_follow_the_subjects_are_found_and_shuffled_ones_are_not() -> None:
    topics = found()
    names = [subject_of(text).capitalize() for text in topics.texts["text"]]
    spans = topics.texts[["transcript_id", "start", "end"]].to_numpy().tolist()
    true = qc.topic_crosswalk(topics, segments_of(spans, names), permutations=199)
    mixed = np.random.default_rng(2).permutation(names).tolist()
    false = qc.topic_crosswalk(topics, segments_of(spans, mixed), permutations=199, shuffle="all")
    assert true.agreement["value"].min() > 0.3
    assert true.agreement["p"].tolist() == [1 / 200] * 4
    assert true.agreement["chance"].abs().max() < 0.1
    assert true.codes["found"].all()
    assert true.new.empty
    assert false.agreement["chance"].abs().max() < 0.02
    assert false.agreement["value"].abs().max() < 0.15
    assert not false.codes["found"].any()
    assert len(false.new) == len(topics.topics)
    assert len(false.unfound) == 4


def segments_of(spans: list[list[object]], names: list[str]) -> pd.DataFrame:
    rows = [
        (int(start), int(end), name) for (_, start, end), name in zip(spans, names, strict=True)
    ]
    return coded(rows).assign(transcript_id=[one for one, _, _ in spans])


def test_a_coding_counts_where_it_shares_half_of_the_shorter() -> None:
    topics = made_topics([1, 1, 2, 2, 2])
    rows = [
        (2, 5, "Alpha"),  # within passage 0
        (16, 40, "Beta"),  # four letters of passage 1, all of 2 and 3
        (45, 55, "Gamma"),  # half of passage 4
    ]
    walk = qc.topic_crosswalk(topics, coded(rows), permutations=5, shuffle="all")
    assert walk.code_of.tolist() == ["Alpha", "", "Beta", "Beta", "Gamma"]


def test_topics_without_codes_are_candidates() -> None:
    topics = made_topics([1] * 6 + [2] * 6 + [3] * 6)
    codes = "A" * 6 + "B" * 2 + "." * 4 + "BC" * 3
    walk = qc.topic_crosswalk(topics, places(codes), permutations=400, shuffle="all")
    assert walk.topics["uncoded"].tolist() == [0, 4, 0]
    assert walk.topics["reading"].tolist()[:2] == ["one code", "mostly uncoded"]
    assert walk.new["quotes"].tolist()[0] == ["quote 2"]
    assert "are covered by no theme" in walk.finding


def test_themes_gather_what_is_below_them() -> None:
    topics = made_topics([1, 1, 2, 2, 2])
    rows = [(0, 10, "Rest > Breaks"), (0, 10, "Rest > Naps"), (10, 20, "Rest"), (20, 30, "Pay")]
    rows.append((30, 40, "Pay"))
    themes = qc.topic_crosswalk(topics, coded(rows), permutations=5)
    codes = qc.topic_crosswalk(topics, coded(rows), level="code", permutations=5)
    assert themes.codes["code_path"].tolist() == ["Rest", "Pay"]
    assert (themes.one_code, themes.several) == (4, 0)
    assert sorted(codes.codes["code_path"]) == ["Pay", "Rest", "Rest > Breaks", "Rest > Naps"]
    assert (codes.one_code, codes.several) == (3, 1)


def test_one_code_alone_is_undefined_and_says_so() -> None:
    topics = made_topics([1, 1, 2, 2])
    with pytest.warns(CoefficientWarning, match="of one topic or one code, or too few"):
        walk = qc.topic_crosswalk(topics, places("AAAA"), permutations=5)
    assert walk.agreement[["value", "chance", "p"]].isna().all(axis=None)
    assert walk.finding.startswith("Nothing can be compared.")


def test_no_topic_at_all_leaves_every_code_unfound() -> None:
    with pytest.warns(CoefficientWarning, match="of one topic or one code, or too few"):
        walk = qc.topic_crosswalk(made_topics([None] * 4), places("AABB"), permutations=5)
    assert walk.topics.empty
    assert walk.codes["found"].tolist() == [False, False]
    assert walk.codes["p"].tolist() == [1.0, 1.0]


def test_the_same_seed_gives_the_same() -> None:
    topics, segments = made_topics([1, 1, 2, 2, 1, 2] * 3), places("AABBAB" * 3)
    one, other = (qc.topic_crosswalk(topics, segments, permutations=50, seed=4) for _ in range(2))
    pd.testing.assert_frame_equal(one.agreement, other.agreement)
    pd.testing.assert_frame_equal(one.codes, other.codes)


def test_whose_codings_can_be_said() -> None:
    segments = places("AABB")
    both = pd.concat([segments, places("BBAA").assign(coder="ben")], ignore_index=True)
    topics = made_topics([1, 1, 2, 2])
    walk = qc.topic_crosswalk(topics, both, coder="ben", permutations=5)
    assert walk.coder == "ben"
    assert walk.code_of.tolist() == ["Beta", "Beta", "Alpha", "Alpha"]
    with pytest.raises(StudyError, match="none of these codings is on a passage"):
        qc.topic_crosswalk(topics, both, coder="eve")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"level": "body"}, "no level is 'body'. Mend: use one of 'code', 'theme'"),
        ({"shuffle": "turns"}, "no shuffle is 'turns'"),
        ({"permutations": 0}, "permutations=0. Mend: give at least 1"),
    ],
)
def test_options_that_there_are_not_are_refused(options: dict[str, object], said: str) -> None:
    with pytest.raises(UnknownValueError, match=said):
        qc.topic_crosswalk(made_topics([1, 2]), places("AB"), **options)


def test_the_html_is_escaped_and_counts_come_first() -> None:
    topics = made_topics([1, 1, 2, 2])
    rows = [(0, 10, "<script>"), (10, 20, "<script>"), (20, 30, "Pay & pensions")]
    shown = qc.topic_crosswalk(topics, coded(rows), permutations=5)._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "Pay &amp; pensions" in shown
    assert shown.startswith("<div><p><b>4 turns: 3 with one theme of coder ann, 0 with several, ")
