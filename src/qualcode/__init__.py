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
    "Agreement": "qualcode.analysis.agreement",
    "Code": "qualcode.coding.codebook",
    "Codebook": "qualcode.coding.codebook",
    "CodebookEditor": "qualcode.widgets.codebook_editor",
    "Compare": "qualcode.widgets.compare",
    "Coder": "qualcode.widgets.coder",
    "Corpus": "qualcode.sources.corpus",
    "FrameworkMatrix": "qualcode.widgets.framework",
    "Interviewees": "qualcode.sources.published",
    "Journal": "qualcode.coding.journal",
    "NewCoding": "qualcode.coding.journal",
    "QualcodeError": "qualcode.errors",
    "QueryError": "qualcode.errors",
    "Retrieval": "qualcode.widgets.retrieval",
    "Study": "qualcode.study",
    "Transcript": "qualcode.model",
    "Units": "qualcode.analysis.units",
    "agreement": "qualcode.analysis.agreement_table",
    "binary_u_alpha": "qualcode.analysis.agreement",
    "body_theme_matrix": "qualcode.analysis.counts",
    "brennan_prediger": "qualcode.analysis.agreement",
    "c_coefficient": "qualcode.analysis.relations",
    "chao2": "qualcode.analysis.saturation",
    "character_f1": "qualcode.analysis.agreement",
    "check_study": "qualcode.study.check",
    "check_sums": "qualcode.analysis.sums",
    "claim_quotes": "qualcode.analysis.claims",
    "claim_summary": "qualcode.analysis.claim_summary",
    "claim_table": "qualcode.analysis.claims",
    "code_confusion": "qualcode.analysis.disagreements",
    "code_continua": "qualcode.analysis.agreement",
    "code_counts": "qualcode.analysis.counts",
    "code_growth": "qualcode.analysis.progress",
    "code_relations": "qualcode.analysis.relations",
    "code_sequence": "qualcode.analysis.sequence",
    "coder_spans": "qualcode.analysis.coder_spans",
    "coding_days": "qualcode.analysis.progress",
    "coding_differences": "qualcode.analysis.differences",
    "cohen_kappa": "qualcode.analysis.agreement",
    "compare_groups": "qualcode.analysis.comparisons",
    "compare_sections": "qualcode.analysis.comparison",
    "compare_with_report": "qualcode.study.evidence",
    "contrary_table": "qualcode.analysis.stance",
    "copy_study": "qualcode.study.copying",
    "coreq_table": "qualcode.analysis.coreq",
    "cu_alpha": "qualcode.analysis.agreement",
    "diff_codebooks": "qualcode.coding.codebook_diff",
    "exact_interval": "qualcode.analysis.comparisons",
    "example_study": "qualcode.study.example",
    "export": "qualcode.reporting.export",
    "export_all": "qualcode.reporting.export",
    "export_framework": "qualcode.reporting.framework",
    "fleiss_kappa": "qualcode.analysis.agreement",
    "footnotes_of": "qualcode.study.published",
    "framework_matrix": "qualcode.analysis.framework",
    "from_counts": "qualcode.analysis.agreement",
    "from_table": "qualcode.analysis.agreement",
    "guest_orders": "qualcode.analysis.saturation",
    "guest_runs": "qualcode.analysis.saturation",
    "guest_saturation": "qualcode.analysis.saturation",
    "gwet_ac1": "qualcode.analysis.agreement",
    "gwet_ac2": "qualcode.analysis.agreement",
    "holsti": "qualcode.analysis.agreement",
    "ice": "qualcode.analysis.saturation",
    "import_files": "qualcode.sources.importing",
    "incidence": "qualcode.analysis.saturation",
    "is_contrary": "qualcode.analysis.stance",
    "jackknife1": "qualcode.analysis.saturation",
    "judge_claims": "qualcode.analysis.claims",
    "krippendorff_alpha": "qualcode.analysis.agreement",
    "ku_alpha": "qualcode.analysis.agreement",
    "kwic": "qualcode.analysis.concordance",
    "list_table": "qualcode.analysis.evidence",
    "open_report": "qualcode.study.published",
    "open_study": "qualcode.study",
    "parse_query": "qualcode.analysis.queries",
    "percent_agreement": "qualcode.analysis.agreement",
    "plot_agreement": "qualcode.reporting.agreement_figures",
    "plot_confusion": "qualcode.reporting.agreement_figures",
    "plot_days": "qualcode.reporting.progress_figures",
    "plot_groups": "qualcode.reporting.comparison_figures",
    "plot_growth": "qualcode.reporting.progress_figures",
    "plot_matrix": "qualcode.reporting.figures",
    "plot_network": "qualcode.reporting.relation_figures",
    "plot_portrait": "qualcode.reporting.figures",
    "plot_relations": "qualcode.reporting.relation_figures",
    "plot_saturation": "qualcode.reporting.saturation_figures",
    "plot_sequence": "qualcode.reporting.relation_figures",
    "plot_stated": "qualcode.reporting.stated_figures",
    "plot_themes": "qualcode.reporting.figures",
    "published_study": "qualcode.study.published",
    "place_evidence": "qualcode.study.places",
    "place_codings": "qualcode.coding.anchors",
    "query": "qualcode.analysis.queries",
    "quote_table": "qualcode.analysis.quotes",
    "rarefaction": "qualcode.analysis.saturation",
    "read_claims": "qualcode.study.claims",
    "read_codebook": "qualcode.coding.codebook_file",
    "read_codings": "qualcode.coding.codings",
    "read_evidence": "qualcode.study.evidence",
    "read_exported_csv": "qualcode.reporting.export",
    "read_lists": "qualcode.study.lists",
    "read_report_figures": "qualcode.study.report_figures",
    "read_report": "qualcode.sources.published",
    "read_stars": "qualcode.study.stars",
    "read_summaries": "qualcode.study.summaries",
    "read_transcript": "qualcode.sources.canonical",
    "read_transcripts": "qualcode.sources.corpus",
    "render_codebook": "qualcode.reporting.codebook_page",
    "render_transcript": "qualcode.reporting.transcript_page",
    "richness": "qualcode.analysis.saturation",
    "sample_coverage": "qualcode.analysis.saturation",
    "saturation": "qualcode.analysis.saturation",
    "save_figure": "qualcode.reporting.figures",
    "scott_pi": "qualcode.analysis.agreement",
    "section_table": "qualcode.analysis.evidence",
    "span_f1": "qualcode.analysis.agreement",
    "starred": "qualcode.analysis.quotes",
    "suggest_by_keywords": "qualcode.analysis.keywords",
    "theme_table": "qualcode.analysis.counts",
    "theme_voices": "qualcode.analysis.voices",
    "theme_ways": "qualcode.analysis.voices",
    "to_gt": "qualcode.reporting.tables",
    "two_coder_measures": "qualcode.analysis.agreement",
    "u_alpha": "qualcode.analysis.agreement",
    "units_of": "qualcode.analysis.units",
    "versions": "qualcode._versions",
    "worst_disagreements": "qualcode.analysis.disagreements",
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
