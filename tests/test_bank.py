"""The bank of exercises: what is right is what the annotator finds, in each of the three states; the reviewer asks what is open."""

import json
import re
from collections.abc import Iterator
from typing import Any, TypeVar, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from appealkit.annotate import annotate
from appealkit.case import Case, Situation
from appealkit.coverage import coverage
from appealkit.exercises.answers import judge_written, notice_of
from appealkit.exercises.bank import AnyTask, Build, Find, Kind, Mend, Revise, Sort, bank, task
from appealkit.exercises.drawn import drawn
from appealkit.exercises.given import not_given
from appealkit.exercises.marks import NO_FAULT, choices, judge_marks, key
from appealkit.exercises.reviewer import Rounds, review
from appealkit.exercises.sorting import judge_sorting, places, sortable
from appealkit.exercises.verdicts import Outcome, Verdict
from appealkit.language import LANGS, Lang, rule_name, say
from appealkit.letter import assemble
from appealkit.notice import QUESTIONS
from appealkit.reading import read_notice
from appealkit.roles import Principle, Role
from appealkit.rules import rules
from appealkit.sheet import fact_sheet
from appealkit.tables import load
from tests.cases import FULL
from tests.test_notebooks import GLOSSARY

TASKS = tuple(bank().values())


T = TypeVar("T", Find, Mend, Build, Sort, Revise)


def of(kind: type[T]) -> tuple[T, ...]:
    """Return the exercises of one kind."""
    return tuple(task for task in TASKS if isinstance(task, kind))


def names(task: AnyTask) -> str:
    """Name a test by its exercise."""
    return task.id


# -- what the bank holds --------------------------------------------------------------------------------------------------------


def test_the_bank_is_large_and_varied() -> None:
    """There are more than forty exercises: of each kind, on three levels, from both situations and about each metric."""
    assert len(TASKS) > 40
    assert {task.kind for task in TASKS} == set(get_args(Kind))
    for kind in get_args(Kind):
        of_kind = [task for task in TASKS if task.kind == kind]
        assert {task.level for task in of_kind} == {1, 2, 3}
        assert {task.situation for task in of_kind} == set(get_args(Situation))
        assert {task.metric for task in of_kind} == set(load("metrics.toml"))


def test_every_fault_is_practised() -> None:
    """Nearly every rule about the letter alone is looked for or mended in some exercise of the bank; the rest are drawn."""
    practised = {rule for task in TASKS for rule in task.rules}
    unpractised = [name for name, rule in rules().items() if rule.alone and name not in practised]
    assert len(unpractised) < len(rules()) / 6, unpractised


@pytest.mark.parametrize("task", TASKS, ids=names)
def test_what_is_told_is_in_both_languages(task: AnyTask) -> None:
    """Title, task, hint and what was learned are in both languages, in the terms of the glossary and without an exclamation mark."""
    for words in (task.title, task.about, task.hint, task.done):
        assert set(words) == set(LANGS)
        assert not re.search(r"[\u3400-\u9fff]", words["en"].replace("「", ""))
        assert len(re.findall(r"[\u3400-\u9fff]", words["zh-Hant"])) > 2
        assert not re.search(r"[!！]", words["en"] + words["zh-Hant"])
        assert not [wrong for wrong, right in GLOSSARY["not"].items() if wrong in words["zh-Hant"].replace(right, "")]


def test_some_letters_are_sound() -> None:
    """That nothing is wrong is right of some letters, for existing and new accounts: otherwise the choice is never one."""
    assert {task.situation for task in of(Find) if not task.faults} == set(get_args(Situation))


