"""The samples and the exercises on them: what they claim to show is what the annotator finds."""

from pathlib import Path
from typing import Any, get_args

import pytest
import tomli

from appealkit.annotate import annotate
from appealkit.exercises.answers import judge_written
from appealkit.exercises.bank import Revise, bank
from appealkit.exercises.lesson import beginning, judge, principles
from appealkit.exercises.sorting import closings, judge_closings
from appealkit.figures.orders import sample_orders
from appealkit.figures.report import read_health_report
from appealkit.gaps import missing
from appealkit.language import Lang, say
from appealkit.letter import assemble
from appealkit.reading import read_notice
from appealkit.roles import Principle, Role
from appealkit.samples import sample, sample_case, sample_notice, sample_report
from appealkit.tables import load
from appealkit.text import short
from appealkit.tone import Voice
from tests.orders import read_orders

SAMPLES: dict[str, dict[str, Any]] = load("samples.toml")
SHOWN: dict[str, dict[str, Any]] = tomli.loads((Path(__file__).parent / "samples.toml").read_text(encoding="utf-8"))
"""What the letters show, and answers to the exercises."""
EXERCISES = sorted(SAMPLES["exercise"])
SORTINGS = sorted(SAMPLES["sorting"])


def found(letter: str, entry: dict[str, Any]) -> list[str]:
    """Return the rules that a letter breaks, beside the report and the notice of its entry, as far as they belong to its principles."""
    metrics = read_health_report(sample_report(entry["report"])).metrics if "report" in entry else ()
    notice = read_notice(sample_notice(entry["notice"])) if "notice" in entry else None
    annotation = annotate(letter, notice=notice, metrics=metrics)
    return [finding.rule.id for finding in annotation.findings if finding.rule.principle in entry["principles"]]


def test_samples_are_there() -> None:
    """There are cases, letters and exercises for the other tests to look at, and what they show is noted of each."""
    assert all(SAMPLES[kind] for kind in ("case", "letter", "exercise", "sorting"))
    assert all(SAMPLES[kind].keys() == SHOWN[kind].keys() for kind in ("letter", "exercise"))


@pytest.mark.parametrize("name", sorted(SAMPLES["case"]))
def test_a_sample_case_makes_a_whole_letter(name: str) -> None:
    """A sample case lacks no fact, and its letter has no finding and serves every principle."""
    case = sample_case(name)
    annotation = annotate(assemble(case))
    assert missing(case) == ()
    assert annotation.findings == ()
    assert {role.principle for sentence in annotation.sentences for role in sentence.roles} >= set(Principle)


@pytest.mark.parametrize("name", sorted(SAMPLES["letter"]))
def test_a_sample_letter_shows_what_the_lesson_says(name: str) -> None:
    """A sample letter has the findings of its lesson's principle that are noted of it, and no other of that principle."""
    entry = SHOWN["letter"][name]
    assert found(sample(name), entry) == entry["findings"]


@pytest.mark.parametrize("name", EXERCISES)
def test_what_is_handed_out_has_one_fault(name: str) -> None:
    """The text of an exercise breaks the rule that its entry names, and no other of its principles."""
    entry = SAMPLES["exercise"][name]
    assert tuple(entry["principles"]) == principles(name)
    assert found(beginning(name), entry) == [entry["fault"]]


def test_sample_orders_agree_with_their_report() -> None:
    """The sample file of orders and the report of the same shop tell the same; the odd report contradicts itself and nothing else does."""
    (counted,) = read_orders(sample_orders()).health().metrics
    (stated,) = read_health_report(sample_report("lamps")).metrics
    for part in ("orders", "defects", "by_kind", "start", "end", "target", "meets_target"):
        assert getattr(counted, part) == getattr(stated, part), part
    assert stated.value == pytest.approx(counted.value, abs=0.005)
    for name in SAMPLES["report"]:
        disagree = [note for metric in read_health_report(sample_report(name)).metrics for note in metric.disagreements]
        assert bool(disagree) == (name == "lamps-odd"), name


@pytest.mark.parametrize("name", EXERCISES)
def test_an_untouched_exercise_is_not_attempted(name: str, lang: Lang) -> None:
    """The text as it was handed out, also with other spaces, and an empty field are no attempt; each has its reason."""
    for answer in ("", " \n", beginning(name), beginning(name).replace(" ", "  ") + "\n"):
        verdict = judge(name, answer, lang)
        assert verdict.outcome == "not-attempted"
        assert len(verdict.reasons) == 1
        assert verdict.annotation is None


@pytest.mark.parametrize("name", EXERCISES)
def test_a_half_mended_exercise_is_not_yet_right(name: str, lang: Lang) -> None:
    """With another word changed the fault is still there, and the verdict says what was found."""
    verdict = judge(name, beginning(name).replace("Dear Seller Performance Team", "Hello"), lang)
    assert verdict.outcome == "not-yet"
    assert verdict.annotation
    (fault,) = [finding for finding in verdict.annotation.findings if finding.rule.id == SAMPLES["exercise"][name]["fault"]]
    assert fault.message(lang) in verdict.reasons


