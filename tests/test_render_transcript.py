"""A coded transcript as a page: everything is shown, in its place, and nothing runs."""

from __future__ import annotations

import re
import warnings
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from qualcode.coding.codebook import Code, Codebook
from qualcode.coding.codings import Codings
from qualcode.errors import ExportError, SourceError, UnknownCodeError, UnknownValueError
from qualcode.model import Coding, Source, Speaker, Transcript
from qualcode.reporting._transcript_colours import contrast, line_colours
from qualcode.reporting._transcript_style import css_string
from qualcode.reporting.html_page import HtmlPage
from qualcode.reporting.transcript_page import render_transcript
from qualcode.sources.corpus import Corpus
from qualcode.study import Study
from qualcode.study.example import example_study
from qualcode.study.settings import Settings

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</style></title></textarea></iframe>",
    '" onmouseover="alert(1)',
    "' style='x:y",
    "{{7*7}} ${x} {% x %} $\\frac12$",
    "&lt;b&gt; &amp; &#60;",
    "--> <!-- ]]> */ }",
    "url(javascript:alert(1))",
)
VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """What a browser would make of a page: tags, words, and the words of each turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.turns: list[str] = []
        self.marked: list[tuple[str, tuple[str, ...]]] = []
        self.texts: list[str] = []
        self.labels: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))
        if self.classes[-1:] == ["words"]:
            self.turns.append("")
        if self.classes[-1:] == ["label"]:
            self.labels.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if "style" not in [tag for tag, _ in self.open]:
            self.texts.append(data)
        if "words" in self.classes:
            self.turns[-1] += data
            marks = tuple(attrs["class"] or "" for tag, attrs in self.open if tag == "mark")
            self.marked.append((data, marks))
        if "label" in self.classes:
            self.labels[-1] += data

    @property
    def classes(self) -> list[str]:
        return [str(attrs.get("class")) for _, attrs in self.open]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def make_study(
    text: str, spans: list[tuple[str, str, int, int]], *, memo: str = "", **changes
) -> Study:
    """Make a study of one transcript with codings given as code, coder, start and end."""
    speakers = changes.pop("speakers", (Speaker("A", "Nurse"), Speaker("B")))
    codes = changes.pop(
        "codes", (Code("x", "X", "d"), Code("y", "Y", "d", "x"), Code("z", "Z", "d"))
    )
    settings = changes.pop("settings", Settings())
    transcript = Transcript("t", text, speakers=speakers, **changes)
    made = [
        Coding(f"00000000-0000-7000-8000-{n:012d}", "t", code, coder, start, end, text[start:end],
               transcript.text_hash, datetime(2026, 1, 6, tzinfo=UTC), memo, Source())
        for n, (code, coder, start, end) in enumerate(spans)
    ]  # fmt: skip
    coders = tuple(sorted({coding.coder for coding in made}))
    codings = Codings(tuple(made), coders=coders)
    corpus = Corpus.from_transcripts([transcript])
    return Study.from_parts(corpus, Codebook(codes), codings, settings=settings)


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(render_transcript(example_study(), "ward-2"))


def test_the_whole_page_in_words(page):
    assert page.text == (
        "ward-2: Ward 2 Skip to the transcript ward-2: Ward 2 "
        "Synthetic: written for this study, not recorded. Study Night shifts Body Ward 2 (ward) "
        "Date 2026-01-05 Speakers INT, Interviewer; NN, Night nurse Coded by ann (2), ben (2) "
        "Counts 2 turns · 19 words · 4 codings · 2 codes "
        "Codes Tick some to see only these. Codes are counted with those below them. "
        "Rest 2 Breaks 2 Staffing 2 Coders ann 2 ben 2 Show all Transcript "
        "1 INT 00:00:04 Interviewer How was last night? "
        "2 NN 00:00:21 Night nurse We were two of us for twenty-eight beds . I have had no break since May . "
        "Staffing ann by ann Staffing ben by ben Breaks ann by ann Breaks ben by ben"
    )


def test_words_are_marked_where_they_were_coded(page):
    assert page.marked == [
        ("How was last night?", ()),
        ("We were ", ()),
        ("two of us for twenty-eight beds", ("c2 by0 n0", "c2 by1 n1")),
        (". ", ()),
        ("I have had ", ("c1 by0 n2",)),
        ("no break since May", ("c1 by0 n2", "c1 by1 n3")),
        (".", ()),
    ]


def test_every_link_leads_somewhere_and_every_stripe_has_its_anchors():
    text = "before\n\n[00:00:01] A: one two three\n\nB: four five\n"
    spans = [("x", "r", 0, 46), ("y", "r", 24, 31), ("z", "r", 9, 12)]
    source = render_transcript(make_study(text, spans), "t")
    ids = [attrs["id"] for _, attrs in Page(source).tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    links = [attrs["href"] for tag, attrs in Page(source).tags if tag == "a"]
    assert set(links) <= {f"#{one}" for one in ids}
    assert links[1:] == ["#words-0", "#words-0", "#turn-1", "#words-2", "#words-0"]
    named = ",".join(re.findall(r'anchor-name:([^;"]*)', source)).split(",")
    assert len(named) == len(set(named))
    used = re.findall(r"top:anchor\((\S+) top\);bottom:anchor\((\S+) bottom\)", source)
    assert sorted(name for pair in used for name in pair) == sorted(named)
    assert len(used) == 4  # the first coding in three places; the third is beside the words


def test_a_coding_across_turns_is_shown_in_each():
    text = "before\n\n[00:00:01] A: one two\n\nB: three\n\nA: four\n"
    page = Page(render_transcript(make_study(text, [("x", "r", 3, text.index("ree"))]), "t"))
    assert page.turns == ["before", "one two", "three", "four"]
    assert [words for words, marks in page.marked if marks] == ["ore", "one two", "th"]
    assert page.labels == ["Xby r", "X continuedby r", "X continuedby r"]


def test_a_coding_beside_the_words_has_its_name_all_the_same():
    text = "[00:00:01] A: one\n\nB: two\n"
    page = Page(render_transcript(make_study(text, [("x", "r", 1, 9)]), "t"))
    assert page.marked == [("one", ()), ("two", ())]
    assert page.labels == ["Xby r"]


WORDS = [
    "👩‍👩‍👧‍👦 and 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "e\u0301\u0323 cafe\u0301",
    "مرحبا English نص",
    "\u202eover\u202c",
    "line\n\nand  line",
    "x" * 10_000,
]


@pytest.mark.parametrize("words", WORDS, ids=range(len(WORDS)))
def test_any_words_come_out_as_they_are(words):
    text = f"A: {words}\n"
    spans = [("x", "r", 3 + n, min(5 + 2 * n, 3 + len(words))) for n in range(0, 9, 2)]
    source = render_transcript(make_study(text, [span for span in spans if span[2] < span[3]]), "t")
    assert Page(source).turns == [words]
    assert '<p class="words" dir="auto">' in source


def test_control_characters_are_left_out():
    page = Page(render_transcript(make_study("A: a\x00b\x1bc\ud800d\n", [("x", "r", 3, 6)]), "t"))
    assert page.turns == ["abcd"]
    assert [words for words, marks in page.marked if marks] == ["ab"]


def hostile_study(texts: tuple[str, ...]) -> Study:
    """Give a study that holds each text in each place."""
    label = "A" + "".join(texts).replace(":", "")
    everything = " ".join(texts)
    text = f"{everything}\n\nA: {everything}\n\n{label}: {everything}\n"
    codes = tuple(Code(f"c{n}", f"{one} {n}", "d") for n, one in enumerate(texts))
    spans = [(f"c{n}", one, 2, len(text) - 3) for n, one in enumerate(texts)]
    return make_study(
        text, spans, memo=everything, codes=codes, speakers=(Speaker("A", everything), Speaker(label, everything)),
        body=everything, body_type=everything, synthetic=True,
        settings=Settings(title=everything, synthetic_label=everything),
    )  # fmt: skip


def test_hostile_text_is_text():
    plain = hostile_study(tuple(f"w{n}" for n in range(len(HOSTILE))))
    hostile = hostile_study(HOSTILE)
    expected = Page(render_transcript(plain, "t", title="w"))
    found = Page(render_transcript(hostile, "t", title="".join(HOSTILE)))
    assert shape(found) == shape(expected)
    for one in HOSTILE:  # title, label, study, body, legend, coders, words, names, memos
        assert found.text.count(" ".join(one.split())) > 25


def shape(page: Page) -> list[tuple[str, set[str]]]:
    return [(tag, set(attrs)) for tag, attrs in page.tags]


def test_hostile_text_adds_nothing_to_the_style_sheet():
    style = style_of(render_transcript(hostile_study(HOSTILE), "t"))
    foot = re.search(r"@bottom-left \{ content: \"([^\"]*)\"; \}", style)
    assert re.fullmatch(r"(?:[A-Za-z0-9]|\\[0-9a-f]{1,6} )+", foot[1])
    rest = style.replace(foot[0], "")
    for part in ("script", "<", "url", "alert", "7*7", "javascript", "@import"):
        assert part not in rest


def style_of(source: str) -> str:
    (style,) = re.findall(r"<style>(.*?)</style>", source, re.DOTALL)
    return style


def test_the_page_needs_nothing_and_runs_nothing():
    source = render_transcript(example_study(), "ward-2")
    names = {tag for tag, _ in Page(source).tags}
    assert names.isdisjoint({"script", "link", "img", "iframe", "object", "base"})
    assert not re.search(r"url\(|@import|https?:|//[a-z]|\son[a-z]+=", source)
    assert "default-src 'none'" in source


def test_the_filter_names_each_code_with_those_above_it_and_each_coder():
    text = "A: one two\n"
    study = make_study(text, [("y", "r", 3, 6), ("z", "s", 7, 10)])
    source = render_transcript(study, "t")
    rules = [line for line in style_of(source).splitlines() if line.startswith("aside")]
    gone = "{ --ink: transparent; --show: none; }"
    assert rules == [
        f"aside:has(.codes :checked):not(:has(#code-0:checked)) ~ .turns .c0 {gone}",
        f"aside:has(.codes :checked):not(:has(#code-0:checked, #code-1:checked)) ~ .turns .c1 {gone}",
        f"aside:has(.codes :checked):not(:has(#code-2:checked)) ~ .turns .c2 {gone}",
        f"aside:has(.coders :checked):not(:has(#coder-0:checked)) ~ .turns .by0 {gone}",
        f"aside:has(.coders :checked):not(:has(#coder-1:checked)) ~ .turns .by1 {gone}",
    ]
    boxes = [attrs["id"] for tag, attrs in Page(source).tags if tag == "input"]
    assert boxes == ["code-0", "code-1", "code-2", "coder-0", "coder-1"]
    one = render_transcript(study, "t", coder="s")
    assert [attrs["id"] for tag, attrs in Page(one).tags if tag == "input"] == ["code-0"]


def test_the_study_says_whose_codings_are_shown_unless_others_are_asked_for():
    spans = [("x", "ann", 3, 6), ("y", "ben", 3, 6)]
    study = make_study("A: one\n", spans, settings=Settings(coder="ben"))
    shown = {None: ["Yby ben"], "ann": ["Xby ann"], "*": ["X annby ann", "Y benby ben"]}
    for coder, labels in shown.items():
        assert Page(render_transcript(study, "t", coder=coder)).labels == labels


def test_codes_can_be_chosen_with_those_below():
    study = make_study("A: one\n", [("x", "r", 3, 6), ("y", "r", 3, 5), ("z", "r", 3, 4)])
    assert Page(render_transcript(study, "t", code="x")).labels == ["Xby r", "Yby r"]


def test_what_is_adrift_is_counted_and_named():
    whole = example_study()
    edited = whole.corpus["ward-1"]
    edited = Transcript(
        "ward-1",
        edited.text.replace("biscuit at the drug trolley", "nothing"),
        speakers=edited.speakers,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        study = Study.from_parts(Corpus.from_transcripts([edited]), whole.codebook, whole.codings)
    (reason,) = study.adrift.query("transcript_id == 'ward-1'")["reason"]
    text = Page(render_transcript(study, "ward-1")).text
    assert "Adrift 1 coding left out, not found in the text; it is named at the end" in text
    assert f"Breaks , coded by ann , “ My break is a biscuit at the drug troll… ”: {reason}" in text
    for filters in ({"coder": "ben"}, {"code": "staffing"}):
        assert "Adrift" not in Page(render_transcript(study, "ward-1", **filters)).text


def test_a_transcript_without_codings_turns_or_words():
    assert Page(render_transcript(make_study("A: one\n", []), "t")).turns == ["one"]
    assert "Nothing is coded here." in render_transcript(make_study("A: one\n", []), "t")
    assert Page(render_transcript(make_study("\nno turns \n", [], speakers=()), "t")).turns == [
        "no turns"
    ]
    assert Page(render_transcript(make_study("", [], speakers=()), "t")).turns == [""]
    assert Page(render_transcript(make_study("A:\n\nB: x\n", []), "t")).turns == ["", "x"]


def test_what_cannot_be_rendered():
    study = example_study()
    with pytest.raises(SourceError, match="no transcript 'ward-22'"):
        render_transcript(study, "ward-22")
    with pytest.raises(UnknownCodeError, match="no code has the id 'speed'"):
        render_transcript(study, "ward-2", code="speed")
    with pytest.raises(UnknownValueError, match="no coder is 'cleo'"):
        render_transcript(study, "ward-2", coder="cleo")


@pytest.mark.parametrize("colour", ["#ffffff", "#000000", "#ddcc77", "#17171a", "#777777", "no"])
def test_lines_are_seen_on_either_paper(colour):
    light, dark = line_colours(colour)
    assert contrast(light, "#ffffff") >= 3
    assert contrast(dark, "#17171a") >= 3


def test_words_are_read_on_either_paper():
    style = style_of(render_transcript(example_study(), "ward-2"))
    found = dict(re.findall(r"--(\w+): [^;]*light-dark\((#\w+, #\w+)\)", style.partition(".c0")[0]))
    colours = {name: pair.split(", ") for name, pair in found.items()}
    assert set(colours) == {"paper", "text", "soft", "fill", "link"}
    for scheme in (0, 1):
        for paper in ("paper", "fill"):
            assert contrast(colours["text"][scheme], colours[paper][scheme]) >= 4.5
        for ink in ("soft", "link"):
            assert contrast(colours[ink][scheme], colours["paper"][scheme]) >= 4.5


def test_a_string_of_css_holds_letters_alone():
    assert css_string('a"\\\n</style>é') == '"a\\22 \\5c \\a \\3c \\2f style\\3e \\e9 "'


def test_a_page_shows_itself_in_a_frame_that_runs_nothing(tmp_path):
    page = HtmlPage('<head></head><p title="a">x & 100%</p>')
    assert isinstance(page, str)
    assert repr(page) == "HtmlPage(38 characters)"
    (frame,) = [attrs for tag, attrs in Page(page._repr_html_()).tags if tag == "iframe"]
    assert frame["sandbox"] is None
    assert frame["srcdoc"] == page.replace("<head>", '<head><base href="about:srcdoc">')
    assert page.save(tmp_path / "new" / "page.html").read_bytes() == page.encode()
    with pytest.raises(
        ExportError, match=r"page\.txt: a page is HTML. Mend: end its name in \.html"
    ):
        page.save(tmp_path / "page.txt")
