"""A trainer's own exercises: what is read, what is wrong with it, and on which line."""

import json
import re
import tomllib
from html import unescape
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appealkit.classes.assignment import OWN, grade
from appealkit.classes.classroom import read_class
from appealkit.cli import CLEAN, FOUND, UNREADABLE, main
from appealkit.exercises.attempts import AttemptBook
from appealkit.exercises.bank import Find, Kind, bank
from appealkit.exercises.marks import NO_FAULT, choices, judge_marks, key, mark
from appealkit.exercises.own import ExercisesError, Flaw, check_exercises, file_text, judge_own, own_sample, read_exercises, starter
from appealkit.language import LANGS, Lang, beside, listed, rule_name, say
from appealkit.rules import rules
from appealkit.samples import sample, stored_text
from appealkit.toml_lines import blocks, lines_of_keys
from appealkit.widgets import ClassFolder, FindFaults, MyAttempts, PracticeDesk

GOOD = starter()
STARTERS = ["mugs-courier", "mugs-plea", "mugs-sort", "mugs-build", "mugs-revise", "mugs-nobody"]
MODEL = tomllib.loads(GOOD)["mugs-plea"]["model"]
BEGGING = MODEL.replace("We ask", "We beg you to have mercy. We ask")
WRONG = 'wrong = ["Dear Seller'
HEAD = """
level = 1
situation = "existing"
metric = "odr"
title = { en = "A", zh-Hant = "甲" }
about = { en = "A", zh-Hant = "甲" }
hint = { en = "A", zh-Hant = "甲" }
done = { en = "A", zh-Hant = "甲" }
"""


def flaws(text: str, lang: Lang = "en") -> list[str]:
    """Return what is wrong with a file, line by line."""
    return [str(flaw) for flaw in check_exercises(text, lang).flaws]


def line_of(text: str, words: str) -> int:
    """Return the line on which words stand first."""
    return text[: text.index(words)].count("\n") + 1


# -- exercises that are right -----------------------------------------------------------------------------------------------


def test_the_exercises_to_start_from_are_right(lang: Lang) -> None:
    """What a trainer starts from has nothing wrong with it, and is no exercise of the kit's."""
    checked = check_exercises(GOOD, lang)
    assert checked.flaws == ()
    assert list(checked.tasks) == list(tomllib.loads(GOOD)) == STARTERS


@pytest.mark.parametrize("named", LANGS)
def test_a_fault_is_known_by_its_name(named: Lang, lang: Lang) -> None:
    """A trainer may write the name of a rule for its id, also where something else in the exercise is wrong."""
    text = GOOD.replace('faults = ["blame"]', f'faults = ["{rule_name("blame", named)}"]')
    assert check_exercises(text, lang) == check_exercises(GOOD, lang)
    assert len(flaws(text.replace("level = 1", "level = 9", 1), lang)) == 1


def test_the_kit_s_own_exercises_are_right_but_for_their_ids(lang: Lang) -> None:
    """The check has nothing to say of the kit's own exercises but that their ids are taken."""
    from importlib.resources import files

    text = files("appealkit").joinpath("data", "exercises.toml").read_text(encoding="utf-8")
    told = check_exercises(text, lang).flaws
    assert [flaw.exercise for flaw in told] == list(bank())
    assert {flaw.message for flaw in told} == {say("own.taken", lang, id=flaw.exercise) for flaw in told}
    assert len(told) >= 40


def test_a_start_is_made_in_the_reader_s_language(lang: Lang) -> None:
    """The file to start from has an exercise of each kind, and its comments in one language; what it claims is the same in both."""
    text = starter(lang)
    checked = check_exercises(text, lang)
    assert checked.flaws == ()
    assert {task.kind for task in checked.tasks.values()} == {*get_args(Kind)}
    comments = [line.split("# ", 1)[1] for line in text.splitlines() if "# " in line and "appealkit class" not in line]
    assert len(comments) > 15
    assert all(
        bool(re.search("[\u4e00-\u9fff]", comment)) == (lang == "zh-Hant") for comment in comments if "appealkit class" not in comment
    )
    assert tomllib.loads(text) == tomllib.loads(GOOD)


