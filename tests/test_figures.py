"""The figures: what they say, that their words stay words and do not overlap."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from qualcode import example_study, plot_matrix, plot_portrait, plot_themes, save_figure
from qualcode.coding.codebook import Code, Codebook
from qualcode.errors import ExportError, UnknownValueError
from qualcode.frames import make_frame
from qualcode.model import Speaker, Transcript

HOSTILE = "Cost of $x_1$ & <b>$y^2$</b> \\frac{1}{2} %s {0}"


@pytest.fixture(scope="module")
def study():
    return example_study()


def made_book(themes):
    return Codebook(tuple(Code(f"t{n}", name, "x") for n, name in enumerate(themes)))


def made_segments(bodies, themes, *, least=0, transcript=None):
    """Make segments: some of the themes in each body."""
    rng = np.random.default_rng(1)
    rows = []
    for body_number, body in enumerate(bodies):
        for theme in range(themes):
            for _ in range(rng.integers(least, 14)):
                start = int(rng.integers(0, 500))
                rows.append(
                    {
                        "coding_id": f"{len(rows):05d}",
                        "transcript_id": transcript or f"i{body_number}",
                        "body": body,
                        "body_type": "",
                        "speaker": "NN",
                        "role": "",
                        "turn": 1,
                        "code_id": f"t{theme}",
                        "theme_id": f"t{theme}",
                        "code_path": "",
                        "coder": "ann" if rng.random() < 0.5 else "ben",
                        "start": start,
                        "end": start + int(rng.integers(5, 80)),
                        "quote": "words",
                        "memo": "",
                        "source": "manual",
                        "created_at": pd.Timestamp("2026-01-01", tz="UTC"),
                    }
                )
    return make_frame("segments", rows)


def title(ax):
    return ax.get_title(loc="left")


def labels(axis):
    return [label.get_text() for label in axis.get_ticklabels()]


def caption(ax):
    return " ".join(ax.texts[-1].get_text().split())


def overlapping(ax, texts):
    """Give each two texts of which one covers part of the other."""
    shapes = [(text, text.get_window_extent()) for text in texts if text.get_text().strip()]
    return [
        (one.get_text(), other.get_text())
        for number, (one, box) in enumerate(shapes)
        for other, other_box in shapes[number + 1 :]
        if box.x0 < other_box.x1 - 0.5
        and other_box.x0 < box.x1 - 0.5
        and box.y0 < other_box.y1 - 0.5
        and other_box.y0 < box.y1 - 0.5
    ]


def outside(ax):
    """Give the texts that stand partly outside the figure."""
    texts = [*ax.texts, *ax.get_yticklabels(), *shown_ticks(ax), ax._left_title, ax.xaxis.label]
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts if text.get_text()]
    paper = ax.figure.bbox.padded(1)
    return [
        words
        for words, box in boxes
        if box.x0 < paper.x0 or box.x1 > paper.x1 or box.y0 < paper.y0 or box.y1 > paper.y1
    ]


def shown_ticks(ax):
    """Give the labels of the ticks that lie on the axis: others are not drawn."""
    low, high = ax.get_xlim()
    pairs = zip(ax.get_xticks(), ax.get_xticklabels(), strict=True)
    return [label for place, label in pairs if low <= place <= high]


def test_themes(study):
    ax = plot_themes(study.segments(), study.codebook)
    assert title(ax) == "Rest is heard in 3 of 3 bodies"
    assert labels(ax.yaxis) == ["Rest", "Staffing", "Pay"]
    assert [bar.get_width() for bar in ax.patches] == [3, 2, 0]
    assert [text.get_text() for text in ax.texts[:-1]] == ["3  (6)", "2  (3)", "0  (0)"]
    assert ax.get_xticks().tolist() == [0, 1, 2, 3]
    assert caption(ax) == "n = 3 interviews, 3 bodies, 9 codings by 2 coders."


@pytest.mark.parametrize(
    ("filters", "of_bodies", "finding"),
    [
        ({"code": "staffing"}, 8, "Staffing is heard in 2 of 8 bodies"),
        ({"transcript": ["ward-2"]}, None, "Rest and Staffing are each heard in 1 of 1 body"),
        ({"code": "pay"}, None, "No theme is coded yet"),
    ],
)
def test_the_title_says_the_finding(study, filters, of_bodies, finding):
    ax = plot_themes(study.segments(**filters), study.codebook, of_bodies=of_bodies)
    assert title(ax) == finding


def test_the_title_where_many_themes_are_level():
    segments = made_segments(["A", "B"], 3, least=1)
    book = made_book(["X", "Y", "Z", "Never"])
    assert title(plot_themes(segments, book)) == "3 of 4 themes are heard in 2 of 2 bodies"
    assert (
        title(plot_themes(segments, made_book("XYZ"))) == "All 3 themes are heard in 2 of 2 bodies"
    )


def test_matrix(study):
    ax = plot_matrix(study.segments(), study.codebook)
    assert title(ax) == "Rest is heard in 3 of 3 bodies, Pay in none"
    assert (labels(ax.yaxis), labels(ax.xaxis)) == (
        ["Ward 1", "Ward 2", "Ward 3"],
        ["Rest", "Staffing", "Pay"],
    )
    numbers = [text.get_text() for text in ax.texts[:-1]]
    assert numbers == ["3", "0", "0", "2", "2", "0", "1", "1", "0"]
    assert caption(ax).startswith("Numbers are codings; the darker, the more. n = 3 interviews")
    interviews = plot_matrix(study.segments(), study.codebook, count="interviews", bodies=None)
    assert [text.get_text() for text in interviews.texts[:3]] == ["1", "0", "0"]
    assert caption(interviews).startswith("Numbers are interviews")


def test_matrix_numbers_stand_out_from_their_cells(study):
    ax = plot_matrix(made_segments([f"B{n}" for n in range(9)], 5), made_book("VWXYZ"))
    ax.figure.draw_without_rendering()
    (mesh,) = ax.collections
    for text, colour in zip(ax.texts[:-1], mesh.get_facecolors(), strict=True):
        assert contrast(mpl.colors.to_rgb(text.get_color()), colour[:3]) > 4.5


def contrast(one, other):
    """Work out WCAG 2's contrast of two colours."""

    def luminance(colour):
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def stripes(ax):
    """Give the spans of all drawn blocks on the horizontal axis."""
    boxes = [path.get_extents() for bars in ax.collections for path in bars.get_paths()]
    return sorted({(round(float(box.x0), 3), round(float(box.x1), 3)) for box in boxes})


