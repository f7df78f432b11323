"""Figures of topics: what they say, what they show, and that no text from outside runs."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

import qualcode as qc
from qualcode.errors import UnknownValueError
from qualcode.reporting._canvas import render
from qualcode.reporting._topic_groups import groups_of, middles

from ._spoken import coded, made_topics

HOSTILE = '</title></svg><script>alert("1")</script><img src=x onerror=alert(1)>\x07'


def walk() -> qc.Crosswalk:
    rows = [(n * 10, n * 10 + 10, "Rest" if n < 6 else "Pay $x_1$") for n in range(12)]
    return qc.topic_crosswalk(made_topics([1] * 6 + [2] * 6), coded(rows), permutations=400)


def words(text: str) -> str:
    return " ".join(text.split())


def test_topics_by_codes_say_the_finding_and_star_what_is_found() -> None:
    crossed = walk()
    ax = qc.plot_topic_codes(crossed.table, crossed.codes)
    assert (
        words(ax.get_title(loc="left"))
        == "Pay $x_1$ and topic 2 (topic 2) fit best: 6 of 6 passages"
    )
    assert [t.get_text() for t in ax.get_yticklabels()] == ["1  topic 1", "2  topic 2"]
    assert [t.get_text() for t in ax.get_xticklabels()] == ["Rest", "Pay $x_1$"]
    drawn = {t.get_position(): t.get_text() for t in ax.texts if t.get_text().strip("*").isdigit()}
    assert drawn == {(0, 0): "6*", (1, 1): "6*"}
    assert b"Pay $x_1$" in render(ax.figure, "svg")


def test_at_most_so_many_codes_are_drawn_and_the_rest_is_counted() -> None:
    crossed = walk()
    ax = qc.plot_topic_codes(crossed.table, crossed.codes, most=1)
    assert len(ax.get_xticks()) == 1
    assert "Not shown, being found less well: 1 theme." in words(ax.texts[-1].get_text())


def test_the_map_tells_groups_apart_by_sign_as_well_as_by_colour() -> None:
    topics = made_topics([1] * 6 + [None] * 6)
    names = ["Rest"] * 5 + ["Pay"] * 4 + ["Bus"] * 2 + [""]
    ax = qc.plot_topic_map(topics.texts, names, most=2)
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    assert legend == ["Rest (5)", "Pay (4)", "1 other (2)", "none (1)"]
    large = [one for one in ax.collections if one.get_label() in ("Rest (5)", "Pay (4)")]
    shapes = {len(one.get_paths()[0].vertices) for one in large}
    assert len(shapes) == 2
    assert ax.get_title(loc="left") == "6 of 12 passages lie in 1 topic"
    assert "1" in [text.get_text() for text in ax.texts]


def test_a_figure_is_the_same_each_time() -> None:
    topics = made_topics([1] * 6 + [2] * 6)
    one, other = (
        render(qc.plot_topic_map(topics.texts, ["a", "b"] * 6).figure, "svg") for _ in range(2)
    )
    assert one == other


class Seen(HTMLParser):
    """Collects the tags of a page and what its titles say."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.said: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def test_hostile_words_stay_words() -> None:
    topics = made_topics([1, 1, None], texts=[HOSTILE, "plain", HOSTILE])
    texts = topics.texts.assign(role=HOSTILE, transcript_id=HOSTILE)
    table = topics.topics.assign(label=HOSTILE)
    page = qc.render_topic_map(
        texts, [HOSTILE, "b", ""], topics=table, what=HOSTILE, title=HOSTILE, note=HOSTILE
    )
    seen = Seen()
    seen.feed(page)
    assert not {"script", "img", "iframe", "a"} & set(seen.tags)
    assert seen.tags.count("use") == 3 + 3  # three passages, three signs of the legend
    assert not any(name.startswith("on") for name in seen.attributes)
    assert "\x07" not in page
    assert any(one.startswith('</title></svg><script>alert("1")') for one in seen.said)
    assert "<script>" not in page._repr_html_().replace("&lt;script&gt;", "")


def test_the_page_shows_words_where_the_pointer_rests() -> None:
    topics = made_topics([1, None], texts=["They never rest.", "Pay is low."])
    page = qc.render_topic_map(topics.texts, ["Rest", ""], topics=topics.topics, note="Made up.")
    assert "<title>Rest · topic 1\nNight nurse, ward-1, turn 0\nThey never rest." in page
    assert "<title>Night nurse, ward-1, turn 1\nPay is low.</title>" in page
    assert '<p dir="auto">Made up.</p>' in page
    assert page == qc.render_topic_map(
        topics.texts, ["Rest", ""], topics=topics.topics, note="Made up."
    )


def test_groups_of_a_map() -> None:
    groups = groups_of(["b", "a", "a", "", "c", "b"], 2)
    assert [(one.name, one.rows, one.sign) for one in groups] == [
        ("a", (1, 2), 0),
        ("b", (0, 5), 1),
        ("1 other", (4,), -1),
        ("none", (3,), -1),
    ]
    assert groups_of([], 5) == []


def test_a_topics_number_stands_in_its_middle() -> None:
    texts = made_topics([1, 1, 1, None]).texts.assign(x=[0.0, 0.2, 1.0, 0.9], y=[0.5, 0.1, 0.3, 0])
    assert middles(texts) == [(1, 0.2, 0.3)]


def test_another_number_of_groups_is_refused() -> None:
    with pytest.raises(UnknownValueError, match="there are 2 texts and 1 groups"):
        qc.plot_topic_map(made_topics([1, 1]).texts, ["a"])
    with pytest.raises(UnknownValueError, match="there are 2 texts and 3 groups"):
        qc.render_topic_map(made_topics([1, 1]).texts, ["a"] * 3)
