"""A notice and a draft beside it, as a notebook and a form show them."""

from html import unescape
from pathlib import Path

import pytest

from appealkit.annotate import annotate
from appealkit.case import Case
from appealkit.coverage import coverage
from appealkit.drafts import save_draft
from appealkit.language import LANGS, Lang, listed, say
from appealkit.notice import QUESTIONS, question_name
from appealkit.notice_view import show_coverage, show_notice
from appealkit.reading import read_notice
from appealkit.render import check, show, to_text
from appealkit.samples import sample, sample_notice
from appealkit.tables import load
from appealkit.widgets import LetterReader, NoticeReader
from tests.page import Page

NOTICE = (
    "Your order defect rate is 1.8%. Buyers complain about late shipments and about items that arrived damaged.\n\n"
    "Please tell us within 3 days:\n- the root cause\n- how you will prevent it\n\nYou can appeal up to 2 times.\n\n"
    "Kindly whistle the anthem backwards."
)
DRAFT = "We are sorry. Orders were shipped late because one person packed all of them."
LETTER = (
    "Dear Amazon,\n\nWe admit that nine orders were late. The cause: one person packed all of our orders. "
    "On 3 May 2026 we refunded the nine buyers. Since 4 May 2026 Kim packs each morning.\n\nPlease reinstate our account."
)
DOCUMENTS = "Please upload a copy of your passport within 14 days."
HOSTILE = 'Buyers say <script>alert(1)</script> & "late shipments". Please tell us the root cause {{ 7919*7907 }} of <b>late shipments</b>.'


def scopes(page: Page) -> list[str]:
    """Return of what the headers of a page's tables are."""
    return [head.attributes["scope"] for head in page.tags("th")]


def test_notice_shows_the_rate_that_it_states(lang: Lang) -> None:
    """The rate of a metric that fails stands beside its name; a notice with two rates of it shows none."""
    view = show_notice(read_notice(NOTICE), lang)
    assert "1.8%" in view.text
    assert "1.8%" in view.html
    assert "1.8%" not in show_notice(read_notice(f"{NOTICE} Order defect rate: 2.4%."), lang).text


def test_papers_for_a_product_are_said_to_be_for_it_alone(lang: Lang) -> None:
    """Where papers for a product are asked of several issues, the notice does not tell of which: that is said once, and of no others."""
    complaints = "Buyers complain about late shipments and about defective items. Please tell us the root cause of both."
    note = say("notice.papers-of", lang, products="B0FAKE1234")
    for asked, times in (("ASIN B0FAKE1234", 1), ("your products", 0)):
        view = show_notice(read_notice(f"{complaints} Please also provide invoices for {asked}."), lang)
        assert (view.text.count(note), view.html.count(note)) == (times, times)
    alone = "Buyers complain about defective items. Please tell us the root cause, and provide invoices for ASIN B0FAKE1234."
    assert note not in show_notice(read_notice(alone), lang).text


def test_letter_in_place_of_a_notice_has_no_kind(lang: Lang) -> None:
    """Of the seller's own letter it is said that it is one, and not before that it is another kind of notice."""
    read = read_notice(LETTER)
    assert read.mistaken == "letter"
    assert say("notice.kind", lang) not in show_notice(read, lang).text
    assert say("notice.kind", lang) not in show_notice(read, lang).html


def test_notice_shows_what_it_asks(lang: Lang) -> None:
    """The view has the kind, the metric, each issue with its questions, the numbers and what was not understood, each with its words."""
    view = show_notice(read_notice(NOTICE), lang)
    for words in (
        "order defect rate",
        "late shipments",
        "damaged",
        "root cause",
        "within 3 days",
        "up to 2 times",
        "whistle the anthem",
    ):
        assert words in view.html
        assert words in view.text
    assert scopes(Page(view.html)) == ["col"] * 5 + ["row"] * 2
    assert len(Page(view.html).tags("td")) == 8
    assert view.html.count(say("coverage.not-asked", lang)) == 4


def test_notice_that_needs_no_letter_says_so(lang: Lang) -> None:
    """A notice about documents is shown with its advice, and without a table."""
    view = show_notice(read_notice(DOCUMENTS), lang)
    assert load("notices.toml")["kind"]["verification"]["advice"][lang] in view.html
    assert "<table" not in view.html