def test_portrait(study):
    ax = plot_portrait(study.corpus["ward-3"], study.segments(), study.codebook)
    assert labels(ax.yaxis) == ["Rest", "Staffing", "INT (Interviewer)", "WM (Ward manager)"]
    assert title(ax) == "Rest takes up 27% of ward-3"
    assert caption(ax) == (
        "ward-3 (Ward 3): n = 2 turns, 2 codings by 2 coders. In each theme's row, from the top: "
        "ann, ben. Synthetic: these words were written, nobody said them."
    )


def test_words_that_two_coders_coded_are_covered_once(study):
    transcript = study.corpus["ward-2"]
    segments = study.segments("rest")  # ben's span lies within ann's
    share = round(100 * len("I have had no break since May") / len(transcript.text))
    ax = plot_portrait(transcript, segments, study.codebook)
    assert title(ax) == f"Rest takes up {share}% of ward-2"


def test_portrait_places_by_turn_and_by_minute():
    text = "[00:00:00] A: abcd\n\n[00:01:00] B: efgh\n\n[00:03:00] A: ijkl\n"
    transcript = Transcript("t", text, speakers=(Speaker("A"), Speaker("B")))
    turn = text.index("[00:01")
    segments = made_segments(["W"], 1, transcript="t").head(1).assign(start=turn, end=2 * turn)
    book = made_book(["One"])
    by_turn = plot_portrait(transcript, segments, book)
    assert (1.5, 2.5) in stripes(by_turn)
    assert by_turn.get_xlim() == (0.5, 3.5)
    by_time = plot_portrait(transcript, segments, book, x="time")
    assert (1.0, 3.0) in stripes(by_time)
    assert by_time.get_xlim()[0] == 0
    assert 4 < by_time.get_xlim()[1] < 5  # the last turn at the speed of those before
    assert "Synthetic" not in caption(by_turn)


def test_portrait_without_codings(study):
    ax = plot_portrait(study.corpus["ward-1"], study.segments("pay"), study.codebook)
    assert title(ax) == "Nothing is coded in ward-1"
    assert labels(ax.yaxis) == ["INT (Interviewer)", "NN (Night nurse)"]


def test_portrait_leaves_other_transcripts_out(study):
    ax = plot_portrait(study.corpus["ward-1"], study.segments(), study.codebook)
    assert "3 codings by 1 coder" in caption(ax)


def test_a_theme_is_told_by_more_than_its_colour(study):
    ax = plot_portrait(study.corpus["ward-2"], study.segments(), study.codebook)
    hatches = {bars.get_hatch() for bars in ax.collections if bars.get_facecolor().any()}
    assert len(hatches) > 1


def test_portrait_of_what_cannot_be(study):
    transcript = Transcript("t", "A: Hello\n", speakers=(Speaker("A"),))
    with pytest.raises(UnknownValueError, match="'t' does not give the time of every turn"):
        plot_portrait(transcript, study.segments(), study.codebook, x="time")
    with pytest.raises(UnknownValueError, match=r"x='words'\. Mend: use 'turns' or 'time'"):
        plot_portrait(transcript, study.segments(), study.codebook, x="words")
    empty = Transcript("t", "")
    assert title(plot_portrait(empty, study.segments(), study.codebook)) == "Nothing is coded in t"


LONG = [f"Relations with the body that investigates number {n} and its staff" for n in range(12)]
SHORT = [f"Theme {n}" for n in range(12)]