# -- what is wrong, and where -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('find"  ', 'seek"  ', "mugs-courier: “seek” is no kind of exercise. Write one of: find, mend, build, sort, revise. The rest"),
        ("level = 1 ", "level = 4 ", "mugs-courier: level: “4” is not known. Write one of: 1, 2, 3."),
        ('"existing"  #', '"old"  #', "mugs-courier: situation: “old” is not known. Write one of: existing, new."),
        ('hint = { en = "Whose', 'hnt = { en = "Whose', "mugs-courier: hnt: an exercise of this kind has no such field."),
        ('{ en = "Mugs and the courier", zh-Hant = "馬克杯與物流業者" }', '{ en = "" }', "mugs-courier: title: there is no text here."),
        ('{ en = "Mugs and the courier", zh-Hant', '{ fr = "", zh-Hant', "mugs-courier: title.fr: “fr” is not known"),
        ('faults = ["blame"]', 'faults = ["shame"]', "mugs-courier: faults 1: the kit has no rule “shame”."),
        ('faults = ["emotional"]', "faults = []", "mugs-plea: faults: at least 1 of these are needed, and there are 0."),
        ('faults = ["blame"]', 'faults = ["blame", "denial"]', "mugs-courier: the annotator does not find “denial” here."),
        ('faults = ["emotional"]', 'faults = ["denial"]', "mugs-plea: the annotator does not find “denial” here."),
        ('"request"]  #', '"greetings"]  #', "mugs-plea: keeps 3: “greetings” is not known."),
        (f'model = """\n{MODEL}', f'model = """\n{BEGGING}', "mugs-plea: this is meant as a good answer, and it is not judged correct:"),
        (WRONG, f"wrong = [\"no\", {json.dumps(MODEL)}]\nright = [{WRONG.split('[')[1]}", "mugs-plea: this is meant as a wrong answer"),
        ("[mugs-plea]", "[practice-7-2]", "practice-7-2: the kit itself has an exercise “practice-7-2”"),
        ("[mugs-plea]", "[mugs plea]", "mugs plea: An id has no blanks, and this exercise was not read."),
        ('facts = ["21 March 2026"]', 'keeps = ["cause"]', "mugs-plea: this field stands in the exercise already."),
        ("[mugs-plea]", "[拉麵碗]", "拉麵碗: “拉” cannot stand in an id without quotation marks, and this exercise was not read."),
        ("[mugs-plea]", "[mugs-é]", "mugs-é: “é” cannot stand in an id without quotation marks"),
        ('facts = ["21 March 2026"]', "facts = [「21 March 2026」]", "mugs-plea: “「” cannot stand here outside quotation marks"),
        ('facts = ["21 March 2026"]', 'facts ＝ ["21 March 2026"]', "mugs-plea: “＝” cannot stand here outside quotation marks"),
        ("[mugs-courier]", "loose = 1\n[mugs-courier]", "loose: this stands outside an exercise."),
        ("[mugs-courier]", "hello\n[mugs-courier]", "this stands outside an exercise."),
        ("[mugs-courier]", "各位學員\n[mugs-courier]", "this stands outside an exercise."),
        ('facts = ["21 March 2026"]', 'facts = ["21 March 2026", "seven buyers"]', "mugs-plea: “seven buyers” stands neither"),
    ],
)  # fmt: skip
def test_a_flaw_is_named_with_its_line(old: str, new: str, told: str) -> None:
    """Whatever a trainer gets wrong is told with the line on which they wrote it, the exercise, and what to do."""
    assert GOOD.count(old) == 1
    text = GOOD.replace(old, new)
    found = [flaw for flaw in flaws(text) if told in flaw]
    assert len(found) == 1
    assert found[0].startswith(f"{line_of(text, new)}: {told}")


def test_an_id_in_other_letters_stands_in_quotes(lang: Lang) -> None:
    """A quoted id in Chinese is one like any other, its lines are told and so is a judgement below it; a bare one spoils no neighbour."""
    text = GOOD.replace("[mugs-nobody]", '["拉麵碗"]').replace("[[mugs-nobody.judged]]", '[["拉麵碗".judged]]')
    checked = check_exercises(text, lang)
    assert checked.flaws == ()
    assert "拉麵碗" in checked.tasks
    wrong = text.replace('[["拉麵碗".judged]]', '[["拉麵碗".judged]]\nwhen = 1')
    assert (line_of(wrong, "when = 1"), "拉麵碗") in [(flaw.line, flaw.exercise) for flaw in check_exercises(wrong, lang).flaws]
    bare = check_exercises(GOOD.replace("[mugs-plea]", "[拉麵碗]"), lang)
    assert [flaw.message for flaw in bare.flaws] == [say("own.bare-id", lang, character="拉")]
    assert list(bare.tasks) == [name for name in STARTERS if name != "mugs-plea"]


def test_an_id_of_several_words_spoils_no_neighbour(lang: Lang) -> None:
    """A header with a blank in it makes its own exercise unreadable, which is named, and what is wrong in the one above is told as well."""
    text = GOOD.replace("[mugs-plea]", "[mugs plea]").replace("level = 1 ", "level = 9 ", 1)
    flaws = check_exercises(text, lang).flaws
    assert [(flaw.line, flaw.exercise) for flaw in flaws] == [
        (line_of(text, "level = 9"), "mugs-courier"), (line_of(text, "[mugs plea]"), "mugs plea"),
    ]  # fmt: skip
    assert flaws[1].message == say("own.spaced-id", lang, id="mugs-plea")


def test_all_flaws_are_told_at_once_and_in_order(lang: Lang) -> None:
    """Nobody has to mend and check again for each flaw: all are told, by line, in the trainer's language."""
    text = (
        GOOD.replace("level = 1 ", "level = 9 ")
        .replace('faults = ["emotional"]', 'faults = ["x"]')
        .replace("[mugs-plea]", "[a]\nx = 1\n\n[b]")
    )
    told = check_exercises(text, lang).flaws
    assert [flaw.exercise for flaw in told] == ["mugs-courier", "a", "b"]
    assert [flaw.line for flaw in told] == [line_of(text, "level = 9"), line_of(text, "[a]"), line_of(text, 'faults = ["x"]')]
    assert all(bool(re.search("[\u4e00-\u9fff]", flaw.message)) == (lang == "zh-Hant") for flaw in told)


