"""Real footnotes in a Word document, which python-docx has no way to write.

A document has them in a part of its own, with two for the lines that set them apart from the text;
the settings name those two, and the styles give the type of their words and numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["add_footnotes", "reference_xml"]

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_SEPARATORS = (
    (-1, "separator", "separator"),
    (0, "continuationSeparator", "continuationSeparator"),
)
_STYLES = (
    f'<w:style {_W} w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/>'
    '<w:basedOn w:val="Normal"/><w:uiPriority w:val="99"/><w:pPr><w:spacing w:before="0" '
    'w:after="20" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="16"/>'
    '<w:szCs w:val="16"/></w:rPr></w:style>',
    f'<w:style {_W} w:type="character" w:styleId="FootnoteReference">'
    '<w:name w:val="footnote reference"/><w:basedOn w:val="DefaultParagraphFont"/>'
    '<w:uiPriority w:val="99"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>',
)
_MARK = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
# What may stand after the settings of footnotes, as the schema has it.
_LATER = {
    *("endnotePr", "compat", "docVars", "rsids", "mathPr", "attachedSchema", "themeFontLang"),
    *("clrSchemeMapping", "doNotIncludeSubdocsInStats", "shapeDefaults", "decimalSymbol"),
    "listSeparator",
}


def reference_xml(number: int) -> str:
    """Write the mark in the text that leads to a footnote."""
    return f'<w:r>{_MARK}<w:footnoteReference w:id="{number}"/></w:r>'


def add_footnotes(document: Any, notes: Sequence[str]) -> None:
    """Give a document its footnotes, numbered from 1; each is the XML of runs."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    lines = "".join(_separator(*one) for one in _SEPARATORS)
    texts = "".join(_note(number, runs) for number, runs in enumerate(notes, start=1))
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    data = f"{head}<w:footnotes {_W}>{lines}{texts}</w:footnotes>".encode()
    part = Part(PackURI("/word/footnotes.xml"), _TYPE, data, document.part.package)
    document.part.relate_to(part, _RELATION)
    _add_styles(document)
    _name_separators(document)


def _separator(number: int, kind: str, element: str) -> str:
    return (
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:before="0" '
        f'w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{element}/></w:r></w:p>'
        "</w:footnote>"
    )


def _note(number: int, runs: str) -> str:
    space = '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
    return (
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
        f"<w:r>{_MARK}<w:footnoteRef/></w:r>{space}{runs}</w:p></w:footnote>"
    )


def _add_styles(document: Any) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    styles = document.styles.element
    there = {one.get(qn("w:styleId")) for one in styles.iter(qn("w:style"))}
    for text in _STYLES:
        style = parse_xml(text)
        if style.get(qn("w:styleId")) not in there:
            styles.append(style)


def _name_separators(document: Any) -> None:
    from docx.oxml import parse_xml

    ids = "".join(f'<w:footnote w:id="{number}"/>' for number, *_ in _SEPARATORS)
    named = parse_xml(f"<w:footnotePr {_W}>{ids}</w:footnotePr>")
    settings = document.settings.element
    for place, element in enumerate(settings):
        if element.tag.rpartition("}")[2] in _LATER:
            settings.insert(place, named)
            return
    settings.append(named)
