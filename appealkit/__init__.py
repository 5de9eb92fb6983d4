"""Write an Amazon appeal letter from your own facts, and see what every sentence does."""

from appealkit.annotate import Annotation, annotate
from appealkit.case import Action, Case, Cause, Contact, Evidence, Metric, Period
from appealkit.classes.classroom import ClassError, read_class
from appealkit.classes.report import ClassReport
from appealkit.classes.view import show_class
from appealkit.coverage import Coverage, coverage
from appealkit.drafts import DraftError, compare, open_draft, save_draft
from appealkit.exercises.verdicts import Verdict
from appealkit.export import Answer, ExportError, export, letter_to_page, three_answers, to_docx
from appealkit.figures.courses import Course, courses
from appealkit.figures.daily import Orders
from appealkit.figures.health import Health, HealthError, Reading
from appealkit.figures.report import read_health_report
from appealkit.figures.view import show_figures
from appealkit.figures.workbench import Step, fill, read_numbers, what_if
from appealkit.gaps import Chinese, Missing, chinese, missing
from appealkit.ledger import PlanStep, Proof, ledger, proofs
from appealkit.letter import Letter, assemble
from appealkit.notice import Issue, Notice
from appealkit.notice_view import show_coverage, show_notice
from appealkit.problems import problems
from appealkit.reading import read_notice
from appealkit.render import check, show, to_html, to_json, to_page, to_text
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
from appealkit.view import View

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