def test_an_id_that_stands_twice_is_told_with_both_lines(lang: Lang) -> None:
    """A second exercise of the same id is told with its line and that of the first, and is checked all the same."""
    text = GOOD.replace("[mugs-plea]", "[mugs-courier]").replace('faults = ["emotional"]', 'faults = ["x"]')
    told = check_exercises(text, lang).flaws
    first, second = line_of(text, "[mugs-courier]"), text[: text.rindex("[mugs-courier]")].count("\n") + 1
    assert told[0] == Flaw(second, "mugs-courier", say("own.twice", lang, id="mugs-courier", line=first))
    assert [flaw.line for flaw in told[1:]] == [line_of(text, 'faults = ["x"]')]


def test_what_stands_apart_belongs_to_its_exercise(lang: Lang) -> None:
    """A judgement appended at the end of the file is that of its exercise, as TOML has it, and its flaws have their own lines."""
    judged = '\n  [[mugs-courier.judged]]\nrule = "{rule}"\nwords = "not us"\nreason = "It was ours."\n'
    checked = check_exercises(GOOD + judged.format(rule="blame"), lang)
    assert checked.flaws == ()
    assert [one.words for one in getattr(checked.tasks["mugs-courier"], "judged", ())] == ["not us"]
    text = judged.format(rule="shame") + GOOD
    assert [(flaw.exercise, flaw.line) for flaw in check_exercises(text, lang).flaws] == [("mugs-courier", line_of(text, "shame"))]
    text = GOOD.replace('faults = ["blame"]', 'faults = ["blame"') + judged.format(rule="blame")
    assert [flaw.line for flaw in check_exercises(text, lang).flaws] == [line_of(text, "[[mugs-courier.judged]]")]


@pytest.mark.parametrize(
    "text",
    [f"{GOOD}\n[mugs-courier]\nlevel = 1\n", f"{GOOD}\n[[mugs-courier]]\nlevel = 1\n", f"mugs-courier.level = 1\n{GOOD}"],
    ids=["table", "list", "key"],
)
def test_half_an_exercise_under_a_taken_id_is_told(text: str, lang: Lang) -> None:
    """What stands under the id of an exercise a second time, and is none itself, is told and breaks nothing."""
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip("[").startswith(("mugs-courier]", "mugs-courier."))]
    told = [flaw for flaw in check_exercises(text, lang).flaws if flaw.line == lines[-1]]
    assert told[0] == Flaw(lines[-1], "mugs-courier", say("own.twice", lang, id="mugs-courier", line=lines[0]))


def test_a_mistake_in_one_exercise_hides_none_in_another(lang: Lang) -> None:
    """Where one exercise is no TOML, the others are checked; where a field is wrong, the rest of its exercise is."""
    text = (
        GOOD.replace('"existing"  #', '"existing  #')
        .replace('level = 1\nsituation = "existing"\n', 'level = 9\nsituation = "old"\nodd = 1\n', 1)
        .replace('faults = ["emotional"]', 'faults = ["emotional", "denial"]')
    )
    told = check_exercises(text, lang).flaws
    wrong = ('situation = "existing  #', "level = 9", 'situation = "old"', "odd = 1", 'faults = ["emotional"')
    assert [flaw.line for flaw in told] == [line_of(text, words) for words in wrong]
    assert told[-1].message == say("own.not-found", lang, rule="denial")


def test_an_exercise_that_is_not_closed_is_told_where_it_begins(lang: Lang) -> None:
    """A list without its end swallows no other exercise."""
    text = GOOD.replace('faults = ["blame"]', 'faults = ["blame"')
    told = check_exercises(text, lang)
    assert [flaw.message for flaw in told.flaws] == [say("own.not-closed", lang, line=line_of(text, "[mugs-courier]"))]
    assert list(told.tasks) == STARTERS[1:]


@pytest.mark.parametrize("end", ["\n", ""])
def test_what_is_no_exercise_is_told_as_that(end: str, lang: Lang) -> None:
    """Words without a header are told as words outside an exercise; nothing of them is taken for a text that is not closed."""
    assert check_exercises(f"hello{end}", lang).flaws == (Flaw(1, "", say("own.no-table", lang)),)
    (half,) = check_exercises(f"[mugs]\nkind{end}", lang).flaws
    assert (half.line, half.message) == (2, say("own.not-toml", lang, column=5))


