"""The forms of practice, driven without a browser: exercises of the bank, the desk, and what is kept of a trainee's attempts."""

import json
import re
import tomllib
from html import unescape
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from ipywidgets import Button  # type: ignore[import-untyped]
from markupsafe import escape

from appealkit.exercises.attempts import AttemptBook
from appealkit.exercises.bank import Build, Find, Mend, Revise, Sort, bank
from appealkit.exercises.drawn import drawn, title
from appealkit.exercises.exported import Export
from appealkit.exercises.marks import key, numbered, where
from appealkit.exercises.own import starter
from appealkit.language import LANGS, Lang, beside, listed, rule_name, say
from appealkit.letter import assemble
from appealkit.widgets import BuildLetter, FindFaults, MendPassage, MyAttempts, PracticeDesk, SortSentences, ThenWhat
from appealkit.widgets.drills import Drill, drill
from tests.forms import HOSTILE, inside, seen


def solve(form: Drill[Any]) -> None:
    """Put a right answer into a form."""
    task = form.task
    if isinstance(form, FindFaults):
        for mark in key(form.task):
            form.mark(*mark)
    elif isinstance(form, SortSentences) and isinstance(task, Sort):
        for choice, place in zip(form.choices, task.expected, strict=True):
            choice.value = place
    elif isinstance(form, BuildLetter) and isinstance(task, Build):
        form.answer.value = assemble(task.case).text
    elif isinstance(form, MendPassage | ThenWhat) and isinstance(task, Mend | Revise):
        form.answer.value = task.model


def letter(form: Drill[Any]) -> str:
    """Return the letter in which faults are found."""
    assert isinstance(form.task, Find)
    return form.task.letter


@pytest.fixture
def book(tmp_path: Path) -> AttemptBook:
    """Give a book that nobody has agreed to."""
    return AttemptBook(tmp_path / "my-attempts.sqlite", lang="en")


# -- exercises --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "lang"), list(zip(bank(), cycle(LANGS), strict=False)))
def test_every_exercise_has_its_form(name: str, lang: Lang) -> None:
    """Each exercise of the bank opens untouched, tells what it is about, and is solved in its form with the verdict shown."""
    form = drill(name, lang=lang)
    task = bank()[name]
    untouched = form.verdict
    assert untouched.outcome == "not-attempted"
    assert str(form) == say("form.stored", lang)
    for words in (task.title[lang], task.about[lang], task.hint[lang], say("practice.invented-note", lang)):
        assert words in unescape(seen(form))
    solve(form)
    assert form.verdict.outcome == "correct", form.verdict
    form.check.click()
    assert say("practice.either", lang) not in form.problems
    assert say("lesson.outcome.correct", lang) in seen(form)


@pytest.mark.parametrize("kind", [FindFaults, MendPassage, BuildLetter, SortSentences, ThenWhat])
def test_a_form_knows_its_kind(kind: type[Drill[Any]]) -> None:
    """A form takes only exercises of its kind that there are."""
    for name in ("no-such-exercise", next(name for name in bank() if type(drill(name, lang="en")) is not kind)):
        with pytest.raises(KeyError):
            kind(name, lang="en")


def test_marks_are_set_and_taken_back(lang: Lang) -> None:
    """A mark is set once by the button, and taken back by its own; the form says why nothing is marked, and two clicks are no fault."""
    form = FindFaults("rugs-others", lang=lang)
    form.add.click()
    assert not form.marks
    assert list(form.problems) == [say("practice.choose-fault", lang)]
    form.sentence.value, form.fault.value = 7, "blame"
    form.add.click()
    assert not form.problems
    (back,) = [widget for widget in inside(form) if isinstance(widget, Button) and "7" in widget.description]
    form.add.click()
    told = {"place": say("practice.place.sentence", lang, number=7), "rule": rule_name("blame", lang)}
    assert list(form.problems) == [say("practice.marked-already", lang, **told)]
    assert list(form.marks) == [(7, "blame")]
    form.mark(2, "denial")
    assert back in inside(form)
    back.click()
    back.click()
    assert list(form.marks) == [(2, "denial")]
    assert not [widget for widget in inside(form) if isinstance(widget, Button) and "7" in widget.description]
    assert say("practice.either", lang) not in form.problems