def test_every_fault_has_a_name() -> None:
    """No name stands for two rules."""
    names = {NO_FAULT, *rules()}
    for lang in LANGS:
        assert len({rule_name(rule, lang) for rule in names}) == len(names)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"level": 4}, "level"),
        ({"kind": "guess"}, ""),
        ({"title": {"fr": "Une langue"}}, "title"),
        ({"hint": {"en": "", "zh-Hant": " "}}, "hint"),
        ({"faults": ["no-luck"]}, "faults"),
        ({"faults": None}, "faults"),
        ({"letter": ""}, "letter"),
        ({"score": 10}, "score"),
        ({"metric": "luck"}, "metric"),
    ],
)
def test_impossible_entries_are_refused(change: dict[str, Any], field: str) -> None:
    """An entry that is no exercise is refused, and the error names the field."""
    entry = load("exercises.toml")["kettles-silent"]
    assert task("kettles-silent", entry).id == "kettles-silent"
    with pytest.raises(ValidationError) as refused:
        task("kettles-silent", entry | change)
    assert any(field in map(str, error["loc"]) for error in refused.value.errors()) or not field


@pytest.mark.parametrize(("into", "given"), [("voice", "letter"), ("role", "letters"), ("role", "both")])
def test_a_sorting_has_what_it_sorts(into: str, given: str) -> None:
    """Closings are sorted into voices, the sentences of one letter into roles or principles."""
    both = {"letter": "We are sorry.", "letters": ["We are sorry."]}
    entry = {**load("exercises.toml")["sort-vases"], "letter": "", "into": into, **(both if given == "both" else {given: both[given]})}
    with pytest.raises(ValidationError, match="sort-what"):
        task("sort-vases", entry)


def test_an_entry_is_told_its_name() -> None:
    """An exercise knows its id, its rules, and the principle that all of them guard, if there is one."""
    assert (bank()["kettles-silent"].rules, bank()["kettles-silent"].principle) == (("no-commitment", "no-request"), "closing")
    assert bank()["plates-fog"].principle is None
    assert (bank()["sort-vases"].rules, bank()["sort-vases"].principle) == ((), None)


# -- find the faults ------------------------------------------------------------------------------------------------------------

LETTERS = (*of(Find), *(drawn(seed, number) for seed in range(6) for number in (1, 3, 5)))


@pytest.mark.parametrize("task", LETTERS, ids=names)
def test_letters_have_the_faults_that_they_should(task: Find) -> None:
    """The annotator finds the faults that the entry names, and no other; numbers of sentences are those of the letter."""
    marks = key(task)
    assert {rule for _, rule in marks} == (set(task.faults) or {NO_FAULT})
    assert all(0 <= number <= len(annotate(task.letter).sentences) for number, _ in marks)


@pytest.mark.parametrize("task", LETTERS, ids=names)
def test_all_marks_right_is_correct(task: Find, lang: Lang) -> None:
    """Who marks what the annotator marks is right, in whatever order; each mark is told with the reason, and what was learned."""
    marks = key(task)
    verdict, judged = judge_marks(task, list(reversed(marks)), lang)
    assert verdict.outcome == "correct"
    assert tuple(one.mark for one in judged) == marks
    assert {one.kind for one in judged} == {"right"}
    assert verdict.reasons[-1] == task.done[lang]
    findings = [finding.message(lang) for finding in annotate(task.letter).findings]
    assert all(any(message in reason for reason in verdict.reasons) for message in findings[:1])


@pytest.mark.parametrize("task", LETTERS, ids=names)
def test_no_mark_is_no_attempt(task: Find, lang: Lang) -> None:
    """Without a mark there is nothing to judge."""
    verdict, judged = judge_marks(task, [], lang)
    assert (verdict.outcome, judged) == ("not-attempted", ())
    assert verdict.reasons == (say("practice.no-marks", lang),)


