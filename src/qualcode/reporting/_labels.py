"""The words at the head of a column, one table for all frames."""

from __future__ import annotations

__all__ = ["LABELS", "label_of"]

#: column of a frame -> what readers see
LABELS: dict[str, str] = {
    "at": "When",
    "bodies": "Bodies",
    "body": "Body",
    "body_type": "Kind of body",
    "code_id": "Code id",
    "code_path": "Code",
    "coder": "Coder",
    "coders": "Coders",
    "coding_id": "Coding",
    "codings": "Codings",
    "confidence": "Confidence",
    "created_at": "Coded at",
    "date": "Date",
    "definition": "Definition",
    "definition_line": "Line of the note",
    "depth": "Level",
    "detail": "Detail",
    "doubt": "Doubt",
    "end": "End",
    "event": "Event",
    "event_id": "Event id",
    "example": "Example",
    "example_source": "Source of the example",
    "finding": "Finding",
    "footnote": "Footnote",
    "interviews": "Interviews",
    "kind": "Kind",
    "line": "Line",
    "mark_line": "Line of the mark",
    "memo": "Memo",
    "minutes": "Minutes",
    "name": "Name",
    "of_bodies": "Bodies interviewed",
    "passages": "Passages",
    "place": "Place",
    "pull_quote": "Pull quote",
    "quote": "Quote",
    "reason": "Reason",
    "role": "Role",
    "role_printed": "Role as printed",
    "roles": "Roles",
    "section": "Section",
    "share": "Share",
    "source": "Source",
    "speaker": "Speaker",
    "speakers": "Speakers",
    "start": "Start",
    "synthetic": "Synthetic",
    "text": "Words said",
    "theme": "Theme",
    "theme_id": "Theme id",
    "time": "Time (s)",
    "transcript_id": "Interview",
    "turn": "Turn",
    "turns": "Turns",
    "undone": "Undone",
    "why": "Why",
    "words": "Words",
}


def label_of(column: object) -> str:
    """Give the words for a column; one that is not in the table is its own label.

    Examples
    --------
    >>> label_of("example_source"), label_of("thin_evidence"), label_of("Time lag")
    ('Source of the example', 'Thin evidence', 'Time lag')
    """
    name = str(column)
    if name in LABELS:
        return LABELS[name]
    return name.replace("_", " ").capitalize() if name.isidentifier() and name.islower() else name