def test_coverage_shows_answers_and_gaps(lang: Lang) -> None:
    """The table by itself has each answer in the letter's words, and in each gap the question."""
    laid = coverage(annotate(DRAFT), read_notice(NOTICE))
    view = show_coverage(laid, lang)
    assert "one person packed all of them" in view.html
    assert view.html.count(say("coverage.gap", lang)) == view.text.count(say("coverage.gap", lang)) == len(laid.gaps) == 3
    assert scopes(Page(view.html)) == ["col"] * 5 + ["row"] * 2
    assert all(question_name(question, lang) in view.html for question in QUESTIONS)


def test_a_notebook_shows_them_by_themselves() -> None:
    """A notice and a coverage are shown as HTML, and stored as a few fixed lines."""
    read = read_notice(NOTICE)
    laid = coverage(annotate(DRAFT), read)
    assert read._repr_html_() == show_notice(read, "en").html
    assert laid._repr_html_() == show_coverage(laid, "en").html
    assert repr(read).splitlines() == [
        "kind: performance",
        "late-shipment: cause, prevention",
        "damaged: cause, prevention",
        "metrics: odr",
        "days: 3",
        "attempts: 2",
        "not understood: 1",
    ]
    assert repr(laid).splitlines() == [
        "late-shipment: cause 1, taken not asked, prevention open, evidence not asked",
        "damaged: cause open, taken not asked, prevention open, evidence not asked",
    ]


@pytest.mark.parametrize(
    "show", [lambda lang: show_notice(read_notice(HOSTILE), lang), lambda lang: NoticeReader(HOSTILE, HOSTILE, lang=lang).shown]
)
def test_what_was_pasted_stays_text(show: object, lang: Lang) -> None:
    """Nothing that was pasted becomes markup, or is filled in as a template."""
    html = show(lang).html  # type: ignore[operator]
    assert "<script" not in html
    assert "<b>" not in html
    assert "62615533" not in html.replace("{{ 7919*7907 }}", "")


def test_rate_beside_complaints_is_to_be_explained(lang: Lang) -> None:
    """Where questions are asked for each of several reasons, and the order defect rate is one, notice and coverage say so in a line."""
    each = (
        "Your order defect rate is 1.8%. Buyers also complained that used items were sold as new.\n\n"
        "For each complaint, tell us the root cause."
    )
    note = say("notice.rate-too", lang)
    for view in (show_notice(read_notice(each), lang), show_coverage(coverage(annotate(DRAFT), read_notice(each)), lang)):
        assert view.html.count(note) == view.text.splitlines().count(note) == 1
    for without in (
        each.replace("For each complaint, tell", "Tell"),
        each.replace(" also", ""),
        each.replace("Your order defect rate is 1.8%. ", ""),
    ):
        assert note not in show_notice(read_notice(without), lang).text


# -- the form -----------------------------------------------------------------------------------------------------------------


def test_form_follows_the_notice(lang: Lang) -> None:
    """What is pasted into the first field is what is shown; without a draft the form says what would come."""
    form = NoticeReader(lang=lang)
    assert form.shown.text == say("notice.nothing", lang)
    form.notice.value = NOTICE
    assert form.shown.html.endswith(form.children[-1].value)
    assert show_notice(read_notice(NOTICE), lang, kind=False).text in form.shown.text
    assert form.shown.text.count(say("notice.kind", lang)) == 1
    assert say("notice.no-draft", lang) in form.shown.text
    assert form.problems == ()


def test_form_lays_the_draft_beside_the_notice(lang: Lang) -> None:
    """With a draft, each gap asks its question; when the draft answers it, the gap is gone."""
    form = NoticeReader(NOTICE, lang=lang)
    form.draft.value = DRAFT
    assert len(form.coverage.gaps) == 3
    assert form.children[-1].value.count(say("coverage.gap", lang)) == 3
    form.draft.value = f"{DRAFT} Items arrived damaged because our cartons had a single wall."
    assert ("damaged", "cause") not in form.coverage.gaps


def test_form_says_when_a_letter_is_not_the_answer(lang: Lang) -> None:
    """A notice about documents gets its advice, and no table, whatever the draft says."""
    form = NoticeReader(DOCUMENTS, DRAFT, lang=lang)
    assert load("notices.toml")["kind"]["verification"]["advice"][lang] in form.shown.text
    assert "<table" not in form.children[-1].value