@pytest.mark.parametrize(("bodies", "names"), [(3, SHORT), (3, LONG), (23, LONG)])
def test_nothing_overlaps_or_leaves_the_paper(bodies, names):
    places = [f"Council {n} of the many in the county" for n in range(bodies)]
    segments, book = made_segments(places, 12), made_book(names)
    bars = plot_themes(segments, book)
    matrix = plot_matrix(segments, book)
    for ax in (bars, matrix):
        ax.figure.draw_without_rendering()
        assert overlapping(ax, [*ax.get_yticklabels(), *ax.texts]) == []
        assert outside(ax) == []
    assert overlapping(bars, [*shown_ticks(bars), bars.xaxis.label, bars.texts[-1]]) == []
    tops = [label.get_window_extent().y1 for label in matrix.get_xticklabels()]
    assert matrix._left_title.get_window_extent().y0 >= max(tops)


def test_a_portrait_of_many_themes_has_nothing_overlap():
    text = "\n\n".join(f"[00:{n:02d}:00] {'AB'[n % 2]}: {'word ' * 8}" for n in range(30)) + "\n"
    transcript = Transcript(
        "t", text, speakers=(Speaker("A", "A role with a name that is long indeed"), Speaker("B"))
    )
    segments = made_segments(["W"], 12, transcript="t")
    for x in ("turns", "time"):
        ax = plot_portrait(transcript, segments, made_book(LONG), x=x)
        ax.figure.draw_without_rendering()
        texts = [*ax.get_yticklabels(), *shown_ticks(ax), ax.xaxis.label, *ax.texts]
        assert overlapping(ax, [*texts, ax._left_title]) == []
        assert outside(ax) == []


def test_words_stay_words(tmp_path):
    themes, bodies = [HOSTILE, "$", "a_b"], ["$\\alpha$ & <Ward> \x07", "B"]
    segments, book = made_segments(bodies, 3), made_book(themes)
    transcript = Transcript(
        "t", "$A$: Hello\n", body=HOSTILE, speakers=(Speaker("$A$", HOSTILE),), synthetic=True
    )
    portrait = plot_portrait(transcript, segments.assign(transcript_id="t"), book)
    for number, ax in enumerate(
        (plot_themes(segments, book), plot_matrix(segments, book), portrait)
    ):
        path = save_figure(ax, tmp_path / f"{number}.svg")
        words = " ".join("".join(ET.parse(path).getroot().itertext()).split())
        assert "$x_1$" in words.replace(" ", "").replace("\n", "")
        assert save_figure(ax, tmp_path / f"{number}.png").stat().st_size > 5000


def test_letters_that_the_type_lacks_are_in_the_svg(tmp_path):
    segments, book = made_segments(["病房"], 1), made_book(["休息 🌙"])
    path = save_figure(plot_themes(segments, book), tmp_path / "a.svg")
    assert "休息 🌙" in path.read_text(encoding="utf-8")


def test_the_same_bytes_each_time(study, tmp_path):
    for suffix in (".svg", ".png"):
        files = [
            save_figure(plot_matrix(study.segments(), study.codebook), tmp_path / f"{n}{suffix}")
            for n in (1, 2)
        ]
        assert files[0].read_bytes() == files[1].read_bytes()
    svg = (tmp_path / "1.svg").read_text(encoding="utf-8")
    assert "<dc:date>" not in svg
    assert ">Ward 1</text>" in svg


def test_a_figure_shows_itself_in_a_notebook(study):
    ax = plot_themes(study.segments(), study.codebook)
    assert ax.figure._repr_svg_() == ax.figure._repr_svg_()
    assert ax.figure._repr_svg_().startswith("<?xml")


@pytest.mark.parametrize("plot", [plot_themes, plot_matrix, "portrait"])
def test_the_callers_axes_are_drawn_on_and_no_style_is_changed(study, plot):
    before = dict(mpl.rcParams)
    ax = Figure().add_subplot()
    if plot == "portrait":
        drawn = plot_portrait(study.corpus["ward-1"], study.segments(), study.codebook, ax=ax)
    else:
        drawn = plot(study.segments(), study.codebook, ax=ax)
    assert drawn is ax
    assert dict(mpl.rcParams) == before


def test_pyplot_is_not_asked_for():
    program = (
        "import sys, qualcode as q; s = q.example_study();"
        "q.plot_themes(s.segments(), s.codebook).figure._repr_svg_();"
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_where_a_figure_cannot_be_saved(study, tmp_path):
    ax = plot_themes(study.segments(), study.codebook)
    with pytest.raises(
        ExportError, match=r"written as '\.pdf'. Mend: end the name in \.svg or \.png"
    ):
        save_figure(ax, tmp_path / "a.pdf")
    (tmp_path / "a.svg").mkdir()
    with pytest.raises(ExportError, match=r"a\.svg: is a folder"):
        save_figure(ax, tmp_path / "a.svg")
    assert save_figure(ax.figure, tmp_path / "new" / "b.PNG").exists()
    ax.remove()
    with pytest.raises(ExportError, match="the axes are on no figure"):
        save_figure(ax, tmp_path / "b.svg")
