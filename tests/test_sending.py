"""The last look: every view shows what was seen, what is still open and why; nothing is a score, and nothing becomes markup."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appealkit.annotate import annotate
from appealkit.export import three_answers
from appealkit.language import LANGS, Lang, principle_name, say
from appealkit.letter import Letter, assemble
from appealkit.notice import question_name
from appealkit.roles import Principle
from appealkit.samples import sample, sample_case
from appealkit.sending import (
    reading_time,
    show_evidence,
    show_ledger,
    show_own_words,
    show_questions,
    show_reading_time,
    show_sending,
)
from appealkit.share import share
from appealkit.tables import load
from appealkit.view import View
from tests.cases import HOSTILE
from tests.page import Page
from tests.test_annotate import TEXTS

VIEWS: tuple[Callable[..., View], ...] = (
    show_evidence,
    show_ledger,
    show_own_words,
    show_questions,
    show_reading_time,
    show_sending,
)
WEAK, GOOD = sample("trowels-1"), sample("trowels-4")


@pytest.mark.parametrize("view", VIEWS)
def test_text_and_table_tell_the_same(view: Callable[..., View], lang: Lang) -> None:
    """Each word of the table stands in the text too, and the table names its rows and columns."""
    shown = view(WEAK, lang)
    page = Page(shown.html)
    told = " ".join(shown.text.split())
    listed = {id(point.above.above) for point in page.tags("li") if point.above}  # cells that hold a list: its points are looked at
    rows = [head for head in page.tags("th") if head.attributes["scope"] == "row"]
    leaves = [*page.tags("li"), *rows, *(cell for cell in page.tags("td") if id(cell) not in listed)]
    assert leaves or view is show_reading_time
    assert [leaf.text for leaf in leaves if " ".join(leaf.text.split()) not in told] == []
    assert {head.attributes["scope"] for head in page.tags("th")} <= {"row", "col"}


def test_each_question_has_its_sentences_or_says_so(lang: Lang) -> None:
    """Answers are those that would go into three fields; a question without one is pointed out."""
    for answer in three_answers(annotate(GOOD)):
        assert answer.text
        assert all(line.removeprefix("- ") in show_questions(GOOD, lang).text for line in answer.text.splitlines())
    empty = "We are sorry that four of 90 orders were late in May 2026. Please reinstate our account."
    assert show_questions(empty, lang).text.count(say("sending.unanswered", lang)) == 2


def test_the_ledger_asks_for_what_is_not_told(lang: Lang) -> None:
    """A step without a day asks for it; a complete one asks for nothing."""
    assert say("sending.ask.when", lang) in show_ledger(WEAK, lang).text
    assert say("sending.ask.when", lang) not in show_ledger(GOOD, lang).text
    assert say("sending.no-steps", lang) in show_ledger("We are sorry.", lang).text


def test_a_statement_without_a_document_asks_for_one(lang: Lang) -> None:
    """Where nothing is enclosed a document is asked for, but not for a step to come, nor for a cause: what was not done leaves none."""
    unproved, early = say("sending.unproved", lang), say("sending.not-due", lang)
    assert show_evidence(sample("trowels-3"), lang).text.count(unproved) == 2
    assert say("sending.of-cause", lang) in show_evidence(sample("trowels-3"), lang).text
    assert unproved not in show_evidence(GOOD, lang).text
    assert early in show_evidence(GOOD, lang).text
    assert say("sending.no-statements", lang) in show_evidence("Hello,", lang).text


def test_borrowed_words_are_shown_with_their_source(lang: Lang) -> None:
    """The run, its length and the public text stand in the view; own words make no row."""
    run = annotate(WEAK).own_words
    assert run
    assert run.long_run
    shown = show_own_words(WEAK, lang).text
    assert WEAK[slice(*run.long_run.span)] in shown
    assert str(run.long_run.words) in shown
    assert run.samples[0].describe(lang) in shown
    assert Page(show_own_words(GOOD, lang).html).tags("td") == []


def test_reading_time_grows_with_the_words() -> None:
    """Twice the words take twice the time, aloud takes longer, and a pasted notice is not counted."""
    once, twice = reading_time("We refunded all four buyers. " * 50), reading_time("We refunded all four buyers. " * 100)
    assert (once.words, twice.words) == (250, 500)
    assert abs(twice.silent - 2 * once.silent) <= 1
    assert once.silent < once.aloud
    limits = load("ledger.toml")["reading"]
    assert once.silent == round(60 * 250 / limits["silent"])


@pytest.mark.parametrize(("words", "remark"), [(5, "short"), (300, ""), (550, "long")])
def test_very_short_and_very_long_letters_are_pointed_out(words: int, remark: str, lang: Lang) -> None:
    """The remark names its limit and says that no official number exists."""
    limits = load("ledger.toml")["reading"]
    shown = show_reading_time("word " * words, lang).text
    for name in ("short", "long"):
        assert (say(f"sending.{name}", lang, limit=limits[name]) in shown) == (name == remark)


def test_the_last_look_holds_everything(lang: Lang) -> None:
    """One row for each principle, each question, the steps, the evidence, own words and the length; findings stand there as messages."""
    page = Page(show_sending(WEAK, lang).html)
    rows = [head.text for head in page.tags("th") if head.attributes["scope"] == "row"]
    assert len(rows) == 4 + 3 + 4
    for finding in annotate(WEAK).findings:
        assert finding.message(lang) in show_sending(WEAK, lang).text
    assert say("sending.yours", lang) in show_sending(GOOD, lang).text


def rows_of(letter: str, lang: Lang) -> dict[str, str]:
    """Return what the last look leaves open in each row, by the row's name."""
    cells = Page(show_sending(letter, lang).html).tags("td")
    heads = [head.text for head in Page(show_sending(letter, lang).html).tags("th") if head.attributes["scope"] == "row"]
    return dict(zip(heads, [cell.text for cell in cells[1::2]], strict=True))