@pytest.mark.parametrize("task", LETTERS, ids=names)
def test_missed_and_false_marks_are_told(task: Find, lang: Lang) -> None:
    """A mark without a fault is a false alarm; what was missed is counted, and told only in the key; each is told with its reason."""
    marks = key(task)
    absent = next(rule for rule in ("placeholder", "emotional", "blame") if rule not in task.faults)
    verdict, judged = judge_marks(task, [*marks[1:], (1, absent), (0, absent)], lang)
    assert verdict.outcome == "not-yet"
    assert [one.mark for one in judged if one.kind == "missed"] == [marks[0]]
    assert [one.mark for one in judged if one.kind == "false-alarm"] == [(1, absent), (0, absent)]
    assert [one.mark for one in judged if one.kind == "right"] == list(marks[1:])
    assert len(judged) == len(marks) + 2
    told = [say(f"practice.mark.{one.kind}", lang, told=one.reason) for one in judged if one.kind != "missed"]
    unseen = [one.reason for one in judged if one.kind == "missed"]
    assert list(verdict.reasons) == [*told, say("practice.left", lang, count=1) if task.faults else say("practice.none-left", lang)]
    # that a letter has no fault is no fault which somebody missed
    assert list(verdict.key) == ([say("practice.mark.missed", lang, told=reason) for reason in unseen] if task.faults else unseen)
    assert all(rule_name(one.mark[1], lang) in one.reason for one in judged)


@pytest.mark.parametrize("task", LETTERS, ids=names)
def test_that_nothing_is_left_to_mark_is_told(task: Find, lang: Lang) -> None:
    """Where all faults are marked and something else besides, the count of what is left is 0, with an answer to unfold or without."""
    absent = next(rule for rule in ("placeholder", "emotional", "blame") if rule not in task.faults)
    marks = key(task) if task.faults else ()
    assert judge_marks(task, [*marks, (1, absent)], lang)[0].reasons[-1] == say("practice.none-left", lang)


def test_a_fault_at_another_place_is_a_false_alarm() -> None:
    """A fault that the letter has, marked at a sentence that has it not, is a false alarm that says so."""
    task = bank()["tents-proud"]
    assert isinstance(task, Find)
    _, judged = judge_marks(task, [(2, "demanding")], "en")
    assert [(one.kind, one.mark) for one in judged if "not there" in one.reason] == [("false-alarm", (2, "demanding"))]


@pytest.mark.parametrize(
    ("name", "rule", "right", "wrong"),
    [
        ("shoes-pleading", "no-figure", [0, 4, 6], [1, 2, 7]),
        ("scales-late", "no-dates", [0, 3], [1, 5, 6]),
        ("scales-late", "late-acknowledgement", [0, 7], [1, 3]),
        ("soap-one-block", "unlisted-actions", [0, 5, 6, 7], [2, 3]),
        ("soap-one-block", "no-parts", [0, 4, 5], [1, 2, 8]),
        ("kites-tomorrow", "nothing-done-yet", [0, 8, 9], [2, 4, 6]),
        ("plates-fog", "unmeasurable-plan", [0, 6, 7], [1, 2, 9]),
        ("lanterns-two-causes", "uncovered-cause", [0, 7], [2, 6, 9]),
        ("kettles-silent", "no-request", [0], [2, 4, 8]),
        ("kites-tomorrow", "vague-action", [10], [0, 8]),
        ("rugs-others", "blame", [7], [0, 8]),
    ],
)
def test_a_fault_of_the_whole_letter_may_be_marked_where_it_shows(name: str, rule: str, right: list[int], wrong: list[int]) -> None:
    """What is missing, misplaced or badly laid out counts at the letter as a whole and at a sentence it is about; words at their own."""
    task = bank()[name]
    assert isinstance(task, Find)
    (keyed,) = [place for place in key(task) if place[1] == rule]
    kinds = {number: [(one.kind, one.mark) for one in judge_marks(task, [(number, rule)], "en")[1]] for number in (*right, *wrong)}
    assert [number for number, told in kinds.items() if ("right", keyed) in told] == right
    assert [number for number, told in kinds.items() if ("false-alarm", (number, rule)) in told] == wrong


def test_two_marks_of_one_fault_are_one() -> None:
    """Who marks a fault at the letter as a whole and at its sentence has marked it once, and nothing else."""
    task = bank()["shoes-pleading"]
    assert isinstance(task, Find)
    verdict, judged = judge_marks(task, [(0, "no-figure"), (4, "no-figure"), (7, "emotional")], "en")
    assert verdict.outcome == "correct"
    assert [one.mark for one in judged] == list(key(task))


