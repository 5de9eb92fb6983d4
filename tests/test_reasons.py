"""The words shown as the reason of a judgement: phrases that a reader takes for it, words of the sentence, and all of them weighed."""

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appealkit.annotate import annotate
from appealkit.checks.draft import reasons
from appealkit.cues import cues_of
from appealkit.quoting import quoted
from appealkit.reasons import deciding
from appealkit.roles import Role, Sentence
from tests.letters import labelled

LONE = re.compile(
    r"[\d.,/:%\W]*|a|an|the|this|that|and|or|but|so|as|of|in|on|at|by|for|from|to|with|we|i|you|he|she|it|they|us|me|him|our|my|your|his"
    r"|its|their|is|are|was|were|be|been|have|has|had|do|did|will|would|could|can|some|any|all|each|every|more|only|soon|very|mr|mrs|ms|dr",
    re.IGNORECASE,
)
MONTH = re.compile(r"jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sept?(?:ember)?|oct\w*|nov\w*|dec\w*", re.IGNORECASE)
LONG = (
    "As you surely know, the holiday season brought an unusual number of parcels into the postal network, and our partner for delivery, "
    "normally very dependable, could not keep the days it had promised."
)


def shown(sentence: Sentence) -> list[tuple[str, str]]:
    """Return the words that are shown for each label of a sentence."""
    return [(label, sentence.text[span.start - sentence.start : span.end - sentence.start]) for label, span in sentence.cues]


def of(text: str, label: str) -> list[str]:
    """Return the words that are shown for one label of a text."""
    return [words for sentence in annotate(text).sentences for name, words in shown(sentence) if name == label]


def test_no_word_that_tells_nothing_stands_for_a_role() -> None:
    """Over the letters at hand, hardly a sentence shows “the”, “me” or “Ms” alone, or a figure alone for what is not about figures."""
    every = [(sentence, shown(sentence)) for letter in labelled("tune")[::30] for sentence in annotate(letter["text"]).sentences]
    told = [words for _, words in every if words]
    odd = [
        (label, words)
        for pairs in told
        for label, words in pairs
        if (LONE.fullmatch(words) and not (label == Role.FACT and "%" in words)) or (MONTH.fullmatch(words) and label != Role.FACT)
    ]
    assert len(told) > 1000
    assert len(odd) < len(told) / 100, odd[:40]


@pytest.mark.parametrize(
    ("text", "label", "words"),
    [
        ("On 3 July 2026 I am not allowed to sell any more because of late shipment rate 11%.", "fact", "rate 11%"),
        ("I beg you from the bottom of my heart, I have three small children and we will lose our flat.", "emotional", "beg"),
        ("Give me this one mercy and God will bless you all.", "emotional", "mercy and God"),
        ("From April 15 Ms. Wen compares promised and real delivery days of all parcels each Friday.", "action_planned", "each Friday"),
        ("On April 2, 2026 we refunded the eight buyers.", "action_taken", "April 2, 2026 we refunded"),
        ("We will keep our order defect rate under 1%.", "commitment", "keep our order defect rate under 1%"),
        ("What I did:\n- 4 July I set the handling time from 1 to 2 days.", "action_taken", "4 July I set"),
        ("You must reactivate our account within 24 hours, or our lawyer will contact you.", "demanding", "within 24 hours"),
        ("If you don't open the account in 48 hours I will speak with my lawyer.", "demanding", "in 48 hours"),
        ("The hooks are new, the customers are liars who want free goods.", "blame", "liars who want free goods"),
        (LONG, "blame", "partner for delivery"),
        (LONG, "blame", "postal network"),
    ],
)
def test_a_reader_takes_the_words_for_the_reason(text: str, label: str, words: str) -> None:
    """Neighbours stand together, a date and a rate are whole, and “every” stands with what it leads to."""
    assert any(words in told for told in of(text, label)), of(text, label)


def test_what_is_shown_weighed() -> None:
    """The heaviest word is shown, words that weigh nothing or speak against the label by themselves are not."""
    cues = cues_of("Nobody counted, and the van left without our parcels.")
    words = [cues.sentence[slice(*stretch)] for stretch in deciding(cues, {"nobody": 20, "counted": 9, "van": -8, "parcels": 3})]
    assert words == ["Nobody counted"]
    assert deciding(cues, {"van": -8}) == []


def test_the_heaviest_word_leads_on_where_it_tells_nothing() -> None:
    """Where a small word decided, it is shown with what it leads to; a small word beside heavier ones is left out."""
    cues = cues_of("Mr Lee counts every shelf, and me too.")
    for weights, words in (({"every": 20}, "every shelf"), ({"me": 20}, "and me too"), ({"counts": 20, "me": 15}, "counts")):
        assert [cues.sentence[slice(*stretch)] for stretch in deciding(cues, weights)] == [words]


def test_a_finding_quotes_the_part_that_decided() -> None:
    """The message has the accusation, and not the beginning of its sentence."""
    (message,) = [finding.message("en") for finding in annotate(f"Dear team,\n\n{LONG}").findings if finding.rule.id == "blame"]
    assert "parcels into the postal network, and our partner for delivery" in message
    assert message.startswith("“… ")
    assert "As you surely know" not in message


def test_what_is_said_outright_is_the_reason_where_nothing_weighed() -> None:
    """A fault that a phrase says outright shows that phrase, although none of its words weighs for it."""
    text = "Our parcels were late.\n\nOpen it, pls pls."
    (span,) = reasons("emotional", annotate(text).sentences[1])
    assert span.of(text) == "pls pls"


@given(st.text(st.sampled_from("ab, .-\n9"), max_size=300), st.data())
def test_a_quotation_is_a_part_of_its_sentence(sentence: str, data: st.DataObject) -> None:
    """Whatever decided, the words are quoted as they stand, in one line, with an ellipsis wherever some are left out."""
    places = [found.span() for found in re.finditer(r"[ab9]+", sentence)]
    stretches = data.draw(st.lists(st.sampled_from(places), max_size=3)) if places else []
    told, line = quoted(sentence, stretches), " ".join(sentence.split())
    part = told.removeprefix("… ").removesuffix(" …")
    assert part in line
    assert told.startswith("… ") or line.startswith(part)
    assert told.endswith(" …") or line.endswith(part)
    assert len(line.split()) > 22 or told == line
    assert all(sentence[slice(*stretch)] in part for stretch in stretches[:1])


@pytest.mark.parametrize("unit", ["a ", "beg ", "7 ", "1% ", "a-", "the the the beg ", "sorry, ", "we will every ", "May "])
def test_words_are_chosen_in_time_that_grows_with_the_text(unit: str) -> None:
    """The longest sentence takes no longer for each word than a short one."""
    sentence = unit * (100_000 // len(unit))
    cues = cues_of(sentence)
    weights = dict.fromkeys(cues.shown, 5)
    start = process_time()
    quoted(sentence, deciding(cues, weights))
    assert process_time() - start < 3
