"""Write an Amazon appeal letter from your own facts, and see what every sentence does."""

from appealkit.annotate import Annotation, annotate
from appealkit.case import Action, Case, Cause, Contact, Evidence, Metric, Period, problems
from appealkit.exercises import Verdict
from appealkit.letter import Letter, Missing, assemble, missing
from appealkit.render import View, check, show, to_html, to_json, to_page, to_text
from appealkit.roles import Principle, Role, Sentence
from appealkit.rules import Finding, Rule, rules
from appealkit.segment import Span

__all__ = [
    "Action",
    "Annotation",
    "Case",
    "Cause",
    "Contact",
    "Evidence",
    "Finding",
    "Letter",
    "Metric",
    "Missing",
    "Period",
    "Principle",
    "Role",
    "Rule",
    "Sentence",
    "Span",
    "Verdict",
    "View",
    "annotate",
    "assemble",
    "check",
    "missing",
    "problems",
    "rules",
    "show",
    "to_html",
    "to_json",
    "to_page",
    "to_text",
]
