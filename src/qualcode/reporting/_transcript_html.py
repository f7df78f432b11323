"""A coded transcript as one HTML page that needs no other file and runs no script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qualcode.reporting._canvas import count_of
from qualcode.reporting._transcript_style import style_sheet
from qualcode.reporting._transcript_turns import text_html, turns_html

if TYPE_CHECKING:
    from qualcode.coding.codebook import Codebook
    from qualcode.reporting._transcript_view import LegendRow, View

__all__ = ["transcript_html"]

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'"


def transcript_html(
    view: View, codebook: Codebook, *, title: str, study_title: str, synthetic: str
) -> str:
    """Write the page; `synthetic` is the label of a transcript that was written, not recorded."""
    foot = " · ".join(one for one in (title, synthetic) if one)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{text_html(title)}</title>
<style>
{style_sheet(view, codebook, foot=foot)}</style>
</head>
<body>
<div class="coded">
<a class="skip" href="#transcript">Skip to the transcript</a>
<header>
<h1 dir="auto">{text_html(title)}</h1>
{_synthetic(synthetic)}<dl>
{_facts(view, title, study_title)}
</dl>
</header>
{_legend(view)}<main id="transcript" class="turns" aria-label="Transcript">
<h2>Transcript</h2>
{turns_html(view)}
{_left_out(view.adrift)}</main>
</div>
</body>
</html>
"""


def _synthetic(label: str) -> str:
    return f'<p class="synthetic" dir="auto">{text_html(label)}</p>\n' if label else ""


def _facts(view: View, title: str, study_title: str) -> str:
    told = [("Study", study_title), *_told(view, title)]
    facts = [(name, f"<bdi>{text_html(words)}</bdi>") for name, words in told if words]
    return "\n".join(f"<div><dt>{name}</dt><dd>{words}</dd></div>" for name, words in facts)


def _told(view: View, title: str) -> Iterator[tuple[str, str]]:
    transcript = view.transcript
    kind = f" ({transcript.body_type})" if transcript.body and transcript.body_type else ""
    yield "Transcript", "" if title == view.title else transcript.id
    yield "Body", transcript.body + kind
    yield "Date", transcript.date.isoformat() if transcript.date else ""
    people = (f"{one.label}, {one.role}" if one.role else one.label for one in transcript.speakers)
    yield "Speakers", "; ".join(people)
    yield "Coded by", ", ".join(f"{name} ({number:,})" for name, number in view.coders.items())
    turns = sum(block.turn is not None for block in view.blocks)
    counts = [count_of(turns, "turn"), count_of(view.words, "word")]
    counts += [count_of(len(view.codings), "coding"), count_of(view.used_codes, "code")]
    yield "Counts", " · ".join(counts)
    yield "Adrift", _adrift_words(view.adrift)


def _adrift_words(adrift: Sequence[object]) -> str:
    if not adrift:
        return ""
    named = "it is named" if len(adrift) == 1 else "they are named"
    return f"{count_of(len(adrift), 'coding')} left out, not found in the text; {named} at the end"


def _legend(view: View) -> str:
    if not view.codings:
        return '<p class="nothing">Nothing is coded here.</p>\n'
    rows = "\n".join(_legend_row(place, row) for place, row in enumerate(view.legend))
    return f"""<aside aria-label="Codes">
<form method="dialog" autocomplete="off">
<fieldset class="codes">
<legend>Codes</legend>
<p class="hint">Tick some to see only these. Codes are counted with those below them.</p>
<ul>
{rows}
</ul>
</fieldset>
{_coders(view)}<button type="reset">Show all</button>
</form>
</aside>
"""


def _legend_row(place: int, row: LegendRow) -> str:
    return (
        f'<li style="--depth:{row.depth}"><label><input type="checkbox" id="code-{place}">'
        f'<span class="key c{place}" aria-hidden="true"></span>'
        f'<bdi class="name">{text_html(row.code.name)}</bdi> '
        f'<span class="count">{row.codings:,}</span></label></li>'
    )


def _coders(view: View) -> str:
    if len(view.coders) < 2:
        return ""
    rows = "\n".join(
        f'<li><label><input type="checkbox" id="coder-{place}">'
        f'<bdi class="name">{text_html(name)}</bdi> <span class="count">{number:,}</span></label></li>'
        for place, (name, number) in enumerate(view.coders.items())
    )
    return f'<fieldset class="coders">\n<legend>Coders</legend>\n<ul>\n{rows}\n</ul>\n</fieldset>\n'


def _left_out(adrift: Sequence[tuple[str, str, str, str]]) -> str:
    if not adrift:
        return ""
    rows = "\n".join(
        f"<li><bdi>{text_html(name)}</bdi>, coded by <bdi>{text_html(coder)}</bdi>, "
        f"“<bdi>{text_html(words)}</bdi>”: {text_html(reason)}</li>"
        for name, coder, words, reason in adrift
    )
    return f"""<section class="adrift" aria-labelledby="adrift">
<h2 id="adrift">Left out</h2>
<p>The text has changed since these were coded, and their words cannot be found in it with certainty.</p>
<ul>
{rows}
</ul>
</section>
"""