def test_each_sentence_of_a_stretch_may_be_marked() -> None:
    """Where a fault reaches over several sentences, a mark at any of them is right, and is kept where the key has it."""
    task = bank()["soap-one-block"]
    assert isinstance(task, Find)
    ((first, rule),) = [mark for mark in key(task) if mark[1] == "unlisted-actions"]
    for number in (first, first + 1, first + 2):
        _, judged = judge_marks(task, [(number, rule)], "en")
        assert [one.mark for one in judged if one.kind == "right"] == [(first, rule)]


@given(marks=st.lists(st.tuples(st.integers(-3, 40), st.sampled_from(sorted(rules()))), max_size=6))
def test_any_marks_are_judged(marks: list[tuple[int, str]]) -> None:
    """Whatever is marked, each fault is right or missed once, and each mark that is left is one false alarm."""
    task = bank()["pans-all-at-once"]
    assert isinstance(task, Find)
    _, judged = judge_marks(task, marks, "zh-Hant")
    faults = [one.mark for one in judged if one.kind != "false-alarm"]
    assert sorted(faults) == (sorted(key(task)) if marks else [])
    assert len([one for one in judged if one.kind == "false-alarm"]) <= len(set(marks))


# -- mend it ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("task", of(Mend), ids=names)
def test_a_passage_has_the_faults_that_are_to_be_mended(task: Mend) -> None:
    """The passage breaks the rules that the entry names, and holds the words that the answer has to keep where it has them already."""
    assert set(task.faults) <= {finding.rule.id for finding in annotate(task.start).findings}
    assert task.keeps


@pytest.mark.parametrize("task", of(Mend), ids=names)
def test_an_untouched_passage_is_no_attempt(task: Mend, lang: Lang) -> None:
    """An empty field, and the passage as it was handed out, are no attempt."""
    for answer in ("", " \n", task.start, task.start.replace(" ", "  ")):
        verdict = judge_written(task, answer, lang)
        assert (verdict.outcome, len(verdict.reasons), verdict.annotation) == ("not-attempted", 1, None)


@pytest.mark.parametrize(("task", "answer"), [(task, answer) for task in of(Mend) for answer in (task.model, *task.right)])
def test_a_mended_passage_is_correct(task: Mend, answer: str, lang: Lang) -> None:
    """A good answer is judged correct, and what was learned is told."""
    verdict = judge_written(task, answer, lang)
    assert verdict.outcome == "correct", verdict
    assert verdict.reasons == (task.done[lang],)


@pytest.mark.parametrize(("task", "answer"), [(task, answer) for task in of(Mend) for answer in task.wrong])
def test_a_passage_that_only_looks_mended_is_not_yet_right(task: Mend, answer: str, lang: Lang) -> None:
    """An answer in which a fault is left, has come, or something is lost is not yet right, and the reasons say what."""
    verdict = judge_written(task, answer, lang)
    assert verdict.outcome == "not-yet"
    assert verdict.annotation
    assert task.done[lang] not in verdict.reasons


@pytest.mark.parametrize("task", [*of(Mend), *of(Revise)], ids=names)
def test_no_finding_stands_beside_a_correct_answer(task: Mend | Revise, lang: Lang) -> None:
    """What the passage broke before, and the exercise is not about, is not looked at; the annotation names those rules."""
    answer = judge_written(task, task.model, lang).annotation
    assert answer
    assert answer.findings == ()
    assert set(answer.ignored) == {finding.rule.id for finding in annotate(task.start).findings} - set(task.rules)


def test_what_is_to_be_hidden_is_told_once(lang: Lang) -> None:
    """A name that the answer still tells is told in one line with the others, and not as a name that the task does not give besides."""
    task = bank()["chairs-private"]
    assert isinstance(task, Mend)
    judged = judge_written(task, task.start.replace("the buyer, Mrs Philippa Greenhalgh.", "Ms. P. Greenhalgh."), lang)
    assert len([reason for reason in judged.reasons if "Greenhalgh" in reason]) == 1
    assert not [reason for reason in judged.reasons if reason == say("lesson.not-given.name", lang, words="Ms")]
    assert say("lesson.hidden", lang, words=say("practice.between-words", lang).join(["Greenhalgh", "Ms"])) in judged.reasons