@pytest.mark.parametrize("name", EXERCISES)
def test_a_fault_cannot_be_mended_by_leaving_things_out(name: str, lang: Lang) -> None:
    """An answer that drops what it should keep is not yet right, and the verdict names what is gone."""
    verdict = judge(name, "Dear Seller Performance Team,\n\nWe are sorry for this, and it was our responsibility to prevent it.\n", lang)
    assert verdict.outcome == "not-yet"
    assert any(load("principles.toml")["role"][Role.CAUSE]["name"][lang] in reason for reason in verdict.reasons)


FACTS = [(name, words) for name in EXERCISES for words in SAMPLES["exercise"][name].get("facts", ())]


def test_facts_are_there() -> None:
    """There are facts for the next test to leave out."""
    assert FACTS


@pytest.mark.parametrize(("name", "words"), FACTS)
def test_a_fact_cannot_be_left_out(name: str, words: str, lang: Lang) -> None:
    """An answer without a fact that the exercise tells is not yet right, and the verdict names the fact; capitals do not matter."""
    model = SAMPLES["exercise"][name]["model"]
    assert words in beginning(name)
    verdict = judge(name, model.replace(words, "something"), lang)
    assert verdict.outcome == "not-yet"
    assert any(f"“{words}”" in reason or f"「{words}」" in reason for reason in verdict.reasons)
    assert not any(words in reason for reason in judge(name, model.upper(), lang).reasons)


@pytest.mark.parametrize("name", EXERCISES)
def test_the_model_answer_is_correct(name: str, lang: Lang) -> None:
    """The model answer of an exercise is judged correct, and the verdict says why."""
    verdict = judge(name, SAMPLES["exercise"][name]["model"], lang)
    assert verdict.outcome == "correct"
    assert verdict.reasons == (SAMPLES["exercise"][name]["done"][lang],)


@pytest.mark.parametrize(
    ("name", "answer"),
    [(name, answer) for name in EXERCISES for answer in SHOWN["exercise"][name]["right"]],
)
def test_other_good_answers_are_correct(name: str, answer: str) -> None:
    """Answers in other words than the model's are judged correct."""
    assert judge(name, answer, "en").outcome == "correct", judge(name, answer, "en")


@pytest.mark.parametrize(
    ("name", "answer"),
    [(name, answer) for name in EXERCISES for answer in SHOWN["exercise"][name]["wrong"]],
)
def test_plausible_wrong_answers_are_not_correct(name: str, answer: str) -> None:
    """Answers that only look mended are judged not yet right."""
    assert judge(name, answer, "en").outcome == "not-yet"


VASES = SAMPLES["exercise"]["vases"]["model"].split("\n\n")[2]
BELTS = "Our late shipment rate was 6.2%, 14 of 226 orders; the target is under 4%."
PERIOD = "between 9 and 20 April 2026"
STEP = "Since 6 June 2026 Pia answers every message within 12 hours"


@pytest.mark.parametrize(
    ("name", "right", "wrong", "named"),
    [
        ("belts", BELTS, "Our late shipment rate was 3.1%, 7 of 226 orders; the target is under 4%.", ["3.1%", "7", "6.19%"]),
        ("belts", BELTS, "Our late shipment rate was 2.6%, 41 of 226 orders; the target is under 4%.", ["2.6%", "41", "14 / 226"]),
        ("belts", BELTS, "Seven of 226 orders were shipped late.", ["Seven"]),
        ("vases", VASES, "The parcels left late because they had been waiting.", []),
        ("vases", VASES, "The parcels left late because the weekend was very busy.", []),
        ("vases", VASES, "The parcels left late because the post office is closed on Sunday.", []),
        ("vases", VASES, "We printed the weekend orders on Monday because our software crashed on Saturday.", []),
        ("looms", PERIOD, "in spring", ["9 April 2026", "20 April 2026"]),
        ("looms", PERIOD, "from 9 April to 20 April 2062", ["9 April to 20 April 2062"]),
        ("looms", PERIOD, "from 1 to 5 January 2026", ["1 to 5 January 2026"]),
        ("clocks", "4 May 2026", "5 April 2026", ["4 May 2026"]),
        ("clocks", "4 May 2026", "14 May 2026", ["14 May 2026"]),
        ("shirts", STEP, "Since 6 June 2027 Bob answers every message within 72 hours", ["6 June 2027", "Bob", "72"]),
        ("candle-boxes", "4 June 2026", "14 June 2026", ["14 June 2026"]),
    ],
)
def test_what_the_task_does_not_give_is_never_praised(name: str, right: str, wrong: str, named: list[str], lang: Lang) -> None:
    """A figure, a day, a name or a cause other than those that the task gives is not right, and the reasons name it."""
    model = SAMPLES["exercise"][name]["model"]
    assert right in model
    verdict = judge(name, model.replace(right, wrong), lang)
    assert verdict.outcome == "not-yet"
    assert not [words for words in named if words not in str(verdict)]
    assert "18.14%" not in str(verdict)


