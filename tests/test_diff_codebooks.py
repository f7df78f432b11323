"""What changed between two codebooks is found, and said so that it can be read."""

from __future__ import annotations

import dataclasses
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.coding._word_diff import word_diff
from qualcode.coding.codebook import Code, Codebook
from qualcode.coding.codebook_diff import CodebookDiff, FieldChange, diff_codebooks


@pytest.fixture
def old() -> Codebook:
    return Codebook(
        (
            Code("delay", "Delay", "Waiting beyond a limit."),
            Code("post", "Post", "Letters that come late.", parent="delay"),
            Code("stamps", "Stamps", "No stamps.", parent="post"),
            Code("money", "Money", "Payments.", was=("cash",)),
            Code("fines", "Fines", "Paid in court.", parent="money"),
        ),
        "Complaints",
    )


def test_equal_codebooks(old):
    diff = diff_codebooks(old, Codebook(old.codes, "Complaints"))
    assert diff == CodebookDiff()
    assert not diff
    assert str(diff) == "The codebooks are the same."
    assert "are the same" in diff._repr_html_()


def test_added_and_removed(old):
    new = Codebook(
        (*old.codes[:4], Code("bribes", "Bribes", "Paid below.", parent="money")), old.title
    )
    diff = diff_codebooks(old, new)
    assert diff == CodebookDiff(added=(new["bribes"],), removed=(old["fines"],))
    assert str(diff) == (
        'Added (1)\n  bribes "Bribes" under money: Paid below.\n'
        'Removed (1)\n  fines "Fines" under money: Paid in court.'
    )


def test_merged_tells_nothing_twice(old):
    new = old.merge_codes("delay", "money")
    diff = diff_codebooks(old, new)
    # the codes below moved only since the one above was merged; their shades changed with it
    assert dataclasses.replace(diff, changed=()) == CodebookDiff(
        merged=((old["delay"], new["money"]),)
    )
    assert {(change.code_id, change.field) for change in diff.changed} == {
        ("post", "colour"),
        ("stamps", "colour"),
    }
    assert str(diff).startswith('Merged (1)\n  delay "Delay" into money "Money"\n')


def test_renamed(old):
    diff = diff_codebooks(old, old.change_code("delay", name="Time lag", id="time_lag"))
    assert diff == CodebookDiff(
        renamed=(
            FieldChange("time_lag", "Time lag", "name", "Delay", "Time lag"),
            FieldChange("time_lag", "Time lag", "id", "delay", "time_lag"),
        )
    )
    assert str(diff) == (
        'Renamed (2)\n  time_lag: "Delay" → "Time lag"\n  time_lag (id): "delay" → "time_lag"'
    )


def test_moved(old):
    old = old.change_code("post", colour="#111").change_code("stamps", colour="#222")
    diff = diff_codebooks(
        old,
        old.move_code("post", "money")
        .move_code("fines", None)
        .change_code("fines", colour=old["fines"].colour),
    )
    assert diff == CodebookDiff(
        moved=(
            FieldChange("post", "Post", "parent", "Delay", "Money"),
            FieldChange("fines", "Fines", "parent", "Money", ""),
        )
    )
    assert str(diff) == (
        'Moved (2)\n  post "Post": from Delay to Money\n  fines "Fines": from Money to the themes'
    )


def test_changed_fields(old):
    new = old.change_code(
        "delay",
        definition="Waiting far beyond the limit.\n\nAlways.",
        include="Queues.",
        colour="#000",
    ).change_code("money", was=("cash", "coin"))
    diff = diff_codebooks(old, dataclasses.replace(new, title="Complaints 2"))
    assert diff == CodebookDiff(
        changed=(
            FieldChange("", "", "title", "Complaints", "Complaints 2"),
            FieldChange("delay", "Delay", "definition", "Waiting beyond a limit.",
                        "Waiting far beyond the limit.\n\nAlways."),
            FieldChange("delay", "Delay", "include", "", "Queues."),
            FieldChange("delay", "Delay", "colour", old["delay"].colour, "#000000"),
            FieldChange("money", "Money", "was", "cash", "cash, coin"),
        )
    )  # fmt: skip
    assert str(diff) == (
        "Changed (3)\n"
        "  the codebook\n"
        "    title: Complaints{+ 2+}\n"
        '  delay "Delay"\n'
        "    definition: Waiting{+ far+} beyond [-a-]{+the+} limit.{+ ¶ Always.+}\n"
        "    include: {+Queues.+}\n"
        f"    colour: [-{old['delay'].colour}-]{{+#000000+}}\n"
        '  money "Money"\n'
        "    was: cash{+, coin+}"
    )


def test_order(old):
    new = Codebook((*old.codes[3:], *old.codes[:3]), old.title)
    diff = diff_codebooks(old, new)
    assert diff == CodebookDiff(reordered=True)
    assert str(diff) == "The codes stand in another order."
    # the file's order may change while the order shown stays
    assert not diff_codebooks(
        old, Codebook(tuple(old.codes[n] for n in (0, 3, 1, 4, 2)), old.title)
    )


def test_html_shows_words_that_came_and_went_escaped():
    old = Codebook((Code("a", "<b>A</b>", 'x <img src="x"> y'),))
    new = old.change_code("a", definition='x <img src="z"> y & more')
    page = diff_codebooks(old, new)._repr_html_()
    tags: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: tags.append(tag)
    parser.feed(page)
    assert set(tags) == {"p", "strong", "ul", "li", "del", "ins"}
    assert "<del>x</del><ins>z</ins>" in page
    assert "<ins> &amp; more</ins>" in page
    assert "&lt;b&gt;A&lt;/b&gt;" in page


def test_a_line_end_of_any_kind_starts_no_new_line():
    old = Codebook((Code("a", "A", "x"),))
    text = str(diff_codebooks(old, old.change_code("a", definition="b\nAdded (9)\x85c\u2028d")))
    assert len(text.splitlines()) == 3


WORDS = st.lists(st.sampled_from(["the", "limit", " ", "\n", ".", "é", "a"]), max_size=30).map(
    " ".join
)


@settings(deadline=None)
@given(WORDS | st.text(max_size=30), WORDS | st.text(max_size=30))
def test_word_diff_holds_both_texts(old, new):
    pieces = word_diff(old, new)
    assert "".join(text for kind, text in pieces if kind != "ins") == old
    assert "".join(text for kind, text in pieces if kind != "del") == new
    assert all(text for _, text in pieces)


def test_word_diff_of_endless_texts_ends():
    assert [kind for kind, _ in word_diff("a b " * 50_000, "b a " * 50_000)] == ["del", "ins"]
