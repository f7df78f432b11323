"""How far coders agree: the measures of the literature, each with the terms it is made of.

Every measure is a pure function of ratings, coders × units, or of spans. None of them says
whether a coding is good: reflexive thematic analysis holds that agreement between coders is not
a goal at all (V. Braun and V. Clarke (2021), *Thematic Analysis*), and a figure read without the
share of text coded, the number of units and an interval says little in any tradition.
"""

from __future__ import annotations

from qualcode.analysis.agreement._agreement_value import Agreement, Interval
from qualcode.analysis.agreement._continua import code_continua
from qualcode.analysis.agreement._gwet import gwet_ac1, gwet_ac2
from qualcode.analysis.agreement._kappa import cohen_kappa, holsti
from qualcode.analysis.agreement._krippendorff import krippendorff_alpha
from qualcode.analysis.agreement._many_coders import (
    brennan_prediger,
    fleiss_kappa,
    percent_agreement,
    scott_pi,
)
from qualcode.analysis.agreement._rating_tables import from_counts, from_table
from qualcode.analysis.agreement._ratings import Ratings
from qualcode.analysis.agreement._span_scores import character_f1, span_f1
from qualcode.analysis.agreement._two_by_two import two_coder_measures
from qualcode.analysis.agreement._unitizing import binary_u_alpha, cu_alpha, ku_alpha, u_alpha

__all__ = [
    "Agreement",
    "Interval",
    "Ratings",
    "binary_u_alpha",
    "brennan_prediger",
    "character_f1",
    "code_continua",
    "cohen_kappa",
    "cu_alpha",
    "fleiss_kappa",
    "from_counts",
    "from_table",
    "gwet_ac1",
    "gwet_ac2",
    "holsti",
    "krippendorff_alpha",
    "ku_alpha",
    "percent_agreement",
    "scott_pi",
    "span_f1",
    "two_coder_measures",
    "u_alpha",
]
