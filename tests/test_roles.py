"""Sentences to roles: weights, words behind each judgement, and clear cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appealkit.annotate import annotate
from appealkit.cues import cues_of, leads_into
from appealkit.roles import DECIDED, SIGNALS, Principle, Role, Sentence, read
from appealkit.segment import segment
from appealkit.tables import load

CLEAR = {
    Role.GREETING: ["Dear Amazon team,", "Hello Seller Performance,", "To whom it may concern,"],
    Role.HEADING: ["Root cause:", "WHAT WE HAVE DONE", "## Preventive measures"],
    Role.ACKNOWLEDGEMENT: [
        "We are sorry that we let these buyers down.",
        "This was our own mistake and we take full responsibility for it.",
        "I apologise; my service fell short of your standard.",
    ],
    Role.CAUSE: [
        "The reason was that nobody compared the stock sheet with the shelf.",
        "It happened because our packer ran out of boxes and used thin envelopes.",
        "The orders were late because I forgot to change the handling time before my holiday.",
    ],
    Role.FACT: [
        "Between 3 March and 1 May 2026 five of our 280 orders had an A-to-z claim.",
        "Our order defect rate was 1.8% in June 2026.",
        "From 2 to 30 April 2026 we received seven negative feedbacks on 410 orders.",
    ],
    Role.ACTION_TAKEN: [
        "On 4 May 2026 we refunded all five buyers.",
        "We have bought a second label printer.",
        "On 12 June I removed the wrong listings and corrected the photographs.",
    ],
    Role.ACTION_PLANNED: [
        "Every parcel is weighed and scanned before the label is printed.",
        "From Monday my brother will count the shelf each evening.",
        "A second person checks the address on each label every morning.",
    ],
    Role.COMMITMENT: [
        "We will keep our order defect rate below 1%.",
        "I promise that the rate will stay under the target.",
        "We are committed to staying within the limit at all times.",
    ],
    Role.REQUEST: [
        "We kindly ask you to reinstate our selling privileges.",
        "Please let us know if you need any further document.",
        "Could you please reactivate our account?",
    ],
    Role.SIGNOFF: ["Kind regards,\nLin Mei", "Sincerely,\nBlue Kite Store", "Yours faithfully,\nOmar"],
    Role.OTHER: [
        "Thank you for reading this letter.",
        "We have sold hand-made kites since 2009.",
        "My grandfather founded the shop in a small village.",
    ],
}
LETTER = """Dear Amazon team,

We are sorry that we let four buyers down; it was our own mistake.
{}
We kindly ask you to reinstate our account.