def test_a_fault_that_comes_is_told_apart() -> None:
    """The verdict tells a fault that is still there from one that the answer brought."""
    task = bank()["hats-begging"]
    assert isinstance(task, Mend)
    verdict = judge_written(task, f"{task.start}\nOur store is called [store name].", "en")
    assert {reason.partition(":")[0] for reason in verdict.reasons} >= {"Still to mend", "New in your version"}


# -- build it ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("task", of(Build), ids=names)
def test_the_assembled_letter_is_correct(task: Build, lang: Lang) -> None:
    """The letter that the kit assembles from the fact sheet is a right answer."""
    verdict = judge_written(task, assemble(task.case).text, lang)
    assert verdict.outcome == "correct", verdict
    assert verdict.reasons == (task.done[lang], say("practice.compared", lang))


@pytest.mark.parametrize("task", of(Build), ids=names)
def test_an_unwritten_letter_is_no_attempt(task: Build, lang: Lang) -> None:
    """An empty field is no attempt."""
    assert judge_written(task, " \n", lang).outcome == "not-attempted"


@pytest.mark.parametrize("task", of(Build), ids=names)
def test_a_letter_with_a_gap_is_not_yet_right(task: Build, lang: Lang) -> None:
    """A letter that leaves a part of the plan, or a fact, out is not yet right, and the reasons say what is missing."""
    paragraphs = assemble(task.case).text.split("\n\n")
    without = "\n\n".join(paragraph for paragraph in paragraphs if "in place since" not in paragraph)
    assert judge_written(task, without, lang).outcome == "not-yet"
    for words in task.needs:
        verdict = judge_written(task, assemble(task.case).text.replace(words, "something"), lang)
        assert verdict.outcome == "not-yet"
        assert say("practice.untold", lang, words=words) in verdict.reasons


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ("March 2, 2026", "March 3, 2026", ["March 3, 2026"]),
        ("Hugo", "Bob", ["Bob"]),
        ("with a double wall", "from Uline that we drop from 90 cm", ["Uline", "90"]),
        ("five buyers", "seven buyers", ["seven"]),
    ],
)
def test_a_day_or_name_that_nobody_gave_is_named(right: str, wrong: str, named: list[str], lang: Lang) -> None:
    """A day is compared as such, and a name too: what neither sheet nor notice gives is named."""
    task = bank()["build-baskets"]
    assert isinstance(task, Build)
    letter = assemble(task.case).text
    assert right in letter
    verdict = judge_written(task, letter.replace(right, wrong), lang)
    assert verdict.outcome == "not-yet"
    assert not [words for words in named if not any(f"“{words}”" in reason or f"「{words}」" in reason for reason in verdict.reasons)]


@pytest.mark.parametrize("task", [of(Mend)[0], of(Build)[0], of(Revise)[0]], ids=names)
@pytest.mark.parametrize("answer", ["asdf qwer zxcv", "我們很抱歉，這是我們的責任。"])
def test_a_text_that_is_no_letter_is_no_attempt(task: Mend | Build | Revise, answer: str, lang: Lang) -> None:
    """Words of no language, or of another, are nothing to judge."""
    assert judge_written(task, answer, lang).outcome == "not-attempted"


@pytest.mark.parametrize("task", of(Build), ids=names)
def test_a_figure_that_nobody_gave_is_named(task: Build, lang: Lang) -> None:
    """A letter with a figure that stands neither on the sheet nor in the notice is not yet right, and the figure is named."""
    letter = assemble(task.case).text.replace("Kind regards", "We have 4711 happy buyers.\n\nKind regards")
    verdict = judge_written(task, letter, lang)
    assert verdict.outcome == "not-yet"
    assert say("practice.invented.figure", lang, words="4711") in verdict.reasons