def test_form_tells_a_figure_that_differs_from_the_notice(lang: Lang) -> None:
    """A rate of the draft that is not the rate of the notice is told beside the answers, as `check --notice` tells it."""
    draft = "We are sorry. Our order defect rate was 1.2%, because one person packed all orders."
    findings = [finding for finding in annotate(draft, notice=read_notice(NOTICE)).findings if finding.rule.id == "figure-disagrees"]
    assert [finding.message(lang) in NoticeReader(NOTICE, draft, lang=lang).shown.text for finding in findings] == [True]
    assert findings[0].message(lang).partition("1.2%")[2] not in NoticeReader(NOTICE, draft.replace("1.2", "1.8"), lang=lang).shown.text


def test_form_says_that_more_was_found_in_the_draft(lang: Lang) -> None:
    """The table tells what is answered; that the letter must be mended besides, and which field shows how, is said below it."""
    begging = "We are sorry. We shipped late because one person packed all orders. Please, please give my account back, I beg you!"
    findings = annotate(begging, notice=read_notice(NOTICE)).findings
    others = [finding for finding in findings if finding.rule.id != "unanswered-issue"]
    assert "emotional" in {finding.rule.id for finding in others}
    assert NoticeReader(NOTICE, begging, lang=lang).shown.text.endswith(say("notice.others", lang, count=len(others)))
    sound = NoticeReader(sample_notice("tins"), sample("tins-3"), lang=lang)
    assert say("notice.others", lang, count=0) not in sound.shown.text


def test_a_letter_of_the_lesson_does_not_answer_ones_own_notice(lang: Lang) -> None:
    """Once another notice is pasted, the letter that the form began with fills no table, until a draft takes its place."""
    form = NoticeReader(sample_notice("tins"), sample("tins-3"), lang=lang)
    assert say("coverage.caption", lang) in form.shown.text
    form.notice.value = NOTICE
    assert say("notice.begun-draft", lang) in form.shown.text
    assert "tin" not in form.children[-1].value.partition(say("notice.begun-draft", lang))[2]
    form.draft.value = DRAFT
    assert say("notice.begun-draft", lang) not in form.shown.text


def test_what_is_kept_names_its_notice(lang: Lang) -> None:
    """What stays on the page begins with words of the notice that it is about, and says when that is still the first one."""
    form = NoticeReader(f"> {NOTICE}", lang=lang)
    assert form.shown.text.startswith(say("notice.begun", lang, words=f"{NOTICE[:89]}…"))
    form.notice.value = DOCUMENTS
    assert form.shown.text.startswith(say("notice.about", lang, words=DOCUMENTS))
    assert DOCUMENTS not in form.children[-1].value


def test_form_offers_to_swap_its_fields(lang: Lang) -> None:
    """The seller's own letter where the notice belongs is told as such, and one button puts both in their places."""
    form = NoticeReader(NOTICE, LETTER, lang=lang)
    assert form.swap.layout.display == "none"
    form.notice.value, form.draft.value = LETTER, NOTICE
    assert form.read.advice(lang) in form.shown.text
    assert unescape(form.children[-1].value).count(form.read.advice(lang)) == 1
    assert "<table" not in form.children[-1].value
    assert (form.swap.layout.display, form.draft.layout.display) == (None, None)
    form.swap.click()
    assert (form.notice.value, form.draft.value, form.swap.layout.display) == (NOTICE, LETTER, "none")
    form.notice.value = LETTER
    assert form.swap.layout.display == "none", "two letters are not swapped"


def test_form_is_stored_as_one_line() -> None:
    """The form's own output is the same in every run, and its fields have names."""
    for lang in LANGS:
        for reader in (NoticeReader, LetterReader):
            form = reader(notice=NOTICE, draft=DRAFT, lang=lang)
            assert repr(form) == repr(reader(lang=lang))
            assert form.notice.description
            assert form.draft.description
            assert form.shown == reader(notice=NOTICE, draft=DRAFT, lang=lang).shown