FAULTY = (
    "Dear Amazon,\n\nWe are sorry that nine of 90 orders were late in May 2026.\n\n"
    "Four orders were late because the courier is to blame, not us. The others were late because we had one packer and no stand-in.\n\n"
    "We will be more careful. We will improve our service.\n\nPlease reinstate our account."
)


def test_a_row_is_in_order_only_if_its_sentences_are(lang: Lang) -> None:
    """A sentence whose finding stands under another principle, or that answers a question with a fault, is counted in its own row."""
    rows = rows_of(FAULTY, lang)
    sincerity, _, cause, closing = (principle_name(name, lang) for name in Principle)
    told = {cause: (1, sincerity), question_name("cause", lang): (1, sincerity), question_name("prevention", lang): (2, closing)}
    for row, (count, where) in told.items():
        assert rows[row] == say("sending.elsewhere", lang, count=count, principles=say("notice.words", lang, words=where))
    mended = FAULTY.replace("because the courier is to blame, not us", "because one person packed all of them")
    assert rows_of(mended, lang)[cause] == say("sending.nothing-open", lang)


def test_what_is_not_there_is_not_in_order(lang: Lang) -> None:
    """Without a step, without what could be proved, or without a letter, nothing is said to be all right."""
    rows = rows_of(FAULTY, lang)
    assert rows[say("form.field.actions", lang)] == say("sending.no-steps", lang)
    assert rows[say("form.field.evidence", lang)] == say("sending.not-due", lang)
    nothing = "Dear Amazon,\n\nWe are sorry that nine of 90 orders were late in May 2026.\n\nPlease reinstate our account."
    assert rows_of(nothing, lang)[say("form.field.evidence", lang)] == say("sending.no-statements", lang)
    for text in ("", "Hello", "我們很抱歉，訂單出貨太晚了。"):
        remark = annotate(text).unjudged
        assert remark
        assert show_sending(text, lang).text == remark.say(lang)


def test_of_a_letter_from_facts_the_facts_are_shown(lang: Lang) -> None:
    """The ledger of an assembled letter has the steps as they were typed, not as the letter puts them."""
    letter = assemble(sample_case("teapots"))
    assert isinstance(letter, Letter)
    assert "\n1. answered both buyers and refunded them in full\n" in show_ledger(letter, lang).text


@pytest.mark.parametrize("view", [show_own_words, show_sending])
def test_of_a_letter_from_facts_the_sentences_of_the_kit_are_counted(view: Callable[..., View], lang: Lang) -> None:
    """No sample shares them, and still they are not the seller's own words: the form says how many they are, and so does this."""
    letter = assemble(sample_case("teapots"))
    told = say("form.share", lang, **share(letter)._asdict())
    assert told in view(letter, lang).text
    assert told not in view(str(letter), lang).text


@pytest.mark.parametrize("view", VIEWS)
@given(text=TEXTS, lang=st.sampled_from(LANGS))
def test_any_text_can_be_looked_over(view: Callable[..., View], text: str, lang: Lang) -> None:
    """No text breaks a view, and none becomes markup."""
    assert Page(view(text, lang).html).tags("script") == []


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("view", VIEWS)
def test_hostile_words_stay_text(view: Callable[..., View], words: str, lang: Lang) -> None:
    """Words that look like markup or a template stand in the view as they are."""
    assert "<script" not in view(f"1. On 2 May 2026 we refunded {words}\n", lang).html
