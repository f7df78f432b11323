"""A rendered codebook says everything, counts rightly, and runs nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from qualcode.coding.codebook import Code, Codebook
from qualcode.errors import UnknownCodeError, UnknownValueError
from qualcode.frames import empty_frame
from qualcode.reporting.codebook_page import render_codebook

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</style></title></textarea>",
    "[click](javascript:alert(1))",
    "![x](http://example.org/x.png)",
    "a | b | c",
    "`code` ``x``",
    "*em* **strong** _em_ __strong__ ~~gone~~",
    "# heading",
    "1. item",
    "- item",
    "+ item",
    "> quote",
    "    code block",
    "\tcode block",
    "---",
    "===",
    "```fence",
    "~~~fence",
    "&lt;b&gt; &amp; &#60;",
    "\\*escaped\\* \\",
    "[ref]: http://example.org",
    "<http://example.org>",
    "a^1^ ~b~ $x$ {.class} @someone",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "<!-- comment --> <![CDATA[ x ]]>",
    "| a | b |\n|---|---|\n| c | d |",
    "x\n===\ny\n---",
    "one\n\n- two\n\n    three",
    "=1+1",
]


@pytest.fixture
def book() -> Codebook:
    return Codebook(
        (
            Code("delay", "Delay", "Waiting.\nLong.\n\nToo long.", include="Queues.", exclude="Sleep.",
                 example="“We wait.”", colour="#332288"),
            Code("post", "Post", "Letters.", parent="delay", colour="#556677", was=("mail",)),
            Code("money", "Money", "Payments.", colour="#117733"),
        ),
        "Complaints",
    )  # fmt: skip


@pytest.fixture
def segments() -> pd.DataFrame:
    rows = [
        ("delay", "i1", "Council 1"),
        ("delay", "i2", "Council 1"),
        ("post", "i2", "Council 1"),
        ("mail", "i3", "Council 2"),
        ("post", "i3", "Council 2"),
        ("post", "i4", ""),
    ]
    return pd.DataFrame(rows, columns=["code_id", "transcript_id", "body"])


def test_markdown(book, segments):
    assert (
        render_codebook(book, segments)
        == """\
# Complaints

3 codes, 2 themes; 6 codings · 4 interviews · 2 bodies.

## Contents