@pytest.mark.parametrize("reader", [NoticeReader, LetterReader])
def test_the_form_takes_a_kept_letter(
    tmp_path: Path, lang: Lang, monkeypatch: pytest.MonkeyPatch, reader: type[NoticeReader | LetterReader]
) -> None:
    """The field for a letter takes the letter of a kept draft, or one from a file beside it; of any other it is said why it does not."""
    monkeypatch.chdir(tmp_path)
    save_draft(Case(store="Blue Kite", causes=[{"id": "a", "failed": "One person packed all orders late."}]), "my-appeal.json", lang=lang)
    Path("letter.txt").write_text(DRAFT, encoding="utf-8")
    form = reader(notice=NOTICE, lang=lang)
    form.take.click()
    assert "One person packed all orders late." in form.draft.value
    form.file.value = "letter.txt"
    form.take.click()
    assert form.draft.value == DRAFT
    form.file.value = "gone.json"
    form.take.click()
    assert "gone.json" in form.problems[0]
    assert form.draft.value == DRAFT


def test_a_finished_letter_is_judged_whole(lang: Lang) -> None:
    """A letter that is pasted gets what `check` gives: the work of each sentence and the findings of all principles."""
    form = LetterReader(lang=lang)
    assert form.shown == check("", lang)
    form.draft.value = f"{LETTER} Otherwise our lawyer will sue you."
    assert len({finding.rule.principle for finding in form.annotation.findings}) > 1
    judged = check(form.draft.value, lang)
    assert (form.shown.text[-len(judged.text) :], form.shown.html[-len(judged.html) :]) == (judged.text, judged.html)
    assert form.children[-1].value == judged.html


def test_a_finished_letter_is_judged_beside_its_notice(lang: Lang) -> None:
    """Each question of the notice that stays open is a finding, and stands in the table; a field without words counts for nothing."""
    form = LetterReader(DRAFT, NOTICE, lang=lang)
    assert form.shown.html.endswith(show(annotate(DRAFT, notice=read_notice(NOTICE)), lang).html)
    assert "unanswered-issue" in {finding.rule.id for finding in form.annotation.findings}
    assert say("coverage.gap", lang) in form.shown.text
    form.notice.value = " \n"
    assert form.shown.html.endswith(check(DRAFT, lang).html)


@pytest.mark.parametrize("lang", LANGS)
def test_orders_that_a_notice_names_are_shown(lang: Lang) -> None:
    """The orders stand among what is to be answered, each once, and of many the first ones with how many are left."""
    numbers = [f"111-5550101-00001{number:02}" for number in range(12)]
    asked = "Please tell us the root cause of late shipments. See order {}."
    few = read_notice(asked.format(", ".join([*numbers[:2], numbers[0]])))
    assert few.orders == tuple(numbers[:2])
    told = say("view.labelled", lang, label=say("notice.orders", lang), words=listed(numbers[:2], lang))
    assert told in show_notice(few, lang).text
    many = show_notice(read_notice(asked.format(", ".join(numbers))), lang)
    assert say("notice.orders-many", lang, orders=listed(numbers[:10], lang), number=2) in many.text


def test_a_kept_judgement_tells_whose_it_is(lang: Lang) -> None:
    """What is kept of a pasted letter names it, since it stays on the page when another one is pasted; without one, nothing is named."""
    form = LetterReader("Dear Amazon,\n\nwe are sorry.", lang=lang)
    about = say("letter.about", lang, words="Dear Amazon, we are sorry.")
    assert form.shown.text.startswith(about)
    assert form.shown.text.endswith(to_text(form.annotation, lang))
    form.draft.value = ""
    assert form.shown.text == to_text(form.annotation, lang)


def test_an_answer_to_what_is_asked_again_is_to_be_compared(lang: Lang) -> None:
    """Where a refusal asks for more detail, an answer in the table is no praise: the letter that was refused may have given it, too."""
    letter = annotate("We are sorry. The orders were not received because nobody here checked the scans of our forwarder.")
    asked = "Greater detail on the root cause of the orders that were not received by your customers."
    views = [
        show_coverage(
            coverage(letter, read_notice(f"We received your plan of action, but we cannot reactivate your account.\n-- {words}")), lang
        )
        for words in (asked, asked.replace("Greater detail on the", "The"))
    ]
    again = say("coverage.again", lang, words=say("remark.quoted", lang, words=asked))
    assert [again in view.text for view in views] == [again in view.html for view in views] == [True, False]
