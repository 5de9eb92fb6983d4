"""The ledger and the evidence: what a letter commits to and what proves it, from facts or from the letter's own words."""

from datetime import date

import pytest
from hypothesis import given

from appealkit.annotate import annotate
from appealkit.case import Case
from appealkit.ledger import PlanStep, Proof, ledger, proofs
from appealkit.letter import assemble
from appealkit.marketplaces import english_of
from appealkit.samples import sample, sample_case
from appealkit.tables import load
from tests.cases import HOSTILE, cases
from tests.test_annotate import TEXTS

CASES = sorted(load("samples.toml")["case"])


def item(words: str) -> PlanStep:
    """Return the one step that a list item is read as."""
    (step,) = ledger(f"Dear Seller Performance Team,\n\nOur plan:\n- {words}\n")
    return step


# -- from facts -----------------------------------------------------------------------------------------------------------


def test_there_are_cases() -> None:
    """There are cases for the tests below to read."""
    assert len(CASES) >= 3


@pytest.mark.parametrize("name", CASES)
def test_facts_are_taken_as_they_are(name: str) -> None:
    """Each action of a case is a step with its own state, day and person; the letter written from it gives the same."""
    case = sample_case(name)
    expected = [(a.what, a.status, english_of(case.marketplace).day(a.when) if a.when else "", a.who) for a in case.actions]
    assert [(step.what, step.status, step.when, step.who) for step in ledger(case)] == expected
    assert ledger(assemble(case)) == ledger(case)
    assert proofs(assemble(case)) == proofs(case)


@pytest.mark.parametrize("name", CASES)
def test_a_letter_gives_back_the_facts(name: str) -> None:
    """Read from its words alone, the letter of a case has the same states and days, and no other person than the case names."""
    case = sample_case(name)
    known = {action.who for action in case.actions}
    written, told = ledger(case), ledger(str(assemble(case)))
    assert sorted((step.status, step.when) for step in told) == sorted((step.status, step.when) for step in written)
    assert {step.who for step in told} <= {who.split(",")[0] for who in known} | known


@given(cases())
def test_every_case_has_a_ledger(case: Case) -> None:
    """For all facts, a step is complete just when its state, its day and for a step to come its person are there."""
    actions = [action for action in case.actions if action.what]
    for step, action in zip(ledger(case), actions, strict=True):
        assert ("status" in step.gaps) == (action.status is None)
        assert ("when" in step.gaps) == (action.when is None)
        assert ("who" in step.gaps) == (action.status == "planned" and not step.who)
        assert step.who == action.who or (step.who, case.voice) == ("I", "I")
    enclosed = [document for proof in proofs(case) for document in proof.documents]
    assert set(enclosed) == {item.what for item in case.evidence if item.what and _told(case, item.proves)}


def _told(case: Case, name: str | None) -> bool:
    """Does a document belong to something that the letter tells?"""
    told = {cause.id for cause in case.causes if cause.failed} | {action.id for action in case.actions if action.what}
    return name is None or name in told


