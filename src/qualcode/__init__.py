"""qualcode: code interview transcripts in plain files, and regenerate the tables from them.

A study is a folder of transcripts, a codebook and coding journals. Open it, ask it for its
segments, and make tables and figures of them:

>>> import qualcode as qc
>>> study = qc.example_study()
>>> qc.theme_table(study.segments(), study.codebook)[["theme", "bodies"]].to_dict("records")
[{'theme': 'Rest', 'bodies': 3}, {'theme': 'Staffing', 'bodies': 2}, {'theme': 'Pay', 'bodies': 0}]
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any

__version__ = "0.1.0"

# Public name -> where it lives. Nothing heavy is imported until a name is asked for.
_PUBLIC: dict[str, str] = {
    "Code": "qualcode.coding.codebook",
    "Codebook": "qualcode.coding.codebook",
    "CodebookEditor": "qualcode.widgets.codebook_editor",
    "Compare": "qualcode.widgets.compare",
    "Coder": "qualcode.widgets.coder",
    "Corpus": "qualcode.sources.corpus",
    "Interviewees": "qualcode.sources.published",
    "Journal": "qualcode.coding.journal",
    "NewCoding": "qualcode.coding.journal",
    "QualcodeError": "qualcode.errors",
    "Retrieval": "qualcode.widgets.retrieval",
    "Study": "qualcode.study",
    "Transcript": "qualcode.model",
    "body_theme_matrix": "qualcode.analysis.counts",
    "check_study": "qualcode.study.check",
    "check_sums": "qualcode.analysis.sums",
    "claim_quotes": "qualcode.analysis.claims",
    "claim_summary": "qualcode.analysis.claim_summary",
    "claim_table": "qualcode.analysis.claims",
    "code_counts": "qualcode.analysis.counts",
    "code_growth": "qualcode.analysis.progress",
    "coding_days": "qualcode.analysis.progress",
    "coding_differences": "qualcode.analysis.differences",
    "compare_sections": "qualcode.analysis.comparison",
    "compare_with_report": "qualcode.study.evidence",
    "contrary_table": "qualcode.analysis.stance",
    "copy_study": "qualcode.study.copying",
    "coreq_table": "qualcode.analysis.coreq",
    "diff_codebooks": "qualcode.coding.codebook_diff",
    "example_study": "qualcode.study.example",
    "export": "qualcode.reporting.export",
    "export_all": "qualcode.reporting.export",
    "footnotes_of": "qualcode.study.published",
    "import_files": "qualcode.sources.importing",
    "is_contrary": "qualcode.analysis.stance",
    "judge_claims": "qualcode.analysis.claims",
    "list_table": "qualcode.analysis.evidence",
    "open_report": "qualcode.study.published",
    "open_study": "qualcode.study",
    "plot_days": "qualcode.reporting.progress_figures",
    "plot_growth": "qualcode.reporting.progress_figures",
    "plot_matrix": "qualcode.reporting.figures",
    "plot_portrait": "qualcode.reporting.figures",
    "plot_stated": "qualcode.reporting.stated_figures",
    "plot_themes": "qualcode.reporting.figures",
    "published_study": "qualcode.study.published",
    "place_evidence": "qualcode.study.places",
    "place_codings": "qualcode.coding.anchors",
    "quote_table": "qualcode.analysis.quotes",
    "read_claims": "qualcode.study.claims",
    "read_codebook": "qualcode.coding.codebook_file",
    "read_codings": "qualcode.coding.codings",
    "read_evidence": "qualcode.study.evidence",
    "read_exported_csv": "qualcode.reporting.export",
    "read_lists": "qualcode.study.lists",
    "read_report_figures": "qualcode.study.report_figures",
    "read_report": "qualcode.sources.published",
    "read_stars": "qualcode.study.stars",
    "read_transcript": "qualcode.sources.canonical",
    "read_transcripts": "qualcode.sources.corpus",
    "render_codebook": "qualcode.reporting.codebook_page",
    "render_transcript": "qualcode.reporting.transcript_page",
    "save_figure": "qualcode.reporting.figures",
    "section_table": "qualcode.analysis.evidence",
    "starred": "qualcode.analysis.quotes",
    "suggest_by_keywords": "qualcode.analysis.keywords",
    "theme_table": "qualcode.analysis.counts",
    "theme_voices": "qualcode.analysis.voices",
    "theme_ways": "qualcode.analysis.voices",
    "to_gt": "qualcode.reporting.tables",
    "versions": "qualcode._versions",
    "write_codebook": "qualcode.coding.codebook_file",
    "write_transcript": "qualcode.sources.canonical",
}

__all__ = ["__version__", *_PUBLIC]

logging.getLogger(__name__).addHandler(logging.NullHandler())


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'qualcode' has no attribute {name!r}; it has {__all__}")
    return getattr(import_module(_PUBLIC[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