def test_a_fault_that_another_brings_along_is_told_as_that(lang: Lang) -> None:
    """Of faults in one sentence the trainer is told that they are, and how to ask for one of them alone."""
    sentence = "The root cause is that customers do not read the description and file claims just to get things for free."
    before = next(line for line in GOOD.splitlines() if "The courier is to blame" in line)
    text = GOOD.replace(before, sentence, 1)
    told = [flaw for flaw in check_exercises(text, lang).flaws if flaw.exercise == "mugs-courier"]
    assert {flaw.line for flaw in told} == {line_of(text, sentence)}
    assert all(flaw.message.endswith(say("own.same-sentence", lang, listed="blame")) for flaw in told)
    assert told
    cleared = f'rule = "vague-cause"\nwords = "{sentence}"\nfault = false\nreason = "The blame is enough."\n'
    again = text.replace("[mugs-plea]", f"[[mugs-courier.judged]]\n{cleared}\n[mugs-plea]")
    assert check_exercises(again, lang).flaws == ()
    task = check_exercises(again, lang).tasks["mugs-courier"]
    assert isinstance(task, Find)
    assert [rule for _, rule in key(task)] == ["blame"]


@pytest.mark.parametrize("said", ['{ en = "Mugs" }', '{ zh-Hant = "Mugs", en = " " }'])
def test_one_language_is_enough(said: str, lang: Lang) -> None:
    """A text in one language stands for both, and a note that is no flaw says so."""
    text = GOOD.replace('title = { en = "Mugs and the courier", zh-Hant = "馬克杯與物流業者" }', f"title = {said}")
    assert text != GOOD
    checked = check_exercises(text, lang)
    assert checked.flaws == ()
    assert checked.notes[0] == Flaw(line_of(text, "[mugs-courier]"), "mugs-courier", say("own.one-language", lang, fields="title"))
    assert [note.exercise for note in checked.notes[1:]] == ["mugs-nobody"]
    assert checked.tasks["mugs-courier"].title == {"en": "Mugs", "zh-Hant": "Mugs"}
    assert judge_own(text, lang).outcome == "correct"


def test_a_bare_text_is_meant_for_both_languages(lang: Lang) -> None:
    """Who writes a text without a language, as the guide allows, is told nothing of it."""
    text = re.sub(r'\{ en = "[^"]*", zh-Hant = ("[^"]*") \}', r"\1", GOOD)
    checked = check_exercises(text, lang)
    assert checked.flaws == ()
    assert [note.exercise for note in checked.notes] == ["mugs-nobody"]  # of what its trainer judges otherwise


def test_notes_are_named_where_there_are_some(lang: Lang) -> None:
    """That something is judged otherwise “but for what a note says” is said only beside a note."""
    plain = GOOD[: GOOD.index("[mugs-nobody]")]
    assert judge_own(plain, lang).reasons == (say("own.accepted", lang, count=len(STARTERS) - 1),)
    assert judge_own(GOOD, lang).reasons[0] == say("own.accepted-but", lang, count=len(STARTERS))


@pytest.mark.parametrize("quotes", ['"""', "'''"])
def test_a_fault_in_a_letter_is_told_on_its_own_line(quotes: str, lang: Lang) -> None:
    """What the annotator finds in a sentence is told on the line of the file on which that sentence stands, wherever the letter begins."""
    text = GOOD.replace('faults = ["blame"]', "faults = []").replace('"""', quotes)
    for letter in (text, text.replace(f"letter = {quotes}\n", f"letter = {quotes}", 1)):
        assert [flaw.line for flaw in check_exercises(letter, lang).flaws] == [line_of(letter, "The courier is to blame")]
    assert line_of(text, "The courier is to blame") > line_of(text, "letter = ") + 3
    escaped = text.replace("Root cause\n", "Root\\tcause\n", 1)
    assert [flaw.line for flaw in check_exercises(escaped, lang).flaws] == [line_of(escaped, "letter = ")] or quotes == "'''"


def test_a_fault_too_many_is_told_with_its_reason(lang: Lang) -> None:
    """A fault that the trainer did not mean is told with what the annotator says of it, on the line of the letter."""
    text = GOOD.replace("We are sorry that four of our 310 orders drew an A-to-z claim between 2 and 19 March 2026", "Thank you", 1)
    told = check_exercises(text, lang).flaws
    assert told
    assert {flaw.line for flaw in told} == {line_of(text, "letter = ")}
    assert all(flaw.message.startswith(say("own.found-too", lang, rule="|", message="|").split("|")[0]) for flaw in told)


def test_sorting_is_held_against_the_annotator(lang: Lang) -> None:
    """A wrong number of places, a place that there is not, and one that the annotator reads otherwise are told apart."""
    closings = (sample("puzzles-humble"), sample("puzzles-steady"))
    letters = f"letters = {json.dumps(closings)}"
    head = f'[s]\nkind = "sort"\ninto = "voice"\n{letters}{HEAD}'
    assert check_exercises(f'{head}expected = ["humble", "steady"]', lang).flaws == ()
    line = head.count("\n") + 1
    for expected, message in (
        ('["humble"]', "own.sort"),
        ('["humble", "steady", "proud"]', say("own.other-number", lang, things=2, expected=3)),
        (
            '["humble",\n"loud"]',
            say("own.no-place", lang, place="loud", places=listed(("humble", "steady", "proud"), lang)),
        ),
        ('["humble",\n"proud"]', say("own.elsewhere", lang, text=closings[1], place="proud", places="steady")),
    ):
        told = check_exercises(f"{head}expected = {expected}", lang).flaws
        assert len(told) == 1
        if message != "own.sort":
            assert told[0] == Flaw(line + expected.count("\n"), "s", message)
    both = check_exercises(f'{head}letter = "We are sorry."\nexpected = ["humble", "steady"]', lang).flaws
    assert [flaw.message for flaw in both] == [flaw.message for flaw in both if say("own.problem.sort-what", lang) in flaw.message] != []