@pytest.mark.parametrize("task", of(Build), ids=names)
def test_the_fact_sheet_tells_every_fact(task: Build, lang: Lang) -> None:
    """Each fact of the case stands on the sheet, each with a name, and no id."""
    sheet = dict(fact_sheet(task.case, lang))
    told = " ".join(sheet.values())
    for action in task.case.actions:
        assert action.what in told
        assert str(action.when) in told
    assert task.case.causes[0].failed in told
    assert task.case.contact.name in told
    assert all(sheet)
    assert not {cause.id for cause in task.case.causes} & set(sheet.values())


@pytest.mark.parametrize("task", of(Revise), ids=names)
def test_the_fact_sheet_tells_all_that_draft_and_answer_tell(task: Revise) -> None:
    """The sheet is headed “all that is known”: no day, figure or name of the draft or of the good answer stands beside it."""
    sheet = "\n".join(value for _, value in fact_sheet(task.case, "en"))
    for letter in (task.start, task.model):
        assert list(not_given(annotate(letter), [assemble(task.case).text, sheet, task.notice])) == []


def test_a_sheet_names_the_metric_in_both_languages() -> None:
    """The letter is in English: whoever reads Chinese finds the metric under both of its names."""
    task = bank()["build-baskets"]
    assert isinstance(task, Build)
    assert "訂單缺陷率（ODR） · order defect rate" in dict(fact_sheet(task.case, "zh-Hant")).values()
    assert "order defect rate" in dict(fact_sheet(task.case, "en")).values()


@pytest.mark.parametrize("task", of(Find), ids=names)
def test_what_is_shown_beforehand_tells_no_fault(task: Find, lang: Lang) -> None:
    """Title and task of a letter name the shop alone: all have one form, and no word of them is one of the faults to be found."""
    assert re.fullmatch("Letter of a [a-z]+ shop|.+店的信", task.title[lang])
    asked = {"en": "mark what is wrong, if anything is.", "zh-Hant": "標出問題；也可能沒有問題。"}[lang]
    assert task.about[lang].endswith(asked)
    about = task.about[lang].removesuffix(asked)
    assert not [rule for rule in choices() if rule != NO_FAULT and rule_name(rule, lang) in task.title[lang] + about]


def test_a_sheet_leaves_out_what_is_not_known() -> None:
    """A fact that is not there has no line; one that is there has one; what an entry refers to is told by its name on the sheet."""
    assert fact_sheet(Case(), "en") == (("Account", "existing account"),)
    sheet = dict(fact_sheet(Case.model_validate(FULL), "en"))
    assert sheet["Step 1: answers"] == "Cause 2"
    assert sheet["Document 1: proves"] == "Step 3"
    assert "Document 2: proves" not in sheet


# -- then what? -------------------------------------------------------------------------------------------------------------------


def asked(answer: str) -> list[str]:
    """Return what the practice reviewer asks for, line by line."""
    return [line.removeprefix("- ") for line in answer.splitlines() if line.startswith("- ")]


@pytest.mark.parametrize("task", of(Revise), ids=names)
def test_a_draft_leaves_something_open(task: Revise) -> None:
    """The draft that is handed out leaves questions of the notice open, and the reviewer asks for exactly those."""
    notice = notice_of(task.notice)
    assert len(asked(review(task.start, notice, "en"))) == len(coverage(annotate(task.start), notice).gaps) > 0


@pytest.mark.parametrize("task", of(Revise), ids=names)
def test_a_revised_draft_is_correct(task: Revise, lang: Lang) -> None:
    """The model answer leaves nothing open; the reviewer says so, and decides nothing."""
    verdict = judge_written(task, task.model, lang)
    assert verdict.outcome == "correct", verdict
    assert verdict.reasons == (task.done[lang], say("practice.compared", lang))
    assert review(task.model, notice_of(task.notice), lang).endswith(say("reviewer.closed", lang))


@pytest.mark.parametrize("task", of(Revise), ids=names)
def test_an_untouched_draft_is_no_attempt(task: Revise, lang: Lang) -> None:
    """An empty field, and the draft as it was handed out, are no attempt."""
    assert {judge_written(task, answer, lang).outcome for answer in ("", task.start)} == {"not-attempted"}