Kind regards,
Lin"""


def reading_of(sentence: str) -> Sentence:
    """Read a sentence as it stands: a greeting, heading or sign-off by itself, anything else within a letter."""
    text = sentence if any(sentence in CLEAR[role] for role in (Role.GREETING, Role.HEADING, Role.SIGNOFF)) else LETTER.format(sentence)
    if sentence in CLEAR[Role.HEADING]:
        text = f"Dear Amazon,\n\n{sentence}\n- Each box is weighed.\n- Each label is scanned.\n"
    if sentence in CLEAR[Role.SIGNOFF]:
        text = f"Dear Amazon,\n\nWe failed four buyers in May.\n\n{sentence}"
    return next(reading for reading in read(text, segment(text)) if reading.text == sentence)


def test_the_clear_cases_cover_every_role() -> None:
    """There are three clear sentences for each role."""
    assert set(CLEAR) == set(Role)
    assert {len(sentences) for sentences in CLEAR.values()} == {3}


@pytest.mark.parametrize(("role", "sentence"), [(role, sentence) for role, sentences in CLEAR.items() for sentence in sentences])
def test_a_clear_sentence_has_its_role(role: Role, sentence: str) -> None:
    """A sentence that leaves no doubt gets its role, and nothing in it is called a fault."""
    reading = reading_of(sentence)
    assert role in reading.roles
    assert not reading.signals


@pytest.mark.parametrize(
    ("sentence", "signal"),
    [
        ("The courier was lazy and careless, so the fault is not ours but his.", "blame"),
        ("The decision to close our account was unjustified and simply a mistake of yours.", "denial"),
        ("I beg you on my knees to have mercy, my children are hungry.", "emotional"),
        ("If the account is not open by Friday, our lawyers will take legal action.", "demanding"),
        ("We will do our best to improve our service and be more careful.", "vague-action"),
        ("The defects were due to certain circumstances and a misunderstanding.", "vague-cause"),
    ],
)
def test_a_plain_fault_is_signalled_with_its_words(sentence: str, signal: str) -> None:
    """The fault is found, and words of the sentence are shown for it."""
    reading = reading_of(sentence)
    assert signal in reading.signals
    assert [span for name, span in reading.cues if name == signal]


@pytest.mark.parametrize(
    ("sentence", "signal"),
    [
        ("This is the carrier's fault, not ours.", "blame"),
        ("We are very sorry for any inconvenience, but the carrier was late.", "blame"),
        ("The buyers were careless.", "blame"),
        ("The decision to close our account is a mistake.", "denial"),
        ("We did nothing wrong.", "denial"),
        ("My children will go hungry if this account stays closed.", "emotional"),
        ("Our lawyer will contact you next week.", "demanding"),
    ],
)
@pytest.mark.parametrize("before", ["We will keep the rate under 1%. ", "- Each box is weighed.\n\n", "We are sorry.\n\n", ""])
@pytest.mark.parametrize("after", [" Please reinstate our account.", "\n\n- On 2 May we refunded all buyers.", " We deserve better.", ""])
def test_an_outright_fault_counts_wherever_it_stands(sentence: str, signal: str, before: str, after: str) -> None:
    """What the words alone say outright is found beside a promise, a list, an admission or another fault."""
    text = f"Dear Amazon,\n\n{before}{sentence}{after}\n\nKind regards,\nLin"
    assert signal in {finding.rule.id for finding in annotate(text).findings}


@pytest.mark.parametrize("sentence", ["The buyers did not bother to read the voltage.", "It was the fault of the carrier and not of us."])
def test_a_fault_is_found_within_a_long_list_item(sentence: str) -> None:
    """One sentence of a list item that blames is found among its others, which are steps with their days."""
    item = "1. On 3 May 2026 we refunded all nine buyers and replaced the plug. {} On 5 May 2026 we wrote the voltage on each box."
    found = {
        kind: {finding.rule.id for finding in annotate(f"Dear Amazon,\n\n{item.format(said)}\n").findings}
        for kind, said in (("with", sentence), ("without", "We called them."))
    }
    assert "blame" in found["with"]
    assert "blame" not in found["without"]


def test_weights_cover_every_label() -> None:
    """Each role and each signal has a bias and weighs something, and all that speaks for it, or against it, fits into its lane."""
    stored = load("weights.json")
    assert stored["labels"] == [*map(str, Role), *SIGNALS]
    assert len(stored["bias"]) == len(stored["labels"])
    labels = range(len(stored["labels"]))
    sums = {"for": dict.fromkeys(labels, 0), "against": dict.fromkeys(labels, 0)}
    for listed in stored["features"].values():
        parts = list(map(int, listed.split(",")))
        for label, weight in zip(parts[::2], parts[1::2], strict=True):
            sums["for" if weight > 0 else "against"][label] += abs(weight)
    assert all(0 < total < 1 << 15 for side in sums.values() for total in side.values()), sums


def test_classes_of_cues_are_weighed() -> None:
    """Every class of phrases in the data speaks for or against some label."""
    features = load("weights.json")["features"]
    assert not [name for name in load("cues.toml")["phrases"] if f"c={name}" not in features]


def test_roles_serve_principles() -> None:
    """Every role but `other` serves one of the four principles, and each principle is served."""
    assert {role.principle for role in Role} == {*Principle, None}
    assert [role for role in Role if role.principle is None] == [Role.OTHER]


def test_the_same_text_is_read_the_same() -> None:
    """Reading twice, from empty caches or not, gives the same roles and the same words."""
    text = LETTER.format("Nobody compared the sheet with the shelf.")
    first = [(reading.roles, reading.signals, reading.cues) for reading in read(text, segment(text))]
    cues_of.cache_clear()
    assert first == [(reading.roles, reading.signals, reading.cues) for reading in read(text, segment(text))]


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    """Each segment has roles, `other` stands alone, and the words shown lie within the segment."""
    readings = read(text, segment(text))
    assert len(readings) == len(segment(text))
    for reading in readings:
        assert reading.roles
        assert Role.OTHER not in reading.roles or len(reading.roles) == 1
        for label, span in reading.cues:
            assert label in {*reading.roles, *reading.signals}
            assert reading.start <= span.start < span.end <= reading.end


def test_what_the_words_decided_shows_words() -> None:
    """Each role that the layout did not decide shows the words behind it."""
    text = LETTER.format("The reason was that nobody compared the sheet with the shelf.")
    for reading in read(text, segment(text)):
        if reading.layout not in DECIDED:
            assert {label for label, _ in reading.cues} == {*reading.roles, *reading.signals}


@pytest.mark.parametrize(
    ("heading", "parts"),
    [("1. Root cause", ("cause",)), ("What we have done", ("taken",)), ("Our shop", ("story",)), ("Kites", ("plain",))],
)
def test_a_heading_tells_what_follows(heading: str, parts: tuple[str, ...]) -> None:
    """The words of a heading tell which part of the letter begins."""
    assert set(parts) <= set(leads_into(heading))


@pytest.mark.parametrize("heading", ["Also enclosed:", "Attachments", "Documents attached", "I attach:", "Evidence"])
def test_a_paper_that_is_enclosed_is_no_step(heading: str) -> None:
    """What stands in a list of enclosures and names a paper tells nothing else; a step, or a request, stays what it is."""
    papers = [
        "Post Office receipts and 3 refund emails",
        "Photos of the new scales",
        "Scanned copies of the receipts",
        "Copy of invoice 12",
    ]
    others = ["Every order is now weighed (photo 3).", "Please reinstate our account"]
    listed = "\n".join(f"- {entry}" for entry in [*papers, *others])
    roles = {one.text: one.roles for one in annotate(LETTER.format(f"\n\n{heading}\n{listed}\n\nKind regards,\nLin")).sentences}
    assert {roles[paper] for paper in papers} == {frozenset([Role.OTHER])}
    assert [roles[other] for other in others] == [{Role.ACTION_PLANNED}, {Role.REQUEST}]


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("Our order defect rate was 2.4%.", "f=value"),
        ("We will stay below the 1% target.", "f=limit"),
        ("Three buyers complained.", "f=count"),
        ("Order 114-7719203-4480116 was lost.", "f=order"),
        ("It began on 4 March.", "f=day"),
        ("The mug weighs 500 g.", "f=measure"),
        ("We answer within 12 hours.", "f=duration"),
    ],
)
def test_figures_are_told_apart(sentence: str, figure: str) -> None:
    """A seller's own value, a target, a count, a day, an order number, a measure and a duration are not the same."""
    assert figure in cues_of(sentence).shown