NOTICE = "Tell us the root cause of late shipments, and how you will prevent late shipments."
CASE = """
[r.case]
store = "Blue Kite"
[[r.case.causes]]
failed = "One person packed all parcels"
[[r.case.causes]]
wrong = "x"
"""


def test_a_revision_needs_something_open(lang: Lang) -> None:
    """A draft that answers all that is asked leaves nothing to revise; facts of the case have their lines too."""
    head = f'[r]\nkind = "revise"{HEAD}notice = "{NOTICE}"\n'
    full = "We packed late. The cause was that one person packed all parcels. Since 2 March 2026 two people pack all parcels every day."
    told = check_exercises(f'{head}start = "{full}"\nmodel = "{full} x"\n{CASE.replace("wrong", "title")}', lang).flaws
    assert say("own.nothing-open", lang) in [flaw.message for flaw in told]
    text = f'{head}start = "We are sorry."\nmodel = "x"\n{CASE}'
    assert [flaw.line for flaw in check_exercises(text, lang).flaws] == [line_of(text, "wrong")]


def test_a_letter_to_build_needs_facts_enough(lang: Lang) -> None:
    """Facts from which no sound letter can be made are no exercise, and the reasons are those of the rules."""
    text = f'[r]\nkind = "build"{HEAD}notice = "{NOTICE}"\nneeds = ["Blue Kite"]\n{CASE.split("[[r.case.causes]]", maxsplit=1)[0]}'
    told = check_exercises(text, lang).flaws
    assert [flaw.line for flaw in told] == [line_of(text, "[r.case]")]
    assert say("own.not-correct", lang, reasons="|").split("|")[0] in told[0].message


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_a_file_without_exercises_says_so(text: str, lang: Lang) -> None:
    """An empty file is told how an exercise begins."""
    assert check_exercises(text, lang).flaws == (Flaw(1, "", say("own.empty", lang)),)


keys = st.from_regex(r"\A[a-z]{1,5}\Z")
words = st.text(st.characters(min_codepoint=32, max_codepoint=126) | st.just("\n"), max_size=5)
values = st.one_of(st.integers(-9, 9), words, st.booleans(), st.lists(words, max_size=3))


@given(st.dictionaries(keys, st.dictionaries(keys, values, max_size=4), max_size=4), st.sampled_from(["", '"""', "'''", "[[", "\\", "#"]))
def test_any_toml_has_its_lines(tables: dict[str, dict[str, object]], odd: str) -> None:
    """Each table and field of any TOML is found on its line, whatever stands in its strings."""
    lines, expected = [f"# {odd}"], dict[tuple[str | int, ...], int]()
    for name, table in tables.items():
        lines.append(f"[{name}] # {odd}")
        expected[(name,)] = len(lines)
        for field, value in table.items():
            lines.extend(["", f"{field} = {json.dumps(value)} # {odd}"])
            expected[name, field] = len(lines)
    text = "\n".join(lines)
    assert {name: {**table} for name, table in tomllib.loads(text).items()} == tables
    found = {place: line for place, line in lines_of_keys(text).items() if len(place) < 3}
    assert found == expected
    pieces = list(blocks(text))
    assert [(numbers[0], tomllib.loads(piece)) for numbers, piece in pieces if piece.startswith("[")] == [
        (expected[(name,)], {name: table}) for name, table in tables.items()
    ]


# -- where a trainer judges otherwise than the annotator ---------------------------------------------------------------------

JUDGED = GOOD[GOOD.index("[mugs-nobody]") :]
NOT_LISTED = """
[[mugs-nobody.judged]]
rule = "no-dates"
fault = false
reason = "x"
[[mugs-nobody.judged]]
rule = "blame"
words = "Lin Mei"
reason = "x"
[[mugs-nobody.judged]]
rule = "own-words"
reason = "x"
"""
JUDGED_FIGURE = """
[[mugs-courier.judged]]
rule = "figure-disagrees"
words = "1.3%"
reason = "x"
"""


def judged_task(text: str) -> Find:
    """Return the exercise in which the trainer judges, which has nothing wrong with it."""
    checked = check_exercises(text, "en")
    assert checked.flaws == ()
    task = checked.tasks["mugs-nobody"]
    assert isinstance(task, Find)
    return task


def test_a_trainer_s_fault_is_in_the_key_with_its_reason(lang: Lang) -> None:
    """What the trainer judges a fault is right to mark and missed if not; the verdict tells the words, whose judgement it is, and why."""
    task = judged_task(JUDGED)
    assert key(task) == ((7, "vague-action"),)
    told = say("practice.judged.fault", lang, reason=task.judged[0].reason[lang])
    verdict, judged = judge_marks(task, key(task), lang)
    assert verdict.outcome == "correct"
    assert told in verdict.reasons[0]
    assert f"{task.judged[0].words}" in verdict.reasons[0]
    verdict, judged = judge_marks(task, [(7, "blame"), (6, "vague-action")], lang)
    assert [one.kind for one in judged] == ["missed", "false-alarm", "false-alarm"]
    assert told in verdict.key[0]
    assert say("practice.false.elsewhere", lang) in judged[2].reason


