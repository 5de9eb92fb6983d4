"""The whole public API in use, for the type checker: each call is given what its types allow, and its result is what they say."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Literal, assert_type

from pydantic import ValidationError

from appealkit import (
    Action,
    Annotation,
    Answer,
    Case,
    Cause,
    Chinese,
    ClassError,
    ClassReport,
    Contact,
    Course,
    Coverage,
    DraftError,
    Evidence,
    ExportError,
    Finding,
    Health,
    HealthError,
    Issue,
    Letter,
    Metric,
    Missing,
    Notice,
    Orders,
    Period,
    PlanStep,
    Principle,
    Proof,
    Reading,
    ReadingTime,
    Role,
    Rule,
    Sentence,
    Span,
    Step,
    Tone,
    Verdict,
    View,
    annotate,
    assemble,
    check,
    chinese,
    compare,
    courses,
    coverage,
    export,
    fill,
    ledger,
    letter_to_page,
    missing,
    open_draft,
    problems,
    proofs,
    read_class,
    read_health_report,
    read_notice,
    read_numbers,
    reading_time,
    rules,
    save_draft,
    show,
    show_class,
    show_coverage,
    show_evidence,
    show_figures,
    show_ledger,
    show_notice,
    show_own_words,
    show_questions,
    show_reading_time,
    show_sending,
    show_tone,
    three_answers,
    to_docx,
    to_html,
    to_json,
    to_page,
    to_text,
    tone,
    triage,
    what_if,
)
from appealkit.exercises.lesson import judge
from appealkit.figures.outlook import outlook
from appealkit.figures.view import days_to_csv


def facts() -> Case:
    """Give facts, part by part."""
    case = Case(
        store="Blue Kite",
        marketplace="Amazon.com",
        situation="new",
        metric=Metric(id="odr", value=1.29, target=1, orders=310, defective_orders=4, defects={"a-to-z": 4}),
        period=Period(start=date(2026, 3, 2), end=date(2026, 3, 19)),
        causes=(Cause(id="c1", title="Stock", failed="We counted once a week", led_to="We sold what we did not have"),),
        actions=(Action(id="a1", what="count", status="running", when=date(2026, 3, 23), who="Lin", frequency="daily", answers=("c1",)),),
        evidence=(Evidence(what="photographs", proves="a1"),),
        contact=Contact(name="Lin", role="owner", email="lin@bluekite.example"),
    )
    assert_type(case.model_dump_json(), str)
    assert_type(case.metric, Metric | None)
    assert_type(case.causes, tuple[Cause, ...])
    return case


def refused() -> list[str]:
    """Give the problems of facts that cannot be."""
    try:
        Case.model_validate_json('{"store": 1}')
    except ValidationError as error:
        return assert_type(problems(error, "zh-Hant"), list[str])
    return []


def written(case: Case) -> Letter:
    """Write the letter, and ask for what it lacks."""
    gaps = assert_type(missing(case), tuple[Missing, ...])
    for gap in gaps:
        assert_type((gap.field, gap.ask("en")), tuple[str, str])
    letter = assert_type(assemble(case), Letter)
    assert_type((letter.text, letter.case), tuple[str, Case])
    return letter


def read(letter: str | Letter, ignore: Collection[str]) -> Annotation:
    """Annotate a letter, and look at what was said."""
    annotation = assert_type(annotate(letter, ignore=ignore), Annotation)
    for sentence in assert_type(annotation.sentences, tuple[Sentence, ...]):
        assert_type(sentence.roles, frozenset[Role])
        assert_type(sentence.span, Span)
    for finding in assert_type(annotation.findings, tuple[Finding, ...]):
        assert_type((finding.rule, finding.rule.principle), tuple[Rule, Principle])
        assert_type(finding.span, Span | None)
        assert_type(finding.message("en"), str)
    assert_type(annotation.having(Role.CAUSE), Iterator[Sentence])
    assert_type(rules(), Mapping[str, Rule])
    return annotation


def beside(notice: str, letter: str) -> Coverage:
    """Read a notice, and lay a letter beside it."""
    asked = assert_type(read_notice(notice), Notice)
    for issue in assert_type(asked.issues, tuple[Issue, ...]):
        assert_type((issue.id, issue.cause, issue.name("en")), tuple[str, bool, str])
    assert_type((asked.deadline_days, asked.attempts, asked.advice("en")), tuple[int | None, int | None, str])
    assert_type(asked.not_understood, tuple[Span, ...])
    assert_type(triage(notice, "en"), View)
    assert_type(show_notice(asked, "zh-Hant"), View)
    table = assert_type(coverage(annotate(letter, notice=asked), asked), Coverage)
    assert_type(show_coverage(table, "en"), View)
    return table


def figures(report: str) -> list[Reading]:
    """Read a report, or none."""
    try:
        health = assert_type(read_health_report(report, lang="zh-Hant"), Health)
    except HealthError:
        return []
    for metric in assert_type(health.metrics, tuple[Reading, ...]):
        assert_type((metric.value, metric.orders, metric.meets_target), tuple[float | None, int | None, bool | None])
    return [metric for metric in health.metrics if not metric.meets_target]


def worked_out(orders: Orders, case: Case) -> Case:
    """Follow a rate, ask what would change it, and put it into the facts."""
    for course in assert_type(courses(orders, end=date(2026, 4, 30)), tuple[Course, ...]):
        assert_type((course.spells, course.target), tuple[tuple[tuple[date, date], ...], float])
    assert_type(days_to_csv(courses(orders)), str)
    assert_type(show_figures(orders, "en"), View)
    reading = assert_type(orders.health().metrics[0], Reading)
    assert_type(outlook(reading, "en"), tuple[str, ...])
    assert_type(what_if(assert_type(read_numbers(Metric(id="odr")), Reading)), tuple[Step, ...])
    assert_type(annotate("We are sorry.", metrics=[reading]), Annotation)
    return assert_type(fill(case, reading, lang="en"), Case)


def taken_away(case: Case, folder: str) -> tuple[Path, Path] | str:
    """Keep the facts, and export the letter."""
    try:
        draft = assert_type(save_draft(case, f"{folder}/draft.json", lang="en"), Path)
        assert_type(list(compare(case, assert_type(open_draft(draft, lang="en"), Case))), list[str])
        for answer in assert_type(three_answers(assemble(case), limit=500), tuple[Answer, ...]):
            assert_type((answer.question, answer.text, answer.over), tuple[str, str, int])
        assert_type(to_docx(assemble(case)), bytes)
        assert_type(letter_to_page(assemble(case)), str)
        for fact in assert_type(chinese(case), tuple[Chinese, ...]):
            assert_type((fact.field, fact.words, fact.name, fact.ask("en")), tuple[str, str, bool, str])
        return draft, assert_type(export(assemble(case), f"{folder}/letter.docx", lang="zh-Hant"), Path)
    except (DraftError, ExportError) as error:
        return str(error)


def shown(annotation: Annotation) -> View:
    """Show an annotation in every way."""
    assert_type(to_html(annotation, "en"), str)
    assert_type(to_text(annotation, "zh-Hant"), str)
    assert_type(to_json(annotation, "en"), str)
    assert_type(to_page([("title", annotation)], "en"), Iterator[str])
    assert_type(check("We are sorry.", "en"), View)
    return assert_type(show(annotation, "en"), View)


def trained(folder: str) -> View | str:
    """Show a class."""
    try:
        report = assert_type(read_class(folder, lang="en", tell=print), ClassReport)
    except ClassError as error:
        return str(error)
    for trainee in report.trainees:
        assert_type((trainee.name, trainee.solved, trainee.agreement.kappa), tuple[str, int, float | None])
    return assert_type(show_class(report, "zh-Hant"), View)


def looked_over(case: Case, letter: str) -> list[View]:
    """Look at a letter for the last time."""
    for step in assert_type(ledger(case), tuple[PlanStep, ...]):
        assert_type((step.what, step.when, step.who), tuple[str, str, str])
    for proof in assert_type(proofs(letter), tuple[Proof, ...]):
        assert_type((proof.statement, proof.documents, proof.due), tuple[str, tuple[str, ...], bool])
    assert_type(reading_time(letter), ReadingTime)
    views = [show_questions(letter, "en"), show_ledger(assemble(case), "en"), show_evidence(letter, "en")]
    return [*views, show_own_words(letter, "en"), show_reading_time(letter, "en"), show_sending(letter, "zh-Hant")]


def heard(letter: str) -> Tone:
    """Hear how a letter speaks."""
    assert_type(show_tone(letter, "en"), View)
    for pull in assert_type(tone(letter), Tone).pulls:
        assert_type((pull.side, pull.sentence, pull.words), tuple[Literal["humble", "proud"], Sentence, tuple[Span, ...]])
    return tone(annotate(letter))


def judged(name: str, answer: str) -> Verdict:
    """Judge an answer."""
    return assert_type(judge(name, answer, "en"), Verdict)
