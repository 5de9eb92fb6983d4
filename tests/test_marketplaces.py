"""Marketplace and voice of a case decide how its letter writes English, and change nothing that the seller typed."""

import re
from datetime import date
from importlib.resources import files
from typing import get_args

import pytest
from jinja2 import Environment

from appealkit.annotate import annotate
from appealkit.case import PHRASINGS, Action, Case, Situation, Wordings
from appealkit.exercises.bank import Build, bank
from appealkit.ledger import ledger
from appealkit.letter import assemble, phrasings
from appealkit.marketplaces import English, english_of, known_marketplaces, marketplace_meant
from appealkit.samples import sample_case
from appealkit.share import share
from appealkit.tables import load
from appealkit.widgets.base import metric_fields
from tests.cases import FULL

DAY = date(2026, 3, 2)
DONE = Action(id="a1", what="refunded all", status="done", when=DAY)
MONTH_FIRST = ["Amazon.com", "Amazon.ca"]
PLACES = sorted(known_marketplaces())
CASES = {
    "full": Case.model_validate(FULL),
    **{name: sample_case(name) for name in load("samples.toml")["case"]},
    **{name: task.case for name, task in bank().items() if isinstance(task, Build)},
}


def at(case: Case, marketplace: str) -> Case:
    """Return a case at another marketplace."""
    return case.model_copy(update={"marketplace": marketplace})


@pytest.mark.parametrize("marketplace", ["", *PLACES])
def test_dates_of_a_marketplace(marketplace: str) -> None:
    """America and Canada write the month first; all others, and a case that names none, the day."""
    assert english_of(marketplace).day(DAY) == ("March 2, 2026" if marketplace in MONTH_FIRST else "2 March 2026")


@pytest.mark.parametrize(
    "named",
    [
        *("amazon.com", "www.amazon.com", "ATVPDKIKX0DER", "Amazon US", "USA", "U.S.", "the United States", "Amazon.com (US)"),
        *("AMZ-US", "amazon_usa", "AMZN US", "亞馬遜美國站", "FBA-US", "US FBA", "FBM_US", "Amazon.com, not Amazon.de"),
    ],
)
def test_america_is_named_in_many_ways(named: str) -> None:
    """A marketplace is known by its address, by its country and by Amazon's id, and by the code of a seller's own files."""
    assert english_of(named) == english_of("Amazon.com")


@pytest.mark.parametrize(
    "named",
    [
        "UK",
        "Amazon.com.au",
        "amazon.com.mx",
        "Amazon.co.uk, Amazon.com",
        "campus",
        "eBay",
        "eBay US store",
        "Non Amazon US",
        "NonAmazon US",
        "台灣",
    ],
)
def test_what_names_america_not_first_is_british(named: str) -> None:
    """An address that only begins so is another, of several the first counts, and what is not known is as where none is named."""
    english = english_of(named)
    assert (english.form, english.comma, english.spell("apologise")) == ("{day} {month} {year}", "", "apologise")


@pytest.mark.parametrize(
    ("marketplace", "day", "apology", "kind"),
    [
        ("Amazon.com", "On March 2, 2026, we", "we apologize to", "2 canceled orders"),
        ("Amazon.ca", "On March 2, 2026, we", "we apologize to", "2 cancelled orders"),
        ("Amazon.co.uk", "On 2 March 2026 we", "we apologise to", "2 cancelled orders"),
    ],
)
def test_a_letter_is_spelt_as_its_marketplace_spells(marketplace: str, day: str, apology: str, kind: str) -> None:
    """Dates, the template's words and the names of the kinds follow the marketplace; what was typed stays as typed."""
    typed = "We cancelled what we had sold by 5 March 2026 and {apologise} to all; on April 6, 2026 we canceled more"
    case = Case.model_validate(
        {
            "marketplace": marketplace,
            "metric": {"id": "cancellation", "defects": {"cancelled": 2}},
            "causes": [{"failed": typed}],
            "actions": [
                {"what": "refunded all", "status": "done", "when": DAY},
                {"what": "count the shelf", "status": "planned", "when": DAY},
            ],
        }
    )
    text = assemble(case).text
    assert not [words for words in (day, apology, kind, typed) if words not in text]
    assert phrasings(case)["apology"][0] in text
    assert (f"From {english_of(marketplace).day(DAY)} on, we will" in text) == (marketplace in MONTH_FIRST)