CLEARED = """
[[mugs-courier.judged]]
rule = "blame"
fault = false
reason = "The courier says so too."
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (JUDGED[: JUDGED.index("[[")].replace('"vague-action"', ""), False),
        (GOOD.split("[mugs-plea]")[0].replace('"blame"', "") + CLEARED, True),
    ],
)
def test_a_letter_without_faults_is_recognised(text: str, said: bool, lang: Lang) -> None:  # noqa: FBT001 - a case, not an option
    """Where neither annotator nor trainer has a fault, that is what to mark, once and of the whole letter; every fault is a false alarm."""
    checked = check_exercises(text, lang)
    assert checked.flaws == ()
    (task,) = checked.tasks.values()
    assert isinstance(task, Find)
    assert key(task) == ((0, NO_FAULT),)
    form = FindFaults(task, lang=lang)
    form.mark(3, NO_FAULT)
    assert form.marks == key(task)
    assert form.verdict.outcome == "correct"
    assert ("The courier says so too." if said else say("practice.clean", lang)) in form.verdict.reasons[0]
    verdict, judged = judge_marks(task, [(2, "denial")], lang)
    assert [one.kind for one in judged] == ["missed", "false-alarm"]
    assert verdict.outcome == "not-yet"
    assert [reason for reason in verdict.reasons if "1" in reason] == []
    assert judge_marks(task, [], lang)[0].outcome == "not-attempted"


def test_a_letter_with_faults_is_not_taken_for_one_without(lang: Lang) -> None:
    """Whoever marks that a letter has no fault is told that it has, and not which."""
    verdict, judged = judge_marks(judged_task(JUDGED), [mark(4, NO_FAULT)], lang)
    assert [one.kind for one in judged] == ["missed", "false-alarm"]
    assert say("practice.false.no-fault", lang) in str(verdict)
    assert rule_name("vague-action", lang) not in str(verdict)


def test_a_trainer_clears_what_the_annotator_finds(lang: Lang) -> None:
    """A fault that the trainer judges none is no fault of the key; a mark of it is a false alarm with the trainer's reason."""
    words = "The courier is to blame for the delays, not us."
    text = JUDGED.replace("no longer on the shelf.\n", f"no longer on the shelf. {words}\n")
    flawed = check_exercises(text, lang).flaws
    assert [flaw.message for flaw in flawed if say("own.judge-it", lang) in flaw.message] == [flaw.message for flaw in flawed] != []
    for named in ("", f'words = "{words}"'):
        cleared = f'{text}\n[[mugs-nobody.judged]]\nrule = "blame"\n{named}\nfault = false\nreason = "The courier says so too."\n'
        task = judged_task(cleared)
        assert key(task) == ((8, "vague-action"),)
        _, judged = judge_marks(task, [*key(task), (5, "blame")], lang)
        assert [one.kind for one in judged] == ["right", "false-alarm"]
        assert say("practice.judged.no-fault", lang, reason="The courier says so too.") in judged[1].reason
        note = check_exercises(cleared, lang).notes[-1]
        assert note.line == cleared[: cleared.rindex("[[")].count("\n") + 1
        assert note.message.startswith(say("own.not-you", lang, rule="blame", message="|").split("|")[0])
    elsewhere = cleared.replace(f'words = "{words}"', 'words = "We are sorry"')
    (left,) = check_exercises(elsewhere, lang).flaws
    assert left.message.startswith(say("own.found-too", lang, rule="blame", message="|").split("|")[0])