@pytest.mark.parametrize("answer", ["asdf qwer zxcv", "\U0001f600" * 300, "We are sorry. " * 400, "我們很抱歉，這是我們的責任。"])
def test_what_is_no_letter_is_no_attempt(answer: str, lang: Lang) -> None:
    """No English, no words, or one sentence again and again is nothing to judge, and that alone is said."""
    verdict = judge("parcels", answer, lang)
    assert (verdict.outcome, len(verdict.reasons), verdict.annotation) == ("not-attempted", 1, None)


@pytest.mark.parametrize("words", ["asdf qwer zxcv", "\U0001f600" * 300, "我們很抱歉，這是我們的責任。"])
def test_what_is_no_english_is_told_first(words: str, lang: Lang) -> None:
    """Beside the text that was handed out, it is told first that something is no English."""
    verdict = judge("parcels", beginning("parcels").replace("Team,\n\n", f"Team,\n\n{words} "), lang)
    assert verdict.reasons[0] == say("lesson.not-english", lang, words=short(words, 60))


def test_other_letters_are_told_once_and_not_as_a_name(lang: Lang) -> None:
    """Chinese words have no small letters to begin with: that they are no English says all."""
    reasons = judge("parcels", beginning("parcels").replace("Team,\n\n", "Team,\n\n我們很抱歉，枕頭寄錯尺寸。"), lang).reasons
    assert not any(say("lesson.not-given.name", lang, words=words) in reasons for words in ("我們很抱歉", "枕頭寄錯尺寸"))


def test_advice_on_what_an_exercise_is_not_about_is_only_a_hint(lang: Lang) -> None:
    """A slip of the pen does not hold back a letter that does what its task asks; where advice is what the task is about, it does."""
    model = SAMPLES["exercise"]["looms"]["model"]
    verdict = judge("looms", model.replace("Please tell us", "Thats all. Please tell us"), lang)
    assert verdict.outcome == "correct"
    assert verdict.annotation
    (slip,) = verdict.annotation.findings
    assert verdict.reasons == (SAMPLES["exercise"]["looms"]["done"][lang], say("lesson.hint", lang, message=slip.message(lang)))
    lacking = judge("looms", model.replace(PERIOD, "in spring").replace("Please tell us", "Thats all. Please tell us"), lang)
    assert say("lesson.beyond", lang) not in lacking.reasons  # since the view shows the slip
    assert judge("globes", beginning("globes").replace("six globes", "6 globes"), lang).outcome == "not-yet"


def test_a_step_below_the_signature_is_pointed_out(lang: Lang) -> None:
    """What stands below the name is judged as part of the letter, and the verdict says where it stands."""
    task = bank()["then-frames"]
    assert isinstance(task, Revise)
    step = "Since 31 March 2026 Iris puts corners of card on every frame before it is packed, so that none arrives damaged."
    below = judge_written(task, f"{task.start}\n{step}", lang)
    compared = say("practice.compared", lang)
    assert below.reasons[1:] == (compared, say("lesson.below-signature", lang, words=short(step, 60)))
    assert judge_written(task, task.model, lang).reasons[1:] == (compared,)


def test_what_an_exercise_asks_beyond_the_rules_is_told_as_such(lang: Lang) -> None:
    """Where the check finds no problem and the task asks for more, the verdict says so; where it finds one, that is enough."""
    sham = beginning("parcels").replace("Team,\n\n", "Team,\n\nWe are sorry for the inconvenience. ")
    verdict = judge("parcels", sham, lang)
    assert verdict.annotation
    beside = say("lesson.beyond", lang)
    found = [finding for finding in verdict.annotation.findings if finding.rule.principle in principles("parcels")]
    assert (beside in verdict.reasons) == (not found)
    assert beside not in judge("parcels", beginning("parcels").replace("Eleven", "Some eleven"), lang).reasons
    assert judge("looms", SAMPLES["exercise"]["looms"]["model"].replace(PERIOD, "in spring"), lang).reasons[-1] == beside


def test_a_verdict_reads_the_same_each_time() -> None:
    """A verdict is shown as its outcome and its reasons, one a line."""
    assert str(judge("parcels", "", "en")) == "Not attempted\n- The field is empty. Write your version in it, then check it."


@pytest.mark.parametrize("name", SORTINGS)
def test_a_sorting_has_a_letter_of_each_voice(name: str) -> None:
    """The annotator hears each of the voices in one of the letters of a sorting."""
    assert {place for closing in closings(name) for place in closing.places} == {*get_args(Voice)}


@pytest.mark.parametrize("name", SORTINGS)
def test_a_letter_sorted_wrongly_is_named_with_its_words(name: str, lang: Lang) -> None:
    """Each letter with a wrong voice is named, with the words that pull it to a side; what has no voice yet is named too."""
    for wrong in get_args(Voice):
        letters = closings(name)
        verdict = judge_closings(name, [wrong] * len(letters), lang)
        reasons = [closing.words for closing in letters if wrong not in closing.places]
        assert verdict.outcome == "not-yet"
        assert len(verdict.reasons) == len(reasons)
        assert all(word in reason for words, reason in zip(reasons, verdict.reasons, strict=True) for word in words)
    placed = [letters[0].places[0], *[None] * (len(letters) - 1)]
    assert len(judge_closings(name, placed, lang).reasons) == len(letters) - 1
