"""The words at the head of a column, one table for all frames."""

from __future__ import annotations

__all__ = ["LABELS", "label_of"]

#: column of a frame -> what readers see
LABELS: dict[str, str] = {
    "added": "Added",
    "answer": "Answer",
    "at": "When",
    "attributed": "Attributed in the report",
    "bodies": "Bodies",
    "body": "Body",
    "body_type": "Kind of body",
    "borne": "Coded so",
    "check": "Sum",
    "claim_id": "Claim id",
    "code_id": "Code id",
    "code_path": "Code",
    "coder": "Coder",
    "coders": "Coders",
    "coding_id": "Coding",
    "codings": "Codings",
    "confidence": "Confidence",
    "computed": "Computed",
    "contrary_people": "People against",
    "created_at": "Coded at",
    "date": "Date",
    "definition": "Definition",
    "definition_line": "Line of the note",
    "depth": "Level",
    "detail": "Detail",
    "doubt": "Doubt",
    "difference": "Difference",
    "end": "End",
    "event": "Event",
    "event_id": "Event id",
    "example": "Example",
    "example_source": "Source of the example",
    "figure_id": "Figure id",
    "finding": "Finding",
    "footnote": "Footnote",
    "heard": "Heard in the transcripts",
    "in_report": "In the report",
    "in_transcripts": "In the transcripts",
    "interviews": "Interviews",
    "kind": "Kind",
    "line": "Line",
    "mark_line": "Line of the mark",
    "memo": "Memo",
    "minutes": "Minutes",
    "name": "Name",
    "new_codes": "New codes",
    "new_names": "Which",
    "of_bodies": "Bodies interviewed",
    "of_people": "People interviewed",
    "passages": "Passages",
    "people_share": "Share of people",
    "place": "Place",
    "placed": "Placed",
    "position": "No.",
    "pull_quote": "Pull quote",
    "quote": "Quote",
    "reason": "Reason",
    "report_bodies": "Bodies in the report",
    "report_contrary": "Footnotes against",
    "report_only": "In the report only",
    "report_people": "People in the report",
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
    "transcript_bodies": "Bodies in the transcripts",
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