# -- from words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("On 13 March 2026 we refunded both buyers.", ("done", "13 March 2026", "")),
        ("Since 13 March 2026 Wu An answers every message within 12 hours.", ("running", "13 March 2026", "Wu An")),
        ("From 1 April 2026 Chen Bo will count the shelf every morning.", ("planned", "1 April 2026", "Chen Bo")),
        ("Done on 2 July 2026: refunded both buyers in full (responsible: Lai Ruo-lan).", ("done", "2 July 2026", "Lai Ruo-lan")),
        ("We will answer each buyer within 12 hours.", ("planned", "", "")),
        ("On July 4, 2026 we moved all returned cups to a shelf of their own.", ("done", "July 4, 2026", "")),
        ("Every Monday our manager checks ten parcels with a Zebra scanner.", ("running", "", "manager")),
        ("Hana will look at the shelves each evening.", ("planned", "", "Hana")),
        ("Mina answers every message within 12 hours.", ("running", "", "Mina")),
        ("Refunds will reach the buyers by 3 May 2026.", ("planned", "3 May 2026", "")),
        ("Ten jars a day are lit before they are packed.", ("running", "", "")),
        ("Each evening Amazon orders are compared with the shelf.", ("running", "", "")),
        ("We'll test five units of each batch.", ("planned", "", "")),
        ("We’ll test five units of each batch.", ("planned", "", "")),
        ("The scanner is ordered and arrives on 4 June 2026.", ("planned", "4 June 2026", "")),
        ("Every parcel waiting for pickup is scanned each evening.", ("running", "", "")),
        ("Our morning shift now starts on time every day.", ("running", "", "")),
        ("On Fridays Excel sheets are compared with the shelf every week.", ("running", "", "")),
        ("All shelves were counted from 3 to 5 June 2026.", ("done", "3 to 5 June 2026", "")),
        ("On 4-May-2026 we refunded both buyers.", ("done", "4-May-2026", "")),
        ("On 04/05/26 we refunded both buyers.", ("done", "04/05/26", "")),
        ("All 190 lamps were opened on April 18 and 32 adapters were replaced.", ("done", "April 18", "")),
        ("The new oven will be in use from the first of August.", ("planned", "first of August", "")),
    ],
)
def test_a_step_is_read_from_its_own_words(words: str, step: tuple[str, str, str]) -> None:
    """State, day and person are those that the sentence tells; months, days of the week, tools and Amazon are no persons."""
    read = item(words)
    assert (read.status, read.when, read.who) == step
    assert read.what == words


def test_what_is_not_told_is_a_gap() -> None:
    """A promise without a day and a person has both as gaps; a finished step needs no person."""
    assert item("We will answer each buyer within 12 hours.").gaps == ("when", "who")
    assert item("We refunded both buyers.").gaps == ("when",)
    assert item("On 13 March 2026 we refunded both buyers.").gaps == ()


def test_who_writes_as_i_answers_for_a_step() -> None:
    """A step that “I will” take has its person, from facts as from words; one of a letter that says “we” has not."""
    facts = {"actions": [{"what": "test any new forwarder", "status": "planned", "when": "2026-12-05"}]}
    alone = assemble(Case.model_validate(facts | {"voice": "I"}))
    assert [(step.who, step.gaps) for step in (*ledger(alone), *ledger(str(alone)))] == [("I", ())] * 2
    assert [step.gaps for step in ledger(Case.model_validate(facts))] == [("who",)]


def test_words_that_do_not_fit_their_state_are_a_gap() -> None:
    """What the form says in red the ledger does not call complete."""
    steps = [{"what": "remove the 41 housings", "status": "done", "when": "2026-11-27"}, {"what": "removed all", "status": "done"}]
    assert [step.gaps for step in ledger(Case.model_validate({"actions": steps}))] == [("wording",), ("when",)]


def test_evidence_stands_beside_what_it_proves() -> None:
    """Documents in brackets belong to their own sentence, also where they are one themselves; causes and steps to come need none."""
    assert [(proof.documents, proof.due) for proof in proofs(sample("trowels-4"))] == [
        (("a photograph of the room",), False),
        (("five refund confirmations",), True),
        (("the signed lists of one week",), True),
        ((), False),
    ]
    assert all(proof.documents == () for proof in proofs(sample("trowels-1")))


def test_documents_may_stand_by_themselves() -> None:
    """A document that proves no single statement is listed last."""
    case = Case.model_validate({"causes": [{"failed": "Stock was counted once a week"}], "evidence": [{"what": "an invoice"}]})
    assert proofs(case)[-1] == Proof("", ("an invoice",))


@given(TEXTS)
def test_any_text_has_a_ledger(text: str) -> None:
    """No text breaks the reading, and what is read stands in the text."""
    for step in ledger(text):
        assert " ".join(step.what.split()) in " ".join(text.split())
        assert step.when in step.what
        assert step.who in step.what
    proofs(annotate(text))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_read(words: str) -> None:
    """Words that look like markup or a template are read as words."""
    assert all(isinstance(step, PlanStep) for step in ledger(f"- On 2 May 2026 we refunded {words}"))


def test_a_day_is_written_as_letters_do() -> None:
    """Facts give the day with its month spelt out."""
    case = Case.model_validate({"actions": [{"what": "refunded", "status": "done", "when": date(2026, 3, 2)}]})
    assert ledger(case)[0].when == "2 March 2026"