def test_every_sentence_can_be_chosen() -> None:
    """The letter is shown with its numbers in its own layout, and each sentence can be chosen, as can the letter as a whole."""
    task = bank()["kettles-silent"]
    assert isinstance(task, Find)
    form = FindFaults(task, lang="en")
    assert [number for _, number in form.sentence.options] == list(range(len(form.sentence.options)))
    assert escape(numbered(task.letter).strip()) in seen(form)
    assert f"[{len(form.sentence.options) - 1}] " in seen(form)
    assert re.sub(r"\[\d+\] ", "", numbered(task.letter)) == task.letter


def test_what_was_typed_is_shown_as_typed() -> None:
    """What a trainee writes is never read as HTML or as a template, also in the rounds of the reviewer."""
    for form in (MendPassage("hats-begging", lang="en"), BuildLetter("build-boots", lang="en"), ThenWhat("then-frames", lang="en")):
        form.answer.value = f"Dear Seller Performance Team,\n\n{HOSTILE}"
        form.check.click()
        assert form.problems == ()
        assert "<script>" not in seen(form)
        assert "&lt;script&gt;" in seen(form)
        assert "{{ 7919 * 7907 }}" in seen(form)


def test_notice_and_facts_are_handed_out(lang: Lang) -> None:
    """Who builds or revises a letter sees the notice and all facts."""
    for name in ("build-candles", "then-cables"):
        task = bank()[name]
        assert isinstance(task, Build | Revise)
        shown = seen(drill(name, lang=lang))
        assert "resolve" in shown
        assert task.case.actions[0].what in shown
        assert say("practice.sheet", lang) in shown


def test_the_reviewer_answers_round_by_round(lang: Lang) -> None:
    """The draft is answered at once; each new draft is a round with what has changed, an empty field is none."""
    form = ThenWhat("then-globes", lang=lang)
    assert [one.reply.count("\n- ") for one in form.rounds] == [3]
    form.answer.value = ""
    form.check.click()
    assert len(form.rounds) == 1
    task = bank()["then-globes"]
    assert isinstance(task, Revise)
    form.answer.value = task.start.replace("We will keep", "Root cause\n1. We typed the tracking numbers in by hand.\n\nWe will keep")
    form.check.click()
    form.answer.value = task.model
    form.check.click()
    assert [one.reply.count("\n- ") for one in form.rounds] == [3, 2, 0]
    assert "+1. We typed the tracking numbers in by hand." in seen(form)
    assert say("practice.round", lang, number=3) in seen(form)


# -- the desk ---------------------------------------------------------------------------------------------------------------------


def test_the_desk_offers_what_was_asked_for(lang: Lang) -> None:
    """The desk offers the exercises of a kind and a level, and opens the one that is chosen."""
    desk = PracticeDesk(lang=lang)
    assert {name for _, name in desk.exercise.options} == set(bank())
    desk.kind.value, desk.level.value = "sort", "2"
    offered = [name for _, name in desk.exercise.options]
    assert offered == [task.id for task in bank().values() if (task.kind, task.level) == ("sort", 2)]
    assert desk.drill.task.id == offered[0]
    desk.exercise.value = offered[1]
    assert isinstance(desk.drill.task, Sort)
    assert desk.drill.task.id == offered[1]
    desk.level.value = ""
    assert desk.drill.task.id == offered[1]
    solve(desk.drill)
    assert desk.verdict.outcome == "correct"
    assert desk.problems == ()


def test_the_desk_draws_letters(lang: Lang) -> None:
    """A number draws its letter and stays beside it; drawing it twice keeps the marks in it, and another number of faults is another."""
    desk = PracticeDesk(lang=lang)
    assert desk.next.disabled
    desk.seed.value, desk.faults.value = " ７ ", 2
    desk.draw.click()
    assert (desk.drill.task, desk.seed.value) == (drawn(7, 2), "7")
    solve(desk.drill)
    desk.draw.click()
    assert desk.verdict.outcome == "correct"
    desk.faults.value = 3
    desk.draw.click()
    assert desk.drill.task == drawn(7, 3)
    assert desk.problems == ()


