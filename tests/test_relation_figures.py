"""Figures of relations: what they say, labels that do not cover each other, the same bytes."""

from __future__ import annotations

import itertools

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from qualcode import (
    code_relations,
    code_sequence,
    example_study,
    plot_network,
    plot_relations,
    plot_sequence,
    save_figure,
)
from qualcode.coding.codebook import Code, Codebook
from qualcode.errors import UnknownValueError
from qualcode.frames import empty_frame
from qualcode.reporting._boxes import Box, push_apart
from tests.test_relations import segments_of

LONG = "A very long name of a code that nobody would give to a code of theirs {}"
BOOK = Codebook(tuple(Code(f"k{n:02d}", LONG.format(n), "x") for n in range(20)))
SHORT = Codebook(tuple(Code(f"k{n:02d}", f"Code {n}", "x") for n in range(20)))


def made(codings=300, seed=1, codes=20):
    rng = np.random.default_rng(seed)
    rows = [
        (
            f"i{rng.integers(1, 9)}",
            f"k{rng.integers(0, codes):02d}",
            "ann",
            int(start),
            int(start) + 9,
        )
        for start in rng.integers(12, 400, codings)
    ]
    segments = segments_of(rows)
    return segments.assign(theme_id=segments["code_id"])


@pytest.fixture(scope="module")
def segments():
    return made()


@pytest.fixture(scope="module")
def relations(segments):
    return relations_of(segments, kind="turn")


@pytest.fixture
def study():
    return example_study()


def relations_of(segments, book=BOOK, **options):
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return code_relations(segments, book, **options)


def title(ax):
    return " ".join(ax.get_title(loc="left").split())


def words(ax):
    return " ".join(" ".join(text.get_text().split()) for text in ax.texts)


class TestMatrix:
    def test_every_number_stands_in_its_cell(self, study):
        segments = study.segments(coder="ann")
        relations = code_relations(segments, study.codebook, kind="order")
        ax = plot_relations(relations, segments)
        rows = [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]
        columns = [label.get_text().replace("\n", " ") for label in ax.get_xticklabels()]
        assert rows == columns
        cells = {
            (
                rows[round(text.get_position()[1])],
                columns[round(text.get_position()[0])],
            ): text.get_text()
            for text in ax.texts
            if text.get_text().isdecimal()
        }
        assert cells == {
            (row.first, row.second): str(row.pairs) for row in relations.itertuples() if row.pairs
        }

    def test_what_goes_together_stands_together(self):
        rows = [
            (f"i{n % 3 + 1}", code, "ann", 12 + 24 * n, 20 + 24 * n)
            for n, pair in enumerate([("k00", "k02"), ("k01", "k03"), ("k04", "k05")] * 4)
            for code in pair
        ]
        segments = segments_of(rows)
        ax = plot_relations(relations_of(segments, SHORT), segments)
        order = ["".join(filter(str.isdigit, text.get_text())) for text in ax.get_yticklabels()]
        places = [order.index(name) for name in ("0", "2", "1", "3", "4", "5")]
        assert [abs(a - b) for a, b in zip(places[::2], places[1::2], strict=True)] == [1, 1, 1]

    def test_an_asterisk_marks_what_the_test_finds(self):
        rows = [
            ("i1", code, "ann", 12 + 40 * n, 20 + 40 * n)
            for n in range(12)
            for code in ("k00", "k01")
        ]
        rows += [("i1", f"k{2 + n % 4:02d}", "ann", 30 + 40 * n, 34 + 40 * n) for n in range(12)]
        segments = segments_of(rows)
        relations = relations_of(segments, rng=np.random.default_rng(1))
        ax = plot_relations(relations, segments)
        assert "12*" in [text.get_text() for text in ax.texts]
        assert "An asterisk: more often than by chance within interviews" in words(ax)

    def test_without_a_find_the_caption_says_so(self, segments):
        relations = relations_of(segments, kind="turn", rng=np.random.default_rng(1), shuffles=9)
        assert "No two codes are found more often than by chance" in words(
            plot_relations(relations, segments)
        )

    def test_the_caption_says_what_is_left_out(self, relations, segments):
        ax = plot_relations(relations, segments, most=5)
        assert len(ax.get_yticklabels()) == 5
        assert "15 codes with none, or fewer, not shown." in words(ax)
        assert "n = 8 interviews" in words(ax)
        assert "300 codings by 1 coder (ann)." in words(ax)

    def test_shares_are_shown_in_hundredths(self, relations, segments):
        ax = plot_relations(relations, segments, value="jaccard")
        most = round(100 * relations["jaccard"].max())
        assert max(int(t.get_text()) for t in ax.texts if t.get_text().isdecimal()) == most

    def test_nothing_coded(self):
        none = empty_frame("segments")
        relations = code_relations(none, BOOK)
        assert title(plot_relations(relations, none)) == "No two codes are found together"
        assert title(plot_network(relations, none)) == "No two codes are found together"