@pytest.mark.parametrize(
    ("marketplace", "name", "other"),
    [
        *((place, "late dispatch rate", "shipment") for place in ("Amazon.co.uk", "UK", "Amazon.ie", "Amazon.com.au", "Amazon.in")),
        *((place, "late shipment rate", "dispatch") for place in ("", "Amazon.com", "Amazon.ca", "Amazon.co.jp")),
    ],
)
@pytest.mark.parametrize("situation", get_args(Situation))
def test_a_metric_is_named_as_its_marketplace_names_it(marketplace: str, name: str, other: str, situation: Situation) -> None:
    """Where Amazon says “dispatch”, so does every sentence of the kit's own, and no finding comes of it."""
    metric = {"id": "late-shipment", "value": 9.68, "target": 4, "orders": 31, "defective_orders": 3}
    case = Case.model_validate(FULL | {"marketplace": marketplace, "situation": situation, "metric": metric})
    letter = assemble(case)
    assert letter.text.count(name) == 4
    assert f"late {other} rate" not in letter.text
    assert annotate(letter.text).findings == annotate(letter).findings == ()
    assert all(name in words for passage in ("admission", "commitment") for words in phrasings(case)[passage])


def test_the_form_offers_a_metric_by_each_of_its_names() -> None:
    """Whoever's notice says “late dispatch rate” finds it in the list."""
    assert "late shipment rate (late dispatch rate)" in dict(metric_fields("en")["id"].options)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("marketplace", MONTH_FIRST)
def test_either_english_reads_alike(name: str, marketplace: str) -> None:
    """A letter has the same roles, steps and share whatever its marketplace, and no fault, assembled or pasted."""
    british, other = (assemble(at(CASES[name], place)) for place in ("Amazon.co.uk", marketplace))
    assert annotate(other).findings == annotate(other.text).findings == annotate(british.text).findings == ()
    for sentence, as_british in zip(annotate(other.text).sentences, annotate(british.text).sentences, strict=True):
        assert sentence.roles >= as_british.roles, sentence.text
    assert [step.status for step in ledger(other.text)] == [step.status for step in ledger(british.text)]
    assert {step.when for step in ledger(other.text)} | {""} == {step.when for step in ledger(other)} | {""}
    assert share(other) == share(british)


@pytest.mark.parametrize("number", range(1, PHRASINGS + 1))
@pytest.mark.parametrize("situation", get_args(Situation))
@pytest.mark.parametrize("name", CASES)
def test_one_person_writes_as_one(name: str, situation: Situation, number: int) -> None:
    """Where one person does it all, the kit's own sentences say “I” and never “we”, and bring no fault, assembled or pasted."""
    wording = Wordings.model_validate({passage: {"phrasing": number} for passage in Wordings.model_fields})
    several = CASES[name].model_copy(update={"situation": situation, "wording": wording})
    one = several.model_copy(update={"voice": "I"})
    assert annotate(assemble(one)).findings == annotate(assemble(one).text).findings == ()
    assert share(assemble(one)) == share(assemble(several))
    bare = Case(voice="I", situation=situation, metric=one.metric, wording=wording, actions=(DONE,))
    assert not {"we", "us", "our", "ours"} & {word.strip(",.;").lower() for word in assemble(bare).text.split()}
    assert "On 2 March 2026 I refunded all" in assemble(bare).text


def test_what_is_typed_keeps_its_own_voice() -> None:
    """A cause stays as it was typed; of a step the letter says who did it, and not twice."""
    facts = {"voice": "I", "causes": [{"failed": "We told us of our day"}], "actions": [{"what": "I've refunded all", "status": "done"}]}
    text = assemble(Case.model_validate(facts)).text
    assert "1. We told us of our day." in text
    assert "1. I refunded all." in text


@pytest.mark.parametrize("english", [*map(english_of, MONTH_FIRST), english_of("", "I")])
def test_spelling_changes_the_words_of_the_template_alone(english: English) -> None:
    """What the template computes is the same however it is spelt."""
    template = files("appealkit").joinpath("templates", "letter.txt.j2").read_text(encoding="utf-8")
    lexed = [list(Environment(autoescape=True).lex(text)) for text in (template, english.spell(template))]
    changed = {kind for (_, kind, one), (_, _, other) in zip(*lexed, strict=True) if one != other}
    assert "string" in changed
    assert changed <= {"string", "data", "comment"}


def test_each_marketplace_is_known_by_its_country() -> None:
    """Each is named by its address, its id, each of its codes and each country that its entry tells, and by no other's."""
    assert len(PLACES) > 20
    for name, known in known_marketplaces().items():
        countries = [re.sub(r"\\.\??|\?|\(|\)|:", "", country) for country in known["country"]]
        named = [name, known["id"], *known["codes"], *(f"our {country} store" for country in countries)]
        assert {marketplace_meant(given) for given in named} == {name}, named
