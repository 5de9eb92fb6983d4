"""The first question about a notice: each kind has its answer, with the words that tell it, the reason and what to do first."""

from html import unescape
from typing import get_args

import pytest

from appealkit.language import LANGS, Lang
from appealkit.notice import PLAN, Kind
from appealkit.reading import read_notice
from appealkit.samples import sample_notice
from appealkit.tables import load
from appealkit.triage import triage
from appealkit.widgets import NoticeReader
from tests.cases import HOSTILE

TOLD = load("triage.toml")
NOTICES = {kind: load("notices.toml")["kind"][kind].get("yes", [""])[0] for kind in get_args(Kind)}
SAMPLES = {"documents": "verification", "used-items": "policy", "performance": "performance"}


def test_every_kind_of_notice_has_its_answer() -> None:
    """The answers are those to the kinds that the reader of notices knows, and each source is a card."""
    assert set(TOLD) == set(get_args(Kind))
    assert sum("card" in told for told in TOLD.values()) >= 3
    assert {told["card"] for told in TOLD.values() if "card" in told} <= set(load("cards.toml"))


@pytest.mark.parametrize("kind", get_args(Kind))
def test_an_answer_shows_its_reason(kind: Kind, lang: Lang) -> None:
    """Text and HTML begin with the answer, then tell the kind, the reason and what to do first."""
    view, told = triage(NOTICES[kind], lang), TOLD[kind]
    if not any(issue.asks(question) for issue in read_notice(NOTICES[kind]).issues for question in PLAN):
        told = told | told.get("no-plan", {})
    assert view.text.splitlines()[0] == told["answer"][lang]
    for shown in (view.text, unescape(view.html)):
        assert all(told[part][lang] in shown for part in ("answer", "why", "first"))
        assert load("notices.toml")["kind"][kind]["name"][lang] in shown


def test_a_refusal_has_its_own_first_step(lang: Lang) -> None:
    """Who is refused is sent back to the letter that was not enough, and who is asked nothing is not told to write."""
    refused = triage("Thank you for your plan. We cannot reinstate your account. Tell us the root cause of late shipments.", lang).text
    assert TOLD["performance"]["refused"]["first"][lang] in refused
    assert TOLD["performance"]["refused"]["answer"][lang] in refused
    assert TOLD["other"]["refused"]["answer"][lang] in triage("決定不恢復您的銷售權限。", lang).text
    warning = "Your late shipment rate is 5.6%, above our target of 4%. This is a warning. No response is needed."
    assert TOLD["performance"]["no-plan"]["answer"][lang] in triage(warning, lang).text


def test_a_policy_notice_without_a_question_asks_for_no_plan(lang: Lang) -> None:
    """Of a trademark no plan is proposed where none is asked, and its kind is named by what it may be about; where one is asked, it is."""
    trademark = """Hello,
We received a report from a rights owner that you are listing products that infringe their trademark. If you think this was a mistake,
ask the rights owner to retract the complaint."""
    assert read_notice(trademark).kind == "policy"
    told = triage(trademark, lang).text
    assert told.splitlines()[0] == TOLD["policy"]["no-plan"]["answer"][lang]
    assert TOLD["policy"]["no-plan"]["first"][lang] in told
    assert {"en": "rights of others", "zh-Hant": "他人的權利"}[lang] in told
    asked = f"{trademark}\nPlease send us a plan of action with the root cause of the violation and the steps you take to prevent it."
    assert triage(asked, lang).text.splitlines()[0] == TOLD["policy"]["answer"][lang]


def test_a_refusal_asks_for_the_letter_after_the_first(lang: Lang) -> None:
    """Who was refused is told to send the whole plan with what is new, and not what to do before a first letter."""
    asked = "Your order defect rate is 1.9%. Please tell us the root cause of late shipments."
    refusal = f"Thank you for submitting your plan of action. We are unable to reinstate your account. {asked}"
    refused = {**TOLD["performance"], **TOLD["performance"]["refused"]}
    assert all(refused[part][lang] in triage(refusal, lang).text for part in ("answer", "why", "first"))
    assert not any(TOLD["performance"]["refused"][part][lang] in triage(asked, lang).text for part in ("answer", "why", "first"))
    assert TOLD["performance"]["first"][lang] not in triage(refusal, lang).text


@pytest.mark.parametrize(("name", "kind"), SAMPLES.items())
def test_the_notices_of_the_lesson_are_told_apart(name: str, kind: Kind, lang: Lang) -> None:
    """Each invented notice of the lesson is of another kind, and the words that tell it are its own."""
    notice = sample_notice(name)
    view = triage(notice, lang)
    assert TOLD[kind]["answer"][lang] in view.text
    quoted = {"en": "“", "zh-Hant": "「"}[lang]
    words = [part.split("”")[0].split("」")[0] for part in view.text.split(quoted)[1:]]
    assert words
    assert words[0] in " ".join(notice.split())


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_notice_stays_text(words: str, lang: Lang) -> None:
    """Nothing that was pasted becomes markup."""
    assert "<script" not in triage(words, lang).html


def test_the_form_begins_with_the_answer(lang: Lang) -> None:
    """What stands in the field is what is told first, and a draft is asked for only where a letter is the answer."""
    form = NoticeReader(sample_notice("documents"), lang=lang)
    assert form.draft.layout.display == "none"
    form.notice.value = sample_notice("performance")
    assert form.children[-1].value.startswith(triage(sample_notice("performance"), lang).html)
    assert form.draft.layout.display is None


def test_the_same_notice_gets_the_same_answer() -> None:
    """A second look changes nothing."""
    for lang in LANGS:
        assert triage(NOTICES["policy"], lang) == triage(NOTICES["policy"], lang) == triage(read_notice(NOTICES["policy"]), lang)