@pytest.mark.parametrize("task", of(Revise), ids=names)
def test_a_draft_that_is_only_polished_is_not_yet_right(task: Revise, lang: Lang) -> None:
    """Another greeting closes no gap, and the verdict asks for what the reviewer asks for; an invented figure is named."""
    verdict = judge_written(task, task.start.replace("Dear Seller Performance Team", "Hello"), lang)
    assert verdict.outcome == "not-yet"
    assert len(verdict.reasons) == len(asked(review(task.start, notice_of(task.notice), lang)))
    invented = judge_written(task, task.model.replace("Kind regards", "We have 4711 happy buyers.\n\nKind regards"), lang)
    assert say("practice.invented.figure", lang, words="4711") in invented.reasons


def _drafts(task: Build | Revise) -> Iterator[str]:
    """Yield what is left of a whole letter when parts are cut out of it."""
    model = assemble(task.case).text if isinstance(task, Build) else task.model
    paragraphs = model.strip().split("\n\n")
    yield from ("\n\n".join(paragraphs[:number] + paragraphs[number + 1 :]) for number in range(len(paragraphs)))
    yield from ("\n\n".join(paragraphs[:number]) for number in range(1, len(paragraphs)))


@pytest.mark.parametrize("task", [*of(Build), *of(Revise)], ids=names)
def test_the_reviewer_asks_for_exactly_the_empty_cells(task: Build | Revise, lang: Lang) -> None:
    """Of any draft the answer asks for the empty cells of the coverage matrix and nothing else."""
    notice = notice_of(task.notice)
    known = {issue.id: issue.name(lang) for issue in notice.issues}
    seen = set()
    for draft in _drafts(task):
        gaps = coverage(annotate(draft), notice).gaps
        assert asked(review(draft, notice, lang)) == [say(f"reviewer.ask.{question}", lang, issue=known[issue]) for issue, question in gaps]
        seen.add(gaps)
    assert len(seen) > 1


@pytest.mark.parametrize("task", [*of(Build), *of(Revise)], ids=names)
def test_the_reviewer_is_read_as_a_refusal(task: Build | Revise) -> None:
    """The notice reader reads an answer as it reads a refusal of Amazon's: the same issues, the same questions."""
    for draft in _drafts(task):
        notice = notice_of(task.notice)
        answer, gaps = review(draft, notice, "en"), set(coverage(annotate(draft), notice).gaps)
        heard = {(issue.id, question) for issue in read_notice(answer).issues for question in QUESTIONS if issue.asks(question)}
        assert heard == gaps or not gaps, answer


def test_rounds_are_kept_with_their_differences() -> None:
    """Each draft is kept with its answer and with what differs from the one before; the same draft again is no new round."""
    task = bank()["then-frames"]
    assert isinstance(task, Revise)
    rounds = Rounds(notice_of(task.notice), "en")
    assert not rounds.all
    first, again, second = rounds.send(task.start), rounds.send(f"{task.start} \n"), rounds.send(task.model)
    assert first is again
    assert rounds.all == (first, second)
    assert (first.diff, [first.number, second.number]) == ("", [1, 2])
    assert second.diff == "+2. Since 31 March 2026 Iris puts corners of card on every frame before it is packed.\n"
    assert asked(first.reply)
    assert not asked(second.reply)


# -- sort it ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("task", of(Sort), ids=names)
def test_things_belong_where_the_entry_says(task: Sort) -> None:
    """The annotator puts each sentence or closing where the entry expects it."""
    things = sortable(task)
    assert len(things) == len(task.expected)
    assert all(place in thing.places for thing, place in zip(things, task.expected, strict=True))
    assert set(task.expected) <= set(places(task))
    assert len(set(task.expected)) > 1


def test_what_has_begun_and_goes_on_belongs_to_both() -> None:
    """A step with “Since” is done and prevents a repeat: either place is right, as the exercise on done and standing steps says."""
    steps = [thing for task in of(Sort) if task.into == "role" for thing in sortable(task) if thing.text.startswith("Since")]
    assert steps
    assert all(set(thing.places) == {"action_taken", "action_planned"} for thing in steps)
    assert all("Since" in bank()["sort-gloves"].done[lang] for lang in LANGS)
    done = [thing for thing in sortable(next(task for task in of(Sort) if task.id == "sort-gloves")) if thing.places == ("action_taken",)]
    assert len(done) == 2
    assert not any("hired" in thing.text for thing in done)