def test_own_exercises_are_told_by_their_titles(tmp_path: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """In the list of attempts and in the class report a trainer's own exercise stands with its title, and with its id behind."""
    own = tmp_path / "own.toml"
    own.write_text(GOOD, encoding="utf-8")
    book = AttemptBook(tmp_path / "my-attempts.sqlite", lang=lang)
    book.agree("Lin Mei")
    desk = PracticeDesk(lang=lang, book=book, own=own)
    desk.drill.mark(1, "blame")
    desk.drill.check.click()
    task = tomllib.loads(GOOD)["mugs-courier"]
    named = beside(task["title"][lang], "mugs-courier", lang)
    assert named in str(MyAttempts(book, lang=lang).view)
    (tmp_path / "class").mkdir()
    book.export(tmp_path / "class" / "lin.json")
    for output in ("text", "html", "csv"):
        assert main(["class", "report", str(tmp_path / "class"), "--own", str(own), "--format", output, "--lang", lang]) == CLEAN
        assert named in unescape(capsys.readouterr().out)
    form = ClassFolder(lang=lang, own=own)
    form.folder.value = str(tmp_path / "class")
    assert named in form.view.text


def test_a_figure_that_differs_within_the_letter_is_practised() -> None:
    """What a letter alone can show is a fault of an exercise: found by the annotator, listed, chosen and judged like any other."""
    figures = "Our order defect rate was 9.4% (4 of 310 orders) in that time.\n\nRoot cause"
    text = GOOD[: GOOD.index("[mugs-plea]")].replace("Root cause", figures)
    (flaw,) = check_exercises(text, "en").flaws
    assert "figure-disagrees" in flaw.message
    listed_too = text.replace('faults = ["blame"]', 'faults = ["blame", "figure-disagrees"]')
    checked = check_exercises(listed_too, "en")
    assert not checked.flaws
    (task,) = checked.tasks.values()
    assert isinstance(task, Find)
    assert judge_marks(task, key(task), "en")[0].outcome == "correct"
    assert {rule for _, rule in key(task)} <= set(choices())
    told = [note.message for note in check_exercises(listed_too.replace("9.4%", "1.3%") + JUDGED_FIGURE, "en").notes]
    assert told == [say("own.only-you", "en", rule="figure-disagrees")]


def test_what_no_letter_shows_is_no_fault_of_an_exercise(lang: Lang) -> None:
    """A rule that needs something beside the letter is refused where it is listed, and where it is found asked to be mended alone."""
    (listed_one,) = check_exercises(GOOD.replace('["blame"]', '["blame", "unanswered-issue"]'), lang).flaws
    assert listed_one.message == say("own.no-choice", lang, rule="unanswered-issue")
    copied = GOOD.replace("Our stock sheet was", f"{rules()['own-words'].bad[0]} Our stock sheet was", 1)
    told = [flaw.message for flaw in check_exercises(copied, lang).flaws]
    assert say("own.found-unseen", lang, rule="own-words", message="|").split("|")[1] in "".join(told)


def test_without_a_reason_a_difference_is_a_flaw() -> None:
    """A judgement without its reason is none: the reason is asked for, and the fault is one that nobody finds."""
    text = JUDGED.replace(JUDGED[JUDGED.index("reason = {") :], "")
    told = flaws(text)
    assert [flaw.split(": ", 1)[1] for flaw in told] == [
        f"mugs-nobody: {say('own.not-found', 'en', rule='vague-action')}{say('own.judge-it', 'en')}",
        f"mugs-nobody: judged 1.reason: {say('own.problem.missing', 'en')}",
    ]
    assert "no text" in flaws(text + 'reason = " "\n')[-1]


def test_judgements_that_cannot_be_used_are_told_with_their_lines() -> None:
    """Words that do not stand in the letter once, a rule that nobody can choose, and a fault that is not listed are flaws."""
    text = JUDGED.replace('words = "the shelf', 'words = "the shelves') + NOT_LISTED
    told = check_exercises(text, "en")
    assert [flaw.message for flaw in told.flaws] == [
        say("own.words", "en", count=0),
        say("own.not-listed", "en", rule="blame"),
        say("own.words", "en", count=2),
        say("own.no-choice", "en", rule="own-words"),
    ]
    assert [flaw.line for flaw in told.flaws] == [
        text[: text.index(words)].count("\n") + 1 for words in ("words = ", 'rule = "blame"', 'words = "Lin', 'rule = "own-words"')
    ]
    assert say("own.agrees", "en", rule="no-dates") in [note.message for note in told.notes]


def test_every_part_of_the_kit_goes_by_the_trainer_s_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The form, what is kept of an attempt, the class report and a graded notebook go by the same key."""
    own = tmp_path / OWN
    own.write_text(JUDGED, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert grade("mugs-nobody", "7 vague-action", lang="en").outcome == "correct"
    assert grade("mugs-nobody", "5 vague-action", lang="en").outcome == "not-yet"

    book = AttemptBook(tmp_path / "my-attempts.sqlite", lang="en")
    book.agree("Lin Mei")
    desk = PracticeDesk(lang="en", book=book, own=own)
    form = desk.drill
    assert isinstance(form, FindFaults)
    form.mark(7, "vague-action")
    form.check.click()
    assert form.verdict.outcome == "correct"
    (attempt,) = book.attempts
    assert attempt.key == attempt.marks == key(form.task) == ((7, "vague-action"),)
    folder = tmp_path / "class"
    folder.mkdir()
    book.export(folder / "lin.json")
    agreement = read_class(folder, lang="en").agreement
    assert (agreement.both, agreement.missed, agreement.false_alarms, agreement.kappa) == (1, 0, 0, 1.0)


def test_trainers_are_shown_a_judgement_that_is_right(lang: Lang) -> None:
    """The judgement on the page and in the notebook for trainers is that of the exercises to start from."""
    home, ending = Path(__file__).parents[1], "" if lang == "en" else f".{lang}"
    page = (home / "docs" / f"trainers{ending}.md").read_text(encoding="utf-8")
    assert JUDGED[JUDGED.index("[[") :].strip() in "\n".join(line.strip() for line in page.splitlines())
    cells = json.loads((home / "notebooks" / lang / "11-for-trainers.ipynb").read_text(encoding="utf-8"))["cells"]
    (shown,) = [source for cell in cells if "```toml\n" in (source := "".join(cell["source"]))]
    (judged,) = tomllib.loads(shown.split("```toml\n")[1].split("```")[0])["mugs-nobody"]["judged"]
    task = judged_task(JUDGED)
    assert judged == {"rule": task.judged[0].rule, "words": task.judged[0].words, "reason": task.judged[0].reason[lang]}


# -- files, command and verdict ---------------------------------------------------------------------------------------------


def test_read_exercises_gives_them_or_refuses(tmp_path: Path, lang: Lang) -> None:
    """A file is read as a whole or refused with every flaw; a byte order mark and Windows line ends are none."""
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert list(read_exercises(path, lang=lang)) == STARTERS
    path.write_text(GOOD.replace("level = 1 ", "level = 9 "), encoding="utf-8")
    with pytest.raises(ExercisesError) as refused:
        read_exercises(path, lang=lang)
    assert str(refused.value).startswith(f"{path}:{line_of(GOOD, 'level = 1 ')}: mugs-courier: level")


def test_unreadable_files_are_told_apart(tmp_path: Path, lang: Lang) -> None:
    """A file that is not there, no text, or far too large is refused with its reason."""
    with pytest.raises(ExercisesError, match="none"):
        file_text(tmp_path / "none.toml", lang=lang)
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ExercisesError) as refused:
        file_text(path, lang=lang)
    assert str(refused.value) == say("own.not-text", lang, file=path)
    with path.open("wb") as file:
        file.truncate(5_000_000)
    with pytest.raises(ExercisesError) as refused:
        file_text(path, lang=lang)
    assert str(refused.value) == say("own.too-large", lang, file=path)


def test_command_checks_a_file(tmp_path: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """`class check` prints each flaw behind file and line and ends with 1; 0 when there is none, 2 for a file that cannot be read."""
    path = tmp_path / "own.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert main(["class", "check", str(path), "--lang", lang]) == CLEAN
    note = f"{path}:{line_of(GOOD, '[[mugs-nobody.judged]]')}: mugs-nobody: {say('own.only-you', lang, rule='vague-action')}"
    assert capsys.readouterr().out.splitlines() == [note, say("own.fine", lang, file=path, count=len(STARTERS))]
    path.write_text(GOOD.replace("level = 1 ", "level = 9 "), encoding="utf-8")
    assert main(["class", "check", str(path), "--lang", lang]) == FOUND
    assert capsys.readouterr().out.startswith(f"{path}:{line_of(GOOD, 'level = 1 ')}: mugs-courier: level")
    assert main(["class", "check", str(tmp_path / "none.toml"), "--lang", lang]) == UNREADABLE
    assert "none.toml" in capsys.readouterr().err


def test_a_newcomer_writes_an_exercise_checks_it_and_solves_it(tmp_path: Path, lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    """As the page for trainers says: write the example, change it, be told what is wrong, mend it, and have it solved by its own key."""
    path = tmp_path / "own.toml"
    assert main(["class", "example", str(path), "--lang", lang]) == CLEAN
    assert capsys.readouterr().out == say("own.written", lang, file=path) + "\n"
    assert "#     appealkit class check own.toml\n" in path.read_text(encoding="utf-8")
    assert main(["class", "example", str(path), "--lang", lang]) == UNREADABLE
    assert capsys.readouterr().err == say("export.exists", lang, file=path) + "\n"
    assert main(["class", "example", str(tmp_path / "no" / "own.toml"), "--lang", lang]) == UNREADABLE

    mine = (
        path.read_text(encoding="utf-8")
        .replace("mugs-courier", "teapots-denial")
        .replace("The courier is to blame for the delays, not us.", "We did nothing wrong.")
    )
    path.write_text(mine, encoding="utf-8")
    assert main(["class", "check", str(path), "--lang", lang]) == FOUND
    told = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[1] for line in told] == ["teapots-denial"] * 2 + ["mugs-nobody"]
    assert say("own.not-found", lang, rule="blame") in told[1]
    path.write_text(mine.replace('faults = ["blame"]', 'faults = ["denial"]'), encoding="utf-8")
    assert main(["class", "check", str(path), "--lang", lang]) == CLEAN

    task = read_exercises(path, lang=lang)["teapots-denial"]
    assert isinstance(task, Find)
    assert key(task) == ((5, "denial"),)
    assert judge_marks(task, key(task), lang)[0].outcome == "correct"
    assert judge_marks(task, [(4, "denial")], lang)[0].outcome == "not-yet"


def test_the_exercise_about_exercises_has_three_outcomes(lang: Lang) -> None:
    """The flawed sample of the trainers' notebook is not attempted while unchanged, not yet while a flaw is left, and correct without."""
    start = own_sample("mugs")
    assert len(check_exercises(start, lang).flaws) == 3
    assert judge_own("  ", lang, start=start).outcome == "not-attempted"
    assert judge_own(start + "\n", lang, start=start).outcome == "not-attempted"
    assert judge_own(start, lang).outcome == "not-yet"
    half = start.replace('"bleme"', '"blame"')
    assert judge_own(half, lang, start=start).outcome == "not-yet"
    assert judge_own(stored_text("own", "mugs", "model"), lang, start=start).outcome == "correct"