def test_a_double_click_draws_one_next_letter(lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next letter has its number beside it; a second click right behind the first draws none, a later one does."""
    clock = iter([10.0, 10.1, 10.3, 20.0, 20.1])
    monkeypatch.setattr("appealkit.widgets.desk.monotonic", lambda: next(clock))
    desk = PracticeDesk(lang=lang)
    desk.seed.value, desk.faults.value = "7", 2
    desk.draw.click()
    for expected in (8, 8, 9):
        desk.next.click()
        assert (desk.drill.task, desk.seed.value) == (drawn(expected, 2), str(expected))
    desk.exercise.value = "sort-vases"
    assert desk.next.disabled


@pytest.mark.parametrize("words", ["-3", "2.5", "", "seven", "9999999999", "9" * 5000])
def test_what_is_no_number_draws_nothing(words: str, lang: Lang) -> None:
    """What is no whole number is told as such, and neither changed nor drawn."""
    desk = PracticeDesk(lang=lang)
    before = desk.drill
    desk.seed.value = words
    desk.draw.click()
    assert (desk.drill, desk.seed.value) == (before, words)
    assert words in desk.problems[0]
    desk.seed.value = "7"
    desk.draw.click()
    assert desk.problems == ()


# -- what is kept -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["kettles-silent", "pillows-opening", "build-baskets", "sort-vases", "then-frames"])
def test_a_check_is_kept_after_agreement_only(name: str, book: AttemptBook, lang: Lang) -> None:
    """Before the trainee agrees nothing is kept; after that each check of an answer is, with its outcome and not what was written."""
    form = drill(name, lang=lang, book=book)
    form.check.click()
    assert not book.agreed
    book.agree("Lin Mei")
    form.check.click()
    assert not list(book.attempts)
    solve(form)
    form.check.click()
    assert say("practice.either", lang) not in form.problems
    assert [attempt.outcome for attempt in book.attempts] == ["correct"]
    attempt = book.attempts[-1]
    assert (attempt.exercise, attempt.rules, attempt.principle) == (name, bank()[name].rules, bank()[name].principle)
    assert attempt.at.utcoffset() is not None
    assert bool(attempt.key) == isinstance(bank()[name], Find)
    assert set(attempt.marks) == set(attempt.key)


@pytest.mark.parametrize("name", ["kettles-silent", "pillows-opening", "build-baskets", "sort-vases", "then-frames"])
def test_that_nothing_is_kept_is_told_once(name: str, book: AttemptBook, lang: Lang) -> None:
    """Who has not agreed is told so at their first verdict, and how to change it; neither again, nor where there is no book."""
    told = say("attempts.not-kept", lang, agree=say("attempts.form.agree", lang))
    form, alone = drill(name, lang=lang, book=book), drill(name, lang=lang)
    form.check.click()
    assert told not in seen(form)
    solve(form)
    form.check.click()
    assert told in seen(form)
    form.check.click()
    assert told not in seen(form)
    book.agree("Lin Mei")
    form.check.click()
    solve(alone)
    alone.check.click()
    assert len(book.attempts) == 1
    assert say("practice.either", lang) not in form.problems
    assert told not in seen(form) + seen(alone)


@pytest.mark.parametrize("name", ["kettles-silent", "pillows-opening", "build-baskets", "sort-vases", "then-frames"])
def test_an_answer_is_kept_once(name: str, book: AttemptBook, lang: Lang) -> None:
    """A double click, or the same answer checked again, is one attempt; the form that shows what is kept counts it at once."""
    book.agree("Lin Mei")
    mine, form = MyAttempts(book, lang=lang), drill(name, lang=lang, book=book)
    solve(form)
    form.check.click()
    form.check.click()
    assert len(book.attempts) == 1
    assert bank()[name].title[lang] in seen(mine)
    if isinstance(form, MendPassage):
        form.answer.value += " We are sorry."
        form.check.click()
        solve(form)
        form.check.click()
        assert len(book.attempts) == 2


def test_marks_are_kept_where_the_key_has_them(book: AttemptBook) -> None:
    """False marks are kept as they were set; right ones where the key has them, so that both can be compared."""
    book.agree("Lin Mei")
    form = FindFaults("soap-one-block", lang="en", book=book)
    ((first, rule),) = [mark for mark in key(form.task) if mark[1] == "unlisted-actions"]
    form.mark(first + 1, rule)
    form.mark(1, "blame")
    form.check.click()
    (attempt,) = book.attempts
    assert attempt.marks == ((first, rule), (1, "blame"))
    assert attempt.key == key(form.task)


def test_the_marks_of_a_first_attempt_stay_in_sight(book: AttemptBook, lang: Lang) -> None:
    """After a correction the list still shows what was marked at first, so that two trainees can compare it; a rule of another kit too."""
    book.agree("Lin Mei")
    mine, form = MyAttempts(book, lang=lang), FindFaults("kettles-silent", lang=lang, book=book)
    form.mark(3, "blame")
    form.check.click()
    form.unmark(3, "blame")
    solve(form)
    form.check.click()
    first = say("view.labelled", lang, label=where(3, lang), words=rule_name("blame", lang))
    right = [say("view.labelled", lang, label=where(number, lang), words=rule_name(rule, lang)) for number, rule in key(form.task)]
    assert f"<td>{first}</td>" in seen(mine)
    assert f"<td>{'<br>'.join(right)}</td>" in seen(mine)
    assert [line.rpartition(" | ")[2] for line in str(mine.view).splitlines()[2:]] == [listed(right, lang), first]
    book.keep(book.attempts[0].model_copy(update={"marks": ((1, "rule-to-come"),)}))
    assert "rule-to-come" in seen(mine)
    assert mine.problems == ()


def test_attempts_count_faults_and_sound_letters_apart(book: AttemptBook, lang: Lang) -> None:
    """Each attempt tells how many faults were found; a letter without any is recognised, and not told of before that."""
    book.agree("Lin Mei")
    mine = MyAttempts(book, lang=lang)
    form = FindFaults("kettles-silent", lang=lang, book=book)
    form.mark(3, "blame")
    form.check.click()
    assert say("attempts.found", lang, found=0, faults=2) in seen(mine)
    sound = FindFaults(next(task for task in bank().values() if isinstance(task, Find) and not task.faults), lang=lang, book=book)
    sound.mark(1, "blame")
    sound.check.click()
    assert say("attempts.sound", lang) not in seen(mine)
    sound.unmark(1, "blame")
    solve(sound)
    sound.check.click()
    assert say("attempts.sound", lang) in seen(mine)


@pytest.mark.parametrize("name", ["kettles-silent", "pillows-opening", "build-baskets", "sort-vases", "then-frames"])
def test_what_a_cell_shows_says_that_it_does_not_follow(name: str, book: AttemptBook, lang: Lang) -> None:
    """The cell below a form still says “not attempted” after an answer, so it says of when that is; the form itself does not."""
    mine, form = MyAttempts(book, lang=lang), drill(name, lang=lang, book=book)
    form.check.click()
    for told, shown in (("lesson.run-again", str(form.verdict)), ("attempts.run-again", str(mine.view))):
        assert say(told, lang) in shown
        assert say(told, lang) not in seen(form) + seen(mine)
    solve(form)
    assert say("lesson.run-again", lang) not in str(form.verdict)


def test_an_export_to_a_folder_stands_in_it(book: AttemptBook, lang: Lang) -> None:
    """Who names a folder that is there finds their file in it, under their own name."""
    book.agree("Lin Mei")
    mine, folder = MyAttempts(book, lang=lang), book.path.parent / "class"
    folder.mkdir()
    mine.file.value = str(folder)
    mine.export.click()
    assert say("attempts.exported", lang, file=folder.resolve() / "Lin-Mei.json") in seen(mine)


def test_a_drawn_letter_is_kept_by_its_number(book: AttemptBook) -> None:
    """The attempt at a drawn letter names the seed and the number of faults, from which the letter is made again."""
    book.agree("Lin Mei")
    desk = PracticeDesk(lang="en", book=book)
    desk.seed.value, desk.faults.value = "7", 2
    desk.draw.click()
    desk.drill.mark(0, "no-request")
    desk.drill.check.click()
    assert [attempt.exercise for attempt in book.attempts] == ["practice-7-2"]


def test_a_damaged_file_stops_no_practice(book: AttemptBook) -> None:
    """When the file cannot be used, the verdict is shown all the same, and the status line says what is wrong."""
    book.path.write_text("diary", encoding="utf-8")
    form = MendPassage("pillows-opening", lang="en", book=book)
    solve(form)
    form.check.click()
    assert say("lesson.outcome.correct", "en") in seen(form)
    assert form.problems[0].startswith(str(book.path))
    assert MyAttempts(book, lang="en").problems[0].startswith(str(book.path))


def test_the_trainee_agrees_sees_exports_and_deletes(book: AttemptBook, lang: Lang) -> None:
    """A form shows what is kept, and takes agreement, export and deletion, the last one only when it is confirmed."""
    mine = MyAttempts(book, lang=lang)
    assert say("attempts.none", lang, file=book.path) in str(mine.view)
    assert mine.delete not in inside(mine)
    mine.agree.click()
    assert mine.problems
    assert not book.agreed
    mine.name.value = "Lin Mei"
    mine.agree.click()
    assert mine.problems == ()
    assert book.trainee == "Lin Mei"
    form = drill("sort-vases", lang=lang, book=book)
    solve(form)
    form.check.click()
    mine.refresh.click()
    assert bank()["sort-vases"].title[lang] in seen(mine)
    assert bank()["sort-vases"].title[lang] in str(mine.view)
    mine.file.value = f'"{book.path.parent / "lin.json"}"'
    assert mine.file.value != "Lin-Mei.json"
    mine.export.click()
    exported = Export.model_validate(json.loads((book.path.parent / "lin.json").read_text(encoding="utf-8")))
    assert exported.attempts == book.attempts
    assert say("attempts.exported", lang, file=book.path.parent / "lin.json") in seen(mine)
    mine.export.click()
    assert say("attempts.exported-again", lang, file=book.path.parent / "lin.json") in seen(mine)
    mine.delete.click()
    mine.cancel.click()
    assert book.agreed
    assert mine.confirm not in inside(mine)
    mine.delete.click()
    assert book.agreed
    assert mine.confirm in inside(mine)
    mine.confirm.click()
    assert not book.agreed
    assert say("attempts.deleted", lang) in seen(mine)
    assert mine.agree in inside(mine)


def test_an_export_has_a_name_of_its_own_and_replaces_nothing_of_others(
    book: AttemptBook, lang: Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name of the file comes from the trainee's; without one nothing is written, and what is not theirs is left as it was."""
    monkeypatch.chdir(book.path.parent)
    mine = MyAttempts(AttemptBook(book.path, lang=lang), lang=lang)
    mine.name.value = "林 美/1"
    mine.agree.click()
    assert mine.file.value == "林-美-1.json"
    mine.file.value = " "
    mine.export.click()
    assert mine.problems == (say("attempts.no-file", lang, example="林-美-1.json"),)
    mine.file.value = "mine"
    mine.export.click()
    assert Path("mine.json").exists()
    others = AttemptBook("others.sqlite", lang=lang)
    others.agree("Ada")
    others.export("ada.json")
    before = Path("ada.json").read_bytes()
    mine.file.value = "ada.json"
    mine.export.click()
    assert mine.problems == (say("attempts.foreign-export", lang, file="ada.json"),)
    assert Path("ada.json").read_bytes() == before


def test_a_trainer_s_own_exercises_are_practised(tmp_path: Path, book: AttemptBook, lang: Lang) -> None:
    """The desk offers the exercises of a trainer's file; each is solved in its form and kept under its id."""
    path = tmp_path / "own.toml"
    path.write_text(starter(), encoding="utf-8")
    book.agree("Lin Mei")
    desk = PracticeDesk(lang=lang, book=book, own=path)
    for _, name in desk.exercise.options:
        desk.exercise.value = name
        solve(desk.drill)
        desk.drill.check.click()
    assert {attempt.exercise: attempt.outcome for attempt in book.attempts} == dict.fromkeys(tomllib.loads(starter()), "correct")
    desk.level.value = "3"
    assert desk.exercise.options == ((say("practice.none", lang), ""),)
    assert desk.problems == ()


def test_a_trainer_s_exercises_stand_alone(tmp_path: Path, lang: Lang) -> None:
    """Beside a trainer's exercises no letter of the kit can be drawn by mistake."""
    path = tmp_path / "own.toml"
    path.write_text(starter(), encoding="utf-8")
    alone, beside = PracticeDesk(lang=lang, own=path), PracticeDesk(lang=lang)
    assert not {alone.draw, alone.next, alone.seed, alone.faults}.intersection(inside(alone))
    assert {beside.draw, beside.next, beside.seed, beside.faults} <= {*inside(beside)}


@pytest.mark.parametrize("text", [None, "[mugs]\nkind = 'seek'\n", "hello"])
def test_a_file_that_cannot_be_used_brings_no_other_exercises(text: str | None, tmp_path: Path, lang: Lang) -> None:
    """Where nothing of a trainer's file can be used, the desk says why and offers nothing: trainees would start something else."""
    path = tmp_path / "own.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    desk = PracticeDesk(lang=lang, own=path)
    assert any(str(path) in problem for problem in desk.problems)
    assert desk.exercise.options == ((say("practice.none", lang), ""),)
    with pytest.raises(LookupError):
        _ = desk.verdict
    desk.level.value = "1"
    assert desk.problems


def test_one_mistake_costs_one_exercise(tmp_path: Path, lang: Lang) -> None:
    """An exercise with a flaw is left out with the reason, and the others are offered."""
    path = tmp_path / "own.toml"
    path.write_text(starter().replace("level = 1 ", "level = 9 ", 1), encoding="utf-8")
    desk = PracticeDesk(lang=lang, own=path)
    first, *others = tomllib.loads(starter())
    assert [name for _, name in desk.exercise.options] == others
    assert desk.problems[0] == say("practice.left-out", lang)
    assert desk.problems[1].startswith(f"{path}:9: {first}: level")
    assert len(desk.problems) == 2


@pytest.mark.parametrize("name", ["kettles-silent", "pillows-opening", "sort-vases"])
def test_a_verdict_says_when_the_answer_has_changed(name: str, lang: Lang) -> None:
    """A verdict stays while the answer is changed, and says that it is about the answer before; the next check is about the new one."""
    form = drill(name, lang=lang)
    solve(form)
    assert say("lesson.changed", lang) not in seen(form)
    form.check.click()
    assert say("lesson.changed", lang) not in seen(form)
    if isinstance(form, FindFaults):
        form.unmark(*form.marks[0])
    elif isinstance(form, SortSentences):
        form.choices[0].value = ""
    else:
        form.answer.value += "x"
    assert say("lesson.changed", lang) in seen(form)
    form.check.click()
    assert say("lesson.changed", lang) not in seen(form)


def test_the_first_check_does_not_give_the_answer_away(lang: Lang) -> None:
    """What was missed is counted; which faults they are is folded away, and no part of the verdict's text."""
    form = FindFaults("kettles-silent", lang=lang)
    form.mark(0, "no-request")
    form.check.click()
    assert say("practice.left", lang, count=1) in str(form.verdict)
    assert rule_name("no-commitment", lang) not in str(form.verdict)
    assert rule_name("no-commitment", lang) in form.verdict.key[0]
    assert f"<details><summary>{say('lesson.key', lang)}</summary>" in seen(form)


@pytest.mark.parametrize("marks", [[(0, "no-fault"), (2, "blame")], [(2, "blame"), (0, "no-fault")]])
def test_no_fault_goes_with_no_other_mark(marks: list[tuple[int, str]], lang: Lang) -> None:
    """A letter without faults has no other mark: the second of the two is not taken, and the form says why."""
    form = FindFaults("kettles-silent", lang=lang)
    for mark in marks:
        form.mark(*mark)
    assert form.marks == (marks[0],)
    assert form.problems == (say("practice.either", lang),)
    form.check.click()
    assert say("practice.either", lang) not in form.problems
    form.unmark(*marks[0])
    form.mark(*marks[1])
    assert form.marks == (marks[1],)


def test_an_attempt_of_another_bank_is_shown_by_its_id(book: AttemptBook) -> None:
    """A trainer's own exercise is shown by its id, with its title where a form has opened it, and a drawn letter by its title."""
    book.agree("Lin Mei")
    for task in (drawn(7, 1), drawn(7, 1).model_copy(update={"id": "mugs"})):
        form = FindFaults(task, lang="en", book=book)
        form.mark(0, "no-request")
        form.check.click()
    assert f"{beside(form.task.title['en'], 'mugs', 'en')} | " in str(MyAttempts(book, lang="en").view)
    shown = str(MyAttempts(AttemptBook(book.path, lang="en"), lang="en").view)
    assert "mugs | " in shown
    assert f"{title('practice-7-1', 'en')} | " in shown


def test_a_passage_is_kept_for_its_rule() -> None:
    """An exercise about one principle says so, so that a report can count by principle."""
    task = bank()["pillows-opening"]
    assert isinstance(task, Mend)
    assert task.principle == "sincerity"