- [1 Delay](#code-delay): 6 codings · 4 interviews · 2 bodies
  - [1.1 Post](#code-post): 4 codings · 3 interviews · 2 bodies
- [2 Money](#code-money): 0 codings · 0 interviews · 0 bodies

Each code is counted with the codes below it.

<a id="code-delay"></a>

## 1 Delay

<span style="color:#332288">■</span> `delay` · 2 codings · 2 interviews · 1 body · with the codes below: 6 codings · 4 interviews · 2 bodies

Waiting.\\
Long.

Too long.

**Include:** Queues.

**Exclude:** Sleep.

**Example:**

> “We wait.”

<a id="code-post"></a>

### 1.1 Post

<span style="color:#556677">■</span> `post` · 4 codings · 3 interviews · 2 bodies

Letters.

Merged into this code: `mail`

<a id="code-money"></a>

## 2 Money

<span style="color:#117733">■</span> `money` · 0 codings · 0 interviews · 0 bodies

Payments.
"""
    )


def test_without_segments_nothing_is_counted(book):
    for format in ("markdown", "html"):
        page = render_codebook(book, format=format)
        assert "3 codes, 2 themes" in page
        assert not re.search(r"codings|interviews|bodies", without_style(page), re.IGNORECASE)


def test_no_codings_are_counted_as_none(book):
    page = render_codebook(book, empty_frame("segments"))
    assert "3 codes, 2 themes; 0 codings · 0 interviews · 0 bodies." in page


class Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def without_style(page: str) -> str:
    return re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)


def test_html_says_the_same(book, segments):
    page = Page(without_style(render_codebook(book, segments, format="html")))
    assert page.text == (
        "Complaints Complaints 3 codes, 2 themes; 6 codings · 4 interviews · 2 bodies "
        "ContentsCodingsInterviewsBodies 1 Delay642 1.1 Post432 2 Money000 "
        "Each code is counted with the codes below it. "
        "1 Delay delay Waiting.Long.Too long. IncludeQueues.ExcludeSleep.Example“We wait.”"
        "Coded2 codings · 2 interviews · 1 bodywith the codes below: 6 codings · 4 interviews · 2 bodies "
        "1.1 Post post Letters. Merged inmailCoded4 codings · 3 interviews · 2 bodies "
        "2 Money money Payments. Coded0 codings · 0 interviews · 0 bodies"
    )


def test_html_needs_no_other_file_and_no_script(book, segments):
    page = render_codebook(book, segments, format="html")
    names = {tag for tag, _ in Page(page).tags}
    assert names.isdisjoint({"script", "link", "img", "iframe", "object", "base"})
    assert not re.search(r"url\(|@import|https?:|//[a-z]", page)


def test_every_link_of_the_contents_leads_somewhere(book):
    tags = Page(render_codebook(book, format="html")).tags
    links = [attrs["href"] for tag, attrs in tags if tag == "a"]
    assert links == [f"#{attrs['id']}" for _, attrs in tags if "id" in attrs]
    markdown = render_codebook(book)
    targets = re.findall(r'<a id="(.*?)">', markdown)
    assert (
        re.findall(r"\(#(.*?)\)", markdown) == targets == ["code-delay", "code-post", "code-money"]
    )


def test_the_colour_stands_beside_the_id(book):
    page = render_codebook(book, format="html")
    for code in book:
        assert f'style="background:{code.colour}"' in page
        assert f"<code>{code.id}</code>" in page


def test_numbers_and_depths():
    codes = [Code("a", "A", "x"), Code("e", "E", "x")]
    codes += [Code("b", "B", "x", "a"), Code("c", "C", "x", "b"), Code("d", "D", "x", "a")]
    codes += [Code(f"n{n}", f"N{n}", "x", f"n{n - 1}" if n else "e") for n in range(8)]
    page = render_codebook(Codebook(tuple(codes)))
    headings = re.findall(r"^(#+) ([\d.]+) (\w+)$", page, re.MULTILINE)
    assert headings[:6] == [
        ("##", "1", "A"),
        ("###", "1.1", "B"),
        ("####", "1.1.1", "C"),
        ("###", "1.2", "D"),
        ("##", "2", "E"),
        ("###", "2.1", "N0"),
    ]
    assert headings[-1] == ("######", "2" + ".1" * 8, "N7")


def test_the_title_can_be_given(book):
    assert render_codebook(book, title="For *us*").startswith("# For \\*us\\*\n")
    assert "<title>A &lt; B</title>" in render_codebook(book, format="html", title="A < B")
    assert render_codebook(Codebook(book.codes)).startswith("# Codebook\n")


def test_what_cannot_be_rendered(book, segments):
    with pytest.raises(UnknownValueError, match=r"no format 'pdf'.*markdown, html"):
        render_codebook(book, format="pdf")
    with pytest.raises(UnknownValueError, match="no column body"):
        render_codebook(book, segments.drop(columns="body"))
    with pytest.raises(UnknownCodeError, match="no code has the id 'speed'"):
        render_codebook(book, segments.assign(code_id="speed"))


def test_render_no_mutate(book, segments):
    before = segments.copy()
    render_codebook(book, segments, format="html")
    pd.testing.assert_frame_equal(segments, before)


def hostile_book(texts: list[str]) -> Codebook:
    """Give a codebook that holds each text in each place."""
    codes = [
        Code(f"c{number}", f"{text} {number}", f"{text} x", None, text, text, text)
        for number, text in enumerate(texts)
    ]
    return Codebook(tuple(codes), texts[0])


def shape(page: str) -> list[tuple[str, dict[str, str | None]]]:
    """Give the tags of a page but those that only break lines and paragraphs."""
    return [(tag, attrs) for tag, attrs in Page(page).tags if tag not in ("br", "p", "dd", "dt")]


def test_hostile_texts_make_no_html():
    harmless = hostile_book(["words"] * len(HOSTILE))
    hostile = render_codebook(hostile_book(HOSTILE), format="html")
    assert shape(hostile) == shape(render_codebook(harmless, format="html"))
    text = Page(hostile).text
    for line in (" ".join(one.split()) for one in HOSTILE if "\n" not in one):
        assert text.count(line) >= 6


def plain(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("rules", ["commonmark", "gfm-like"])
def test_hostile_texts_make_no_markdown(rules):
    for hostile in HOSTILE:
        assert_shown_as_it_stands(hostile, rules)


@settings(deadline=None, max_examples=60)
@given(st.text("<>[]()!*_`~#-+=|\\&;:.1 a\n{}$^\"'", min_size=1, max_size=25).filter(str.strip))
def test_any_text_makes_no_markdown(text):
    assert_shown_as_it_stands(text, "commonmark")


def assert_shown_as_it_stands(hostile: str, rules: str) -> None:
    """Check that text makes the tags that plain words make, and is shown letter by letter."""
    code = Codebook((Code("c", f"{hostile} n", f"{hostile} d", include=hostile, example=hostile),))
    words = Codebook((Code("c", "w n", "w d", include="w", example="w"),))
    parser = MarkdownIt(rules, {"html": True, "linkify": False})
    shown = Page(parser.render(render_codebook(code, title=hostile)))
    expected = Page(parser.render(render_codebook(words, title="w")))
    harmless = ("br", "p")
    assert [tag for tag in shown.tags if tag[0] not in harmless] == [
        tag for tag in expected.tags if tag[0] not in harmless
    ]
    # in title, contents, heading, definition, inclusion and example
    assert plain("".join(shown.words)).count(plain(code["c"].include)) >= 6