class TestNetwork:
    def test_labels_do_not_cover_each_other(self, relations, segments, tmp_path):
        ax = plot_network(relations, segments, most=60)
        FigureCanvasAgg(ax.figure).draw()
        labels = [
            text for text in ax.texts if "bod" in text.get_text() and "n =" not in text.get_text()
        ]
        assert len(labels) == 20
        boxes = [text.get_window_extent() for text in labels]
        covered = [(a, b) for a, b in itertools.combinations(boxes, 2) if a.overlaps(b)]
        assert covered == []

    def test_the_same_bytes_each_time(self, relations, segments, tmp_path):
        for name in ("a.svg", "b.svg"):
            ax = plot_network(relations, segments, rng=np.random.default_rng(5))
            save_figure(ax, tmp_path / name)
        assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
        save_figure(plot_network(relations, segments), tmp_path / "c.svg")
        save_figure(plot_network(relations, segments), tmp_path / "d.svg")
        assert (tmp_path / "c.svg").read_bytes() == (tmp_path / "d.svg").read_bytes()

    def test_a_disc_is_as_large_as_the_bodies_are_many(self, study):
        segments = study.segments(coder="ann")
        relations = code_relations(segments, study.codebook, kind="turn")
        ax = plot_network(relations, segments)
        discs = [patch.radius for patch in ax.patches if isinstance(patch, Circle)]
        labels = [
            text.get_text()
            for text in ax.texts
            if "(" in text.get_text() and "n =" not in text.get_text()
        ]
        sizes = dict(zip((label.split("\n")[0] for label in labels), discs, strict=True))
        assert sizes["Breaks"] > sizes["Rest"] == sizes["Staffing"]
        assert [label.split("\n")[-1] for label in labels] == ["(1 body)", "(3 bodies)", "(1 body)"]

    def test_the_strongest_only_and_says_so(self, relations, segments):
        ax = plot_network(relations, segments, most=7)
        numbers = sorted(int(text.get_text()) for text in ax.texts if text.get_text().isdecimal())
        assert numbers == sorted(relations["pairs"])[-7:]
        more = int((relations["pairs"] > 0).sum()) - 7
        assert f"The 7 strongest; {more} weaker ones not shown." in words(ax)

    def test_on_axes_of_the_caller(self, relations, segments):
        ax = Figure(figsize=(12, 9)).add_subplot()
        assert plot_network(relations, segments, ax=ax) is ax
        assert plot_relations(relations, segments, ax=Figure().add_subplot()).get_title(loc="left")

    def test_no_global_style_is_changed(self, relations, segments):
        before = dict(mpl.rcParams)
        plot_network(relations, segments)
        assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("draw", [plot_relations, plot_network])
class TestRefusals:
    def test_a_value_that_there_is_not(self, draw, relations, segments):
        with pytest.raises(UnknownValueError, match=r"value='codings'\. Mend: use one of pairs"):
            draw(relations, segments, value="codings")

    def test_two_coders(self, draw, study):
        segments = study.segments()
        relations = code_relations(segments, study.codebook, kind="turn")
        with pytest.raises(UnknownValueError, match="more than one coder: ann, ben"):
            draw(relations, segments)

    def test_c_with_a_direction(self, draw, segments):
        relations = relations_of(segments, kind="order")
        with pytest.raises(UnknownValueError, match="value='c' of a relation with a direction"):
            draw(relations, segments, value="c")


@pytest.mark.parametrize(
    ("kind", "finding"),
    [
        ("overlap", "A and B meet most often on the same words: once"),
        ("turn", "A and B meet most often in the same turn: once"),
        ("near", "A and B meet most often at most 2 turns apart: once"),
        ("nested", "A lies most often inside B: once"),
    ],
)
def test_the_title_says_the_finding(kind, finding):
    book = Codebook((Code("k0", "A", "x"), Code("k1", "B", "x")))
    segments = segments_of([("i1", "k0", "ann", 14, 16), ("i1", "k1", "ann", 12, 20)])
    assert title(plot_relations(code_relations(segments, book, kind=kind), segments)) == finding


class TestBoxes:
    @pytest.mark.parametrize("seed", range(20))
    def test_boxes_part(self, seed):
        rng = np.random.default_rng(seed)
        boxes = [Box(float(x), float(y), 1.2, 0.5) for x, y in rng.random((15, 2)) * [9, 6]]
        assert push_apart(boxes, 9, 6)
        assert not any(a.covers(b) for a, b in itertools.combinations(boxes, 2))
        assert all(0.6 <= one.x <= 8.4 and 0.25 <= one.y <= 5.75 for one in boxes)

    def test_a_page_that_is_too_full(self):
        assert not push_apart([Box(0.5, 0.5, 1, 1) for _ in range(5)], 1.5, 1.5)


class TestSequence:
    def test_codes_along_an_interview(self, study):
        sequence = code_sequence(study.segments(), study.corpus["ward-2"])
        ax = plot_sequence(sequence, study.codebook)
        assert title(ax) == "ward-2 comes back most to Staffing: 2 of 4 codings"
        assert [label.get_text() for label in ax.get_yticklabels()] == ["Breaks", "Staffing"]
        assert [text.get_text() for text in ax.get_legend().get_texts()] == ["ann", "ben"]
        paths = [line for line in ax.get_lines() if line.get_marker() not in ("", "None")]
        assert [line.get_ydata().tolist() for line in paths] == [[1, 0], [1, 0]]
        assert len({(line.get_marker(), line.get_linestyle()) for line in paths}) == 2

    def test_nothing_coded(self, study):
        sequence = code_sequence(study.segments("pay"), study.corpus["ward-1"])
        assert title(plot_sequence(sequence, study.codebook)) == "Nothing is coded"