@pytest.mark.parametrize("task", of(Sort), ids=names)
def test_sorted_as_expected_is_correct(task: Sort, lang: Lang) -> None:
    """Who sorts as the annotator reads is right; who sorts nothing has not begun."""
    verdict = judge_sorting(task, task.expected, lang)
    assert (verdict.outcome, verdict.reasons) == ("correct", (task.done[lang],))
    assert judge_sorting(task, [None] * len(task.expected), lang).outcome == "not-attempted"
    with pytest.raises(ValueError, match="zip"):
        judge_sorting(task, ["fact"], lang)


@pytest.mark.parametrize("task", of(Sort), ids=names)
def test_what_is_sorted_wrongly_is_told(task: Sort, lang: Lang) -> None:
    """What has a wrong place or none is told, with the words that decide where there are some."""
    things = sortable(task)
    for number, thing in enumerate(things):
        wrong = next(place for place in places(task) if place not in thing.places)
        chosen = [*task.expected[:number], wrong, *task.expected[number + 1 :]]
        verdict = judge_sorting(task, chosen, lang)
        assert (verdict.outcome, len(verdict.reasons)) == ("not-yet", 1)
        assert all(words in verdict.reasons[0] for words in thing.words)
        named = {"en": ("Number", "Closing"), "zh-Hant": ("項", "段結尾")}[lang][task.into == "voice"]  # as its field is named
        assert named in verdict.reasons[0]
    assert len(judge_sorting(task, [task.expected[0], *[None] * (len(things) - 1)], lang).reasons) == len(things) - 1


def test_places_are_those_of_the_kit() -> None:
    """Roles, principles and voices are those that the annotator knows; what the page decides is not asked."""
    asked = {task.into: set(places(task)) for task in of(Sort)}
    assert asked["role"] == {str(role) for role in Role} - {"greeting", "heading", "signoff"}
    assert asked["principle"] == {*map(str, Principle), "none"}
    assert asked["voice"] == {"humble", "steady", "proud"}


def test_every_verdict_has_its_outcome() -> None:
    """Verdicts of the bank have the three outcomes of the lessons."""
    verdicts: list[Verdict] = [judge_written(task, answer, "en") for task in of(Mend) for answer in ("", task.wrong[0], task.model)]
    assert {verdict.outcome for verdict in verdicts} == set(get_args(Outcome))
    assert json.dumps(verdicts[0].reasons)


@pytest.mark.parametrize(
    ("step", "done"),
    [
        ("Since 3 July 2026 Farid imports the courier's file every evening.", "correct"),
        ("Farid compares the numbers with the courier's list every evening, since 3 July 2026.", "correct"),
        ("Every evening Farid compares the numbers with the courier's list.", "not-yet"),
        ("From 15 July 2027 Farid will compare the numbers with the courier's list every evening.", "not-yet"),
    ],
)
def test_a_practice_that_began_is_done_and_prevents(step: str, done: Outcome, lang: Lang) -> None:
    """A step that has gone on since a day may be sorted as done or as prevention; one whose beginning is not told may not."""
    letter = f"We apologise that nine parcels carried no valid tracking number.\n\nThe clerk typed the numbers by hand.\n\n{step}\n"
    entry = {"kind": "sort", "into": "role", "letter": letter, "expected": ["acknowledgement", "cause", "action_planned"]}
    said = dict.fromkeys(("title", "about", "hint", "done"), "x")
    made = task("x", {**entry, "level": 1, "situation": "new", "metric": "valid-tracking", **said})
    assert isinstance(made, Sort)
    for place, right in (("action_planned", "correct"), ("action_taken", done)):
        assert judge_sorting(made, ["acknowledgement", "cause", place], lang).outcome == right
