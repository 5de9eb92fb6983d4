"""Write an Amazon appeal letter from your own facts, and see what every sentence does."""

from appealkit.annotate import Annotation, annotate
from appealkit.case import Action, Case, Cause, Contact, Evidence, Metric, Period
from appealkit.class_report import ClassReport
from appealkit.class_view import show_class
from appealkit.classroom import ClassError, read_class
from appealkit.courses import Course, courses
from appealkit.coverage import Coverage, coverage
from appealkit.daily import Orders
from appealkit.drafts import DraftError, compare, open_draft, save_draft
from appealkit.export import Answer, ExportError, export, letter_to_page, three_answers, to_docx
from appealkit.gaps import Chinese, Missing, chinese, missing
from appealkit.health import Health, HealthError, Reading
from appealkit.health_view import show_figures
from appealkit.ledger import PlanStep, Proof, ledger, proofs
from appealkit.letter import Letter, assemble
from appealkit.notice import Issue, Notice
from appealkit.notice_view import show_coverage, show_notice
from appealkit.problems import problems
from appealkit.reading import read_notice
from appealkit.render import check, show, to_html, to_json, to_page, to_text
from appealkit.report import read_health_report
from appealkit.roles import Principle, Role, Sentence
from appealkit.rules import Finding, Rule, rules
from appealkit.sending import (
    ReadingTime,
    reading_time,
    show_evidence,
    show_ledger,
    show_own_words,
    show_questions,
    show_reading_time,
    show_sending,
)
from appealkit.span import Span
from appealkit.tone import Tone, show_tone, tone
from appealkit.triage import triage
from appealkit.verdicts import Verdict
from appealkit.view import View
from appealkit.workbench import Step, fill, read_numbers, what_if

__all__ = [
    "Action",
    "Annotation",
    "Answer",
    "Case",
    "Cause",
    "Chinese",
    "ClassError",
    "ClassReport",
    "Contact",
    "Course",
    "Coverage",
    "DraftError",
    "Evidence",
    "ExportError",
    "Finding",
    "Health",
    "HealthError",
    "Issue",
    "Letter",
    "Metric",
    "Missing",
    "Notice",
    "Orders",
    "Period",
    "PlanStep",
    "Principle",
    "Proof",
    "Reading",
    "ReadingTime",
    "Role",
    "Rule",
    "Sentence",
    "Span",
    "Step",
    "Tone",
    "Verdict",
    "View",
    "annotate",
    "assemble",
    "check",
    "chinese",
    "compare",
    "courses",
    "coverage",
    "export",
    "fill",
    "ledger",
    "letter_to_page",
    "missing",
    "open_draft",
    "problems",
    "proofs",
    "read_class",
    "read_health_report",
    "read_notice",
    "read_numbers",
    "reading_time",
    "rules",
    "save_draft",
    "show",
    "show_class",
    "show_coverage",
    "show_evidence",
    "show_figures",
    "show_ledger",
    "show_notice",
    "show_own_words",
    "show_questions",
    "show_reading_time",
    "show_sending",
    "show_tone",
    "three_answers",
    "to_docx",
    "to_html",
    "to_json",
    "to_page",
    "to_text",
    "tone",
    "triage",
    "what_if",
]
