"""The annotation: sentences where they stand, roles with their words, findings with theirs."""

import json
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appealkit.annotate import Annotation, annotate
from appealkit.as_read import as_read
from appealkit.case import Case
from appealkit.checks.draft import Draft
from appealkit.checks.sincerity import late_acknowledgement
from appealkit.letter import assemble
from appealkit.outright import outright
from appealkit.render import to_html, to_json
from appealkit.roles import SIGNALS, Role, Sentence
from appealkit.rules import SEVERITIES, rules
from appealkit.segment import Layout
from tests.cases import FULL, HOSTILE, cases

LETTER = """Dear Seller Performance,

We accept that our performance fell short, and we apologise to our buyers. Between 2 and 19 March 2026 two of 310 orders drew a claim. The \
cause was that nobody read our messages at the weekend.

What we have changed:
- On 21 March we refunded both buyers.
- Every morning Lin now reads all messages.

We will keep our order defect rate under the 1% target. Please tell us if you need any further document.

Kind regards,
Lin, Blue Kite Store
"""

LINES = st.sampled_from([*LETTER.splitlines(), *HOSTILE, "> quoted", "①", "Step 1: count", "我們很抱歉。", "=====", "[date]", "04/05/2026"])
TEXTS = st.one_of(st.text(max_size=300), st.lists(LINES, max_size=12).map("\n".join), st.lists(LINES, max_size=12).map("\r\n\r\n".join))


def check_against_text(annotation: Annotation) -> None:
    """Assert all that must hold for the annotation of any text."""
    text = annotation.text
    for sentence in annotation.sentences:
        assert 0 <= sentence.start < sentence.end <= len(text)
        assert sentence.text == text[sentence.start : sentence.end] == sentence.text.strip()
        assert sentence.roles
        assert Role.OTHER not in sentence.roles or len(sentence.roles) == 1
        assert sentence.signals <= set(SIGNALS)
        for label, span in sentence.cues:
            assert sentence.start <= span.start < span.end <= sentence.end
            assert label in sentence.roles | sentence.signals
    for before, after in pairwise(annotation.sentences):
        assert before.end <= after.start
    for finding in annotation.findings:
        assert finding.span is None or 0 <= finding.span.start < finding.span.end <= len(text)
        assert {finding.message("en"), finding.message("zh-Hant")} != {""}
    order = [(SEVERITIES.index(finding.severity), list(rules()).index(finding.rule.id)) for finding in annotation.findings]
    assert order == sorted(order)


# -- any text ---------------------------------------------------------------------------------------------------------------


@given(TEXTS)
def test_any_text_is_annotated(text: str) -> None:
    """Any text gets an annotation whose sentences, words and findings lie where it says."""
    check_against_text(annotate(text))


@given(TEXTS)
def test_same_text_gives_the_same_annotation(text: str) -> None:
    """The same text is read in the same way each time, whatever was read in between."""
    first = annotate(text)
    annotate(LETTER)
    assert annotate(text) == first
    assert repr(annotate(text)) == repr(first)


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        *((blank, "empty") for blank in ("", " ", "\n\r\n\t", "\ufeff")),
        *((signs, "no-words") for signs in ("-", "1.", "=====", "。", "\U0001f621 \U0001f621", "\u2764\ufe0f")),
    ],
)
def test_text_without_words_is_annotated(text: str, remark: str) -> None:
    """A text without a word gets one plain remark and no page of findings; it is called empty where nothing stands in it."""
    annotation = annotate(text)
    check_against_text(annotation)
    assert annotation.remark == remark
    assert not annotation.findings


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("我們很抱歉，這是我們的責任。訂單延遲是因為庫存錯誤。", "not-english"),
        ("Nous vous prions d'accepter nos excuses pour les retards du mois de mai et nous avons remboursé tout le monde", "not-english"),
        ("milk, eggs and bread, butter for the cake, flour, sugar, two lemons and a bag of salt", "not-a-letter"),
        ("def add(a, b): return a + b  # this is the sum of the two numbers that are given", "not-a-letter"),
        ("a" * 100_000, "not-a-letter"),
        (" ".join(str(number) for number in range(100_000)), "no-words"),
        (r"{\rtf1\ansi\deff0 {\fonttbl{\f0 Calibri;}} Dear Amazon, we are sorry for our late orders.\par}", "rtf"),
        (
            '{"account": "Maple", "orders": 310, "claims": [{"kind": "a-to-z", "count": 3}], "customers": ["A", "B"], "late": true}',
            "not-a-letter",
        ),
        (
            "<ul class='orders'><li><a href='/claims'>Your claims</a></li><li><a href='/orders'>Our orders and your account</a></li></ul>",
            "not-a-letter",
        ),
        (
            "SELECT o.id, COUNT(c.id) AS claims FROM orders o LEFT JOIN claims c ON c.order_id = o.id WHERE o.account = 'main';",
            "not-a-letter",
        ),
        ("order-id,purchase-date,claim,feedback\n302-11,2026-03-04,a-to-z,5\n302-12,2026-03-05,chargeback,1", "not-a-letter"),
        ("order:\n  id: 302\n  customer: main\n  claims: two\n  refund: true\naccount: main\nlate: false\nfeedback: none", "not-a-letter"),
        (
            "Dear Mr Brown, our heating is out since Monday, and we have a baby. Send us a plumber today or on Friday and call me.",
            "not-a-letter",
        ),
        (
            "Wir haben im März fünf Bestellungen zu spät verschickt und tragen dafür in unserem Team die Verantwortung, Amazon.",
            "not-english",
        ),
        (
            "We hebben in maart vijf orders te laat verzonden. Dat is onze fout. Ons programma werd maar een keer per dag bijgewerkt.",
            "not-english",
        ),
        (
            "Your selling account has been deactivated. Please send us a plan of action.\n\nThank you,\nSeller Performance Team",
            "only-notice",
        ),
        ("> We shipped three orders late.\n> It was our fault, and we have refunded the buyers.", "only-notice"),
        (
            "Saturday:\n2 kg rice\nsoy sauce\neggs, a dozen\ntofu (the soft kind)\nCall mother about Sunday\npick up dry cleaning",
            "not-a-letter",
        ),
        ("We apologize for the late shipments.", ""),
        ("Sorry.", ""),
        ("ok", "too-short"),
        ("jkl jkl jkl jkl jkl", "not-english"),
    ],
)
def test_what_is_no_english_letter_is_not_judged(text: str, remark: str) -> None:
    """A text that is not English, or not a letter, gets one sentence that says so."""
    annotation = annotate(text)
    assert annotation.remark == remark
    assert bool(annotation.findings) == (not remark)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "We are sorry. " * 7_000,
        "- " * 50_000,
        "(" * 100_000,
        "1" * 100_000,
        "12/" * 33_000,
        "1," * 50_000,
        "1." * 50_000,
        '"' * 100_000,
        "我們很抱歉。" * 15_000,
        "a@" * 50_000,
        "[" * 100_000,
        "\r\n" * 50_000,
        "We sold a bowl\n" * 6_000,
        "\u0301" * 100_000,
    ],
    ids=lambda text: ascii(text[:8]),
)
def test_great_text_is_annotated(text: str) -> None:
    """A hundred kilobytes of anything are read through, also in a letter, where every rule looks for its words."""
    check_against_text(annotate(text))
    check_against_text(annotate(f"We are sorry that our orders were late. {text}"))


# -- a letter ---------------------------------------------------------------------------------------------------------------


def test_letter_is_read() -> None:
    """Each sentence of a plain letter has the roles that a reader would give it."""
    roles = [set(sentence.roles) for sentence in annotate(LETTER).sentences]
    assert roles == [
        {Role.GREETING},
        {Role.ACKNOWLEDGEMENT},
        {Role.FACT},
        {Role.CAUSE},
        {Role.HEADING},
        {Role.ACTION_TAKEN},
        {Role.ACTION_PLANNED},
        {Role.COMMITMENT},
        {Role.REQUEST},
        {Role.SIGNOFF},
    ]


def test_roles_show_their_words() -> None:
    """What was decided by words shows them; what was decided by its place shows none."""
    for sentence in annotate(LETTER).sentences:
        decided_by_place = sentence.layout in {Layout.GREETING, Layout.SIGNOFF}
        assert decided_by_place == (not sentence.cues), sentence.text


@pytest.mark.parametrize(
    "changed",
    [
        LETTER.replace("\n", "\r\n"),
        LETTER.replace("\n", "\r"),
        LETTER.replace(" ", "\u00a0"),
        LETTER.replace("- ", "• "),
        LETTER.replace("- ", "* "),
        re.sub("^- ", "1) ", LETTER, flags=re.MULTILINE),
        re.sub("^- ", "Step 1: ", LETTER, flags=re.MULTILINE),
        re.sub("^- ", "① ", LETTER, flags=re.MULTILINE),
    ],
    ids=["CRLF", "CR", "U+00A0", "bullet", "asterisk", "1)", "Step", "circled"],
)
def test_letter_is_read_alike_however_it_was_typed(changed: str) -> None:
    """Line ends, kinds of space and list marks change neither sentences nor roles nor findings."""
    plain, other = annotate(LETTER), annotate(changed)
    check_against_text(other)
    assert [" ".join(sentence.text.split()) for sentence in other.sentences] == [
        " ".join(sentence.text.split()) for sentence in plain.sentences
    ]
    assert [sentence.roles for sentence in other.sentences] == [sentence.roles for sentence in plain.sentences]
    assert [finding.rule for finding in other.findings] == [finding.rule for finding in plain.findings]


def test_apostrophes_are_read_alike() -> None:
    """A curly apostrophe is an apostrophe."""
    straight = annotate("It's our fault that we didn't answer the buyer's message. We don't have an excuse.")
    curly = annotate(straight.text.replace("'", "\u2019"))
    assert [(s.start, s.end, s.roles) for s in straight.sentences] == [(s.start, s.end, s.roles) for s in curly.sentences]


def test_sentences_of_a_role_are_found() -> None:
    """`having` goes through the sentences that have a role, in order."""
    annotation = annotate(LETTER)
    assert [sentence.text for sentence in annotation.having(Role.ACTION_TAKEN)] == ["On 21 March we refunded both buyers."]
    assert list(annotate("").having(Role.CAUSE)) == []


# -- an assembled letter ------------------------------------------------------------------------------------------------------


STEPS = {Role.ACTION_TAKEN, Role.ACTION_PLANNED}


@given(cases())
def test_assembled_letter_has_the_roles_that_it_was_written_for(case: Case) -> None:
    """Of a letter that the kit wrote, sentences and roles are known and not guessed, whatever the facts contain.

    Own wording is read, and so are a step that is one in name alone and what facts a cause tells.
    """
    letter = assemble(case)
    annotation = annotate(letter)
    check_against_text(annotation)
    assert all(sentence.roles for sentence in annotation.sentences)
    for (part, known), sentence in zip(letter.parts, annotation.sentences, strict=True):
        assert (part.start, part.end, part.layout, part.block) == (sentence.start, sentence.end, sentence.layout, sentence.block)
        in_name_alone = known & STEPS and "vague-action" in sentence.signals
        facts = {Role.FACT} if Role.CAUSE in known else set()
        assert sentence.roles - facts in ([known, {Role.COMMITMENT}] if in_name_alone else [known or sentence.roles])


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("It was the carrier's fault that the parcels were late.", "blame"),
        ("The courier is at fault.", "blame"),
        ("Our supplier is at fault for the delays.", "blame"),
        ("It was the fault of FedEx.", "blame"),
        ("It was our wholesaler who made the mistake.", "blame"),
        ("The customer is liar.", "blame"),
        ("Please answer within 36 hours, because we lose money.", "demanding"),
        ("Please, we beg you, reinstate our selling privileges.", "emotional"),
    ],
)
def test_plain_fault_is_found_alone_and_in_a_good_letter(words: str, rule: str) -> None:
    """What blames or begs outright is found whatever stands around it; denied or quoted, the same words say nothing by themselves."""
    letter = str(assemble(Case.model_validate(FULL)))
    for text in (words, letter.replace("We will keep our", f"{words} We will keep our")):
        assert rule in {finding.rule.id for finding in annotate(text).findings}
    quoted, denied = (
        f"A buyer wrote: \u201c{words}\u201d",
        words.replace("was", "was not").replace(" is", " is not").replace("we", "we never"),
    )
    assert rule in outright(words).said
    assert rule not in outright(quoted).said
    assert rule not in outright(denied).said


@pytest.mark.parametrize(
    ("words", "denied"),
    [
        ("We don't think this is our fault.", True),
        ("We do not think it is our mistake.", True),
        ("We don\u2019t think it\u2019s our problem but we are willing to improve.", True),
        ("I cannot agree that it was my error.", True),
        ("We do not believe that all these claims were justified, but we packed badly.", True),
        ("It is not our problem.", True),
        ("We do not think that it is our fault alone.", False),
        ("We don't think it is the fault of the carrier, it is ours.", False),
        ("We do not think that our packing was sufficient.", False),
        ("A buyer wrote: \u201cI don't think it is my fault.\u201d", False),
    ],
)
def test_who_does_not_think_that_it_was_their_fault_denies(words: str, denied: bool) -> None:  # noqa: FBT001 - a table of cases
    """A denial that is put as an opinion is one; who doubts the fault of others or their own work denies nothing."""
    letter = str(assemble(Case.model_validate(FULL)))
    for text in (words, letter.replace("We will keep our", f"{words} We will keep our")):
        assert ("denial" in {finding.rule.id for finding in annotate(text).findings}) == denied
    alone = annotate(f"Dear Amazon,\n\n{words}\n\nKind regards,\nLin")
    if denied:  # and who denies admits nothing
        assert "no-acknowledgement" in {finding.rule.id for finding in alone.findings}
        assert not [sentence for sentence in alone.sentences if Role.ACKNOWLEDGEMENT in sentence.roles | sentence.perhaps]


_CAUSES = """Causes
{}Our parcels were crushed because the cartons were too thin.

What we did
Since 4 May each parcel is packed in a thicker carton.
"""
_LINES = (
    "We refunded both buyers on 4 May.\nWe replaced the lids of all 60 boxes. We deleted the old page.\n"
    "Lin checks each parcel before dispatch. She signs a list every evening."
)
_RUN_IN = """What went wrong{0} Our two stock lists were matched once a week by hand. On 2 May we stopped the offers.

Corrective actions{0} On 4 May we refunded the nine buyers. Since 5 May a program matches the lists.
"""
_TWO_STEPS = "We failed eight buyers: nobody opened a box before we listed it.\n\nOn 25 June 2026 we refunded all eight buyers, {}."
_STEPS_TO_COME = "Plan:\n1. From next month we will pack in two-walled boxes.\n2. {}"


@pytest.mark.parametrize(
    ("letter", "rule", "found"),
    [
        (_STEPS_TO_COME.format("We will hire a second packer."), "nothing-done-yet", True),
        (_STEPS_TO_COME.format("Each parcel is checked by a second person."), "nothing-done-yet", False),
        (_STEPS_TO_COME.format("Since 26 May 2026 Petra packs every evening what is due the next day."), "nothing-done-yet", False),
        (_STEPS_TO_COME.format("Petra packs every evening what is due the next day."), "nothing-done-yet", False),
        (_STEPS_TO_COME.format("We are going to refund all nine buyers."), "nothing-done-yet", True),
        (_STEPS_TO_COME.format("Nine refunds by 15 August."), "nothing-done-yet", True),
        (_STEPS_TO_COME.format("On 4 June we refunded the buyers and told them when the lamp will come."), "nothing-done-yet", False),
        (_STEPS_TO_COME.format("Every Monday Lin reads our order defect rate, which stays below 1%."), "nothing-done-yet", True),
        (_STEPS_TO_COME.format("From 12 June I weigh every parcel."), "nothing-done-yet", False),
        (_STEPS_TO_COME.format("I weigh every parcel from 12 June."), "nothing-done-yet", False),
        (_STEPS_TO_COME.format("From 12 June Lin weighs every parcel."), "nothing-done-yet", True),
        (_STEPS_TO_COME.format("From 12 June I will weigh every parcel."), "nothing-done-yet", True),
        ("You closed our shop on 9 July 2026 because three of our 80 orders were late.", "no-dates", True),
        ("Three of our 80 orders were late in weeks 5 to 8 of 2026.", "no-dates", False),
        ("Our on-time delivery rate was 81%, and Amazon's target is 95%.", "wrong-target", True),
        ("Our on-time delivery rate was 81%, and Amazon's target is 90%.", "wrong-target", False),
        ("Our order defect rate was 6% (target: under 1%), our late dispatch rate 9% (target: under 4%).", "wrong-target", False),
        ("Our order defect rate was 6% (target: under 1%), our late dispatch rate 9% (target: under 5%).", "wrong-target", True),
        ("Our late shipment rate was 6% and our order defect rate 2%, against targets of 4% and 1%.", "wrong-target", False),
        ("Our order defect rate was 2.9%, and 0.9% over the limit is too much.", "wrong-target", False),
        ("Our late shipment rate was 9%; the limit in our house is 2%.", "wrong-target", False),
        ("Our late shipment rate was 9%. 4% is your limit, 1% is ours.", "wrong-target", False),
        ("Our late shipment rate was 9%. 4% is your limit, 1% ours.", "wrong-target", False),
        ("1. On 4 May we refunded two buyers.\n2. From 15 May we will repay the other five.", "no-prevention", True),
        (_TWO_STEPS.format("and since 27 June 2026 Paolo opens one box of each delivery"), "no-prevention", False),
        (_TWO_STEPS.format("and on 28 June 2026 we also changed the page where it was wrong"), "no-plan", False),
        (_TWO_STEPS.format("and on 28 June 2026 we wrote to each of them"), "no-prevention", True),
        (
            _TWO_STEPS.format("and on 26 June 2026 we bought 500 batteries, and since 27 June 2026 Paolo opens each box"),
            "unlisted-actions",
            True,
        ),
        (_TWO_STEPS.format("and since 27 June 2026 Paolo opens each box"), "unlisted-actions", False),
        ("Four of our 80 orders were late on 3 May 2026, and on 20 May 2026 you closed our account.", "no-plan", True),
        ("Our cancellation rate was high, 2.5% being the most that is allowed and 2.46% being what we had.", "wrong-target", False),
        ("We will stay under the 4% late shipments which you allow and under the 2% which we allow us.", "wrong-target", False),
        ("We failed your standard with an order defect rate of 5.5%.", "wrong-target", False),
        ("We missed the late shipment target in August 2026 with 4.6%, which is 27 of 587 orders.", "wrong-target", False),
        ("I missed the target: 12.5% late shipments, 9 of 72.", "wrong-target", False),
        ("I missed the target of 12.5% late shipments.", "wrong-target", True),
        ("Our cancellation rate of 4.63% is higher than the 2% which is asked by\nAmazon.", "wrong-target", True),
        ("- We will keep our order defect rate under 2%, which is the limit.", "wrong-target", True),
        ("- Our late shipment rate will be lower than 10% according to the policy.", "wrong-target", True),
        ("Our rate was 1.9% in the window 16-Aug-2026 to 14-Oct-2026.", "no-dates", False),
        ("Our rate was 1.9% up to 2026-Aug-16.", "no-dates", False),
        ("Our rate was 1.9% from Aug/16/2026 on.", "no-dates", False),
        ("You closed our shop on 2026-Jul-09 because three of our 80 orders were late.", "no-dates", True),
        ("Our rate was 1.9% up to 16.Aug.2026.", "no-dates", False),
        ("Our rate was 1.9% up to 16Aug2026.", "no-dates", False),
        ("Our rate was 1.9% over Memorial Day weekend.", "no-dates", False),
        ("Re: late orders, 2 to 29 March 2026\n\nIn this time we sent 8 of 97 orders late.", "no-dates", False),
        ("Plan of action, 4 March 2026\n\nIn this time we sent 8 of 97 orders late.", "no-dates", True),
        ("We apologise for any trouble that this may have caused: we sent 8 of 97 orders late.", "no-dates", True),
        ("In May 2026 our late shipment rate was above the 4% that Amazon allows.", "no-figure", True),
        ("In May 2026 our late shipment rate was 9%, above the 4% that Amazon allows.", "no-figure", False),
        ("Four readers out of 210 were let down in May 2026.", "no-figure", False),
        ("- The last refund went to Frau Luise Kern, Bergstr. 14, 33602 Bielefeld.", "buyer-data", True),
        ("- The disc went back to the buyer in Karl-Marx-Str. 4, 50674 Köln.", "buyer-data", True),
        ("- The disc went back to the buyer in Avda. de América 4, Madrid.", "buyer-data", True),
        ("- The disc went back to the buyer in 12, av. Victor Hugo, Lyon.", "buyer-data", True),
        ("- We moved 4 shelves in our yard.", "buyer-data", False),
        ("- We called the buyer on 55 5550 0147 to say sorry.", "buyer-data", True),
        ("- The sharpener, Mr. Ota, checks each order.", "buyer-data", False),
        ("- Since 3 May all messages of buyers are in one place, and Ms Qureshi was appointed head of service.", "buyer-data", False),
        ("- We have apologised to Sarah Miller and the other five buyers.", "buyer-data", True),
        ("- We refunded our customer Sarah Miller.", "buyer-data", True),
        ("- We have trained Sarah Miller and two other packers to answer buyers.", "buyer-data", False),
        ("- Messages of a buyer Amazon Logistics has to answer are passed on.", "buyer-data", False),
        ("- On 4 May we refunded Philippa.", "buyer-data", True),
        ("- On 4 May we refunded P. Greenhalgh.", "buyer-data", True),
        ("- On 4 May we refunded German and French buyers.", "buyer-data", False),
        ("- On 4 May we refunded May and June orders.", "buyer-data", False),
        ("- On 4 May we called Hanneke Pols, who had waited longest, and paid her back.", "buyer-data", True),
        ("- Hanneke Pols, who checks each parcel, refunded five buyers.", "buyer-data", False),
        ("- We refunded the buyer, P. Greenhalgh.", "buyer-data", True),
        ("- For each buyer, Ana Lopez, our packer, writes a note.", "buyer-data", False),
        ("- The buyer Zo\u00eb M\u00fcller got a new lamp.", "buyer-data", True),
        ("- The old stock was scrapped on XX September.", "placeholder", True),
        ("- On 4 May we hired a second packer. [answers B1] [cause 2]", "placeholder", False),
        ("- On 4 May we hired a second packer. [cause]", "placeholder", True),
        ("Regards,\nLin\nPhone: (###) ###-####", "placeholder", True),
        ("Regards,\nLin (store name)", "placeholder", True),
        ('Regards,\nLin (store "Ebi Lamps")', "placeholder", False),
        ("We (store name: Blue Kite) sold lamps that we had not counted (date: 4 May 2026).", "placeholder", False),
        ("We are sorry for the late orders [Store: Blue Kite].", "placeholder", False),
        ("We sold lamps that we had not counted (date: DD/MM/YYYY).", "placeholder", True),
        ("We sold lamps that we had not counted (date: ).", "placeholder", True),
        ("We are sorry for the late orders (store: the name of your store).", "placeholder", True),
        ("We are sorry for the late orders [root cause: stock].", "placeholder", True),
        ("We failed four buyers.\n\n<Why>\n1 . the box was wet", "placeholder", False),
        (f"Done\n\n{_LINES}", "unlisted-actions", False),
        (_CAUSES.format("The stock list was updated by hand only once a week.\n"), "uncovered-cause", True),
        (_CAUSES.format(""), "uncovered-cause", False),
        (f"Done\n\n{_LINES}".replace(".\n", ". "), "unlisted-actions", True),
        (f"Done\n\n{_LINES}".replace(". ", ".\n") + "\nEach box is weighed. The weight goes on the list.", "unlisted-actions", False),
        ("Please, please, please give us our account back!!!", "emotional", True),
        ("Dear team,\n\nRoot cause\nWe packed late.\n\nI implore you to reactivate my account.", "emotional", True),
        ("Please give us our account back. Please tell us what is missing.", "emotional", False),
        ("We ask you to reinstate our selling privileges within the next 24 hours.", "demanding", True),
        ("Our order defect rate was 7.94%, and it is supposed to be under 2%.", "wrong-target", True),
        ("Our order defect rate was 7.94%, and it is supposed to be under 1%.", "wrong-target", False),
        (_RUN_IN.format("."), "no-parts", False),
        (_RUN_IN.format(":"), "no-parts", False),
        (_RUN_IN.format(":").replace("What went wrong", "You should know").replace("Corrective actions", "And so"), "no-parts", True),
        ("Our defect rate was high, and it must be said that a rate of 1.3% is bad.", "wrong-target", False),
        ("You say that the rate must be under 1.3%; our order defect rate was 2%.", "wrong-target", True),
        (
            "We will keep our rate under 1%. The refund receipts and the carton invoice are attached.\n\nKind regards,\nLin",
            "no-request",
            True,
        ),
        ("We will keep our rate under 1%. We can send the receipts on request.\n\nKind regards,\nLin", "no-request", False),
        ("- Every Sunday evening I read the return reasons of all buyers.", "no-commitment", False),
        ("- Every Sunday evening I dust the shelf and restock the tape.", "no-commitment", True),
        ("- On 4 May 2026 we bought a scale.\n- Provide excellent customer service at all times.", "no-commitment", True),
        ("- On 4 May 2026 we bought a scale.\n- Always do our best to keep our defect rate low.", "no-commitment", False),
        ("- On 4 May 2026 we bought a scale.\n- Defects: half of what is allowed, 0.5%", "no-commitment", False),
        ("Our defects were 2% of all orders in April.\n\n- On 4 May 2026 we bought a scale.", "no-commitment", True),
        ("1. We refunded Maria Quintal.\n2. We apologised to her.", "unmeasurable-plan", True),
        ("1. We refunded the buyer.\n2. Now Maria Quintal checks each parcel.", "unmeasurable-plan", False),
        ("1. We refunded the four buyers.\n2. The packer puts foam into every carton.", "unmeasurable-plan", True),
        ("1. We refunded the four buyers on 4 May.\n2. The packer puts foam into the cartons.", "unmeasurable-plan", False),
        ("1. We refunded the buyers.\n2. Every evening the packer counts the cartons.", "unmeasurable-plan", False),
        ("1. We refunded the buyers.\n2. A sold lamp is taken off the page at once.", "unmeasurable-plan", True),
    ],
)
def test_finding_is_told_from_what_is_near_it(letter: str, rule: str, found: bool) -> None:  # noqa: FBT001 - a table of cases
    """What a finding is about is told from what has the same words: rates from targets, points from paragraphs, staff from buyers."""
    assert (rule in {finding.rule.id for finding in annotate(letter).findings}) == found


_WHOLE = """Dear Amazon team,

{admits}

Root cause:
{cause}

What we did:
- On 4 June we refunded the four buyers.

What we will do:
- From 10 June every jar is packed in a tube.
- {step}

{closes} Please review our case.

Regards,
Lin"""
_SOUND = {
    "admits": "We failed four of our 210 buyers in May 2026 and apologise for it.",
    "cause": "- Our packer used thin bags for glass jars.",
    "step": "Each evening Mia opens one parcel in twenty.",
    "closes": "We will keep our rate below 1%.",
}


@pytest.mark.parametrize(
    ("place", "words", "rule", "found"),
    [
        ("step", "perhaps a second shelf at some time in the future", "vague-action", True),
        ("step", "some sort of double check every once in a while", "vague-action", True),
        ("step", "may look into better tape sometime next year", "vague-action", True),
        ("step", "a second shelf is built by 20 June", "vague-action", False),
        ("step", "fragile goods go in foam, possibly in two layers when over 2 kg", "vague-action", False),
        ("cause", "It would appear that the recipients had not checked with their neighbours.", "blame", True),
        ("cause", "The page did not say the voltage, so customers were unaware of it.", "blame", False),
        ("cause", "Our new employee bought stamps at the post office. None of us looked at it.", "blame", False),
        ("admits", "We regret the closing of our store by Amazon.", "no-acknowledgement", True),
        ("admits", "We regret that we disappointed four buyers.", "no-acknowledgement", False),
        ("closes", "You have our word that every title will say what is in the box.", "no-commitment", False),
        ("closes", "We apologise once more to the four, and promise to follow this plan.", "no-commitment", False),
        ("closes", "98% of our parcels had a scan in June.", "no-commitment", True),
        ("cause", "The parcels were picked up late by UPS, which we could not help.", "blame", True),
        ("cause", "The dashboard of Amazon did not show us the messages in time.", "blame", True),
        ("cause", "Our logistics partner in Ohio let us down.", "blame", True),
        ("cause", "The carrier picked up late, and we had not booked a fixed time.", "blame", False),
        ("cause", "We had not read what Amazon's dashboard told us.", "blame", False),
        ("closes", "We will keep our rate below 1%. Please reinstate my account immediately.", "demanding", True),
        ("closes", "We will keep our rate below 1%. Please reopen our shop soon, if you can.", "demanding", False),
        ("closes", "We will keep our rate below 1%. The last photo can be sent today.", "demanding", False),
        ("step", "Customers will be taken care of better.", "vague-action", True),
        ("step", "We will be more careful: Ana reads each address aloud before the label is stuck on.", "vague-action", False),
        ("admits", "We are sorry for the late answer to your notice.", "no-acknowledgement", True),
        ("admits", "We apologise for the delay of four orders.", "no-acknowledgement", False),
        ("admits", "We like our work, and we are proud of our kettles.", "no-acknowledgement", True),
        ("closes", "Thank you for reading. We promise to keep our rate below 1%.", "no-commitment", False),
        ("cause", "FedEx lost a trailer in Utah and our helper Ivo was ill, so I packed everything alone.", "blame", True),
        ("cause", "FedEx came an hour earlier, and I packed alone, since I had planned no cover for Ivo.", "blame", False),
        ("cause", "The late lamps were the fault of GLS.", "blame", True),
        ("cause", "The late lamps were our own fault.", "blame", False),
        ("cause", "Our jars were too thin. It is not our mistake alone.", "blame", True),
        ("cause", "Our jars were too thin. Buyers only want a free jar.", "blame", True),
        ("cause", "Our jars were too thin. Amazon should look at the buyers first.", "blame", True),
        ("cause", "Our pictures are wrong, they really confused our customers.", "blame", False),
        ("cause", "Our pictures showed the jars a little bigger than they are.", "blame", False),
        ("cause", "Our jars were too thin. It is just a handful of orders.", "denial", True),
        ("closes", "We will keep our rate below 1%. Please answer within 36 hours.", "demanding", True),
        ("closes", "We will keep our rate below 1%. Please open the shop, otherwise I must see a lawyer.", "demanding", True),
        ("closes", "We will keep our rate below 1%. We hope to hear from you as soon as possible.", "demanding", False),
        ("closes", "We will keep our rate below 1%. We hope to hear from you as soon as possible.", "vague-action", False),
        ("closes", "We will keep our rate below 1%. We have no money for the wages.", "emotional", True),
        ("closes", "We will keep our rate below 1%. Please help us, we are only small shop.", "emotional", True),
        ("closes", "We will keep our rate below 1%. We have also taken steps to improve our stock list.", "vague-action", True),
        ("cause", "Our jars were too thin. It was not our mistake.", "denial", True),
        ("cause", "Our jars were too thin. We are not responsible for the late parcels.", "denial", True),
        ("cause", "Our jars were too thin. It was our mistake, not theirs.", "denial", False),
        ("cause", "The late dispatch came only because the Royal Mail was in strike and it was not on us.", "blame", True),
        ("cause", "In two cases the address had not been entered completely at checkout.", "vague-cause", True),
        ("cause", "The condition of the goods on arrival was misunderstood.", "blame", True),
        ("cause", "The parcels were delayed after they had been handed over, and the tracking was not updated.", "blame", True),
        ("cause", "The parcels had been mishandled in transit.", "blame", True),
        ("cause", "Our packing instructions were not followed and nobody looked into the boxes.", "blame", False),
        ("cause", "The address was cut off by our label template.", "blame", False),
        ("admits", "We are sorry if some buyers felt disappointed.", "no-acknowledgement", True),
        ("admits", "Mistakes were made and we regret that you see it this way.", "no-acknowledgement", True),
        ("admits", "We are sorry that some buyers were disappointed by our work.", "no-acknowledgement", False),
        ("closes", "We will keep our rate below 1%. We hope with all our heart for just one more opportunity.", "emotional", True),
        ("closes", "We will keep our rate below 1%. We hope for an opportunity to show the new boxes.", "emotional", False),
        ("closes", "We will keep our rate below 1%. Christmas is the best time and our family depends of it.", "emotional", True),
        ("closes", "We will keep our rate below 1%. Christmas is the busiest time of the year.", "emotional", False),
        ("closes", "We will keep our rate below 1%. My metrics were always green, I never had a problem.", "demanding", True),
        ("step", "We have taken the matter up with the buyers and raised awareness in the warehouse.", "vague-action", True),
    ],
)
def test_soft_words_in_a_whole_letter_are_weighed(place: str, words: str, rule: str, found: bool) -> None:  # noqa: FBT001 - a table of cases
    """A hedged step is none, a polite excuse is one, regret for Amazon's decision or pride admit nothing, and a promise needs no metric."""
    sound = {**_SOUND, "step": "From 12 June each carton is weighed."} if rule == "no-commitment" else _SOUND
    letter = _WHOLE.format(**{**sound, place: words})
    assert (rule in {finding.rule.id for finding in annotate(letter).findings}) == found


@pytest.mark.parametrize(
    "words",
    [
        "We enclose the invoices of March and April.",
        "Enclosed are four invoices from May 2026.",
        "Please find attached the invoices of our supplier.",
        "The invoices of our wholesaler are enclosed.",
        "I enclose the refund confirmations and the scan log for April.",
        "We join the invoices of Hartmann from 3 March 2026 for 60 units and the postal proofs.",
        "I attached three invoices, 120 sets, from February till August 2026.",
    ],
)
def test_what_is_enclosed_does_nothing_else(words: str) -> None:
    """A sentence that hands in papers is no step, no fact and no request, however it is put."""
    letter = _WHOLE.format(**{**_SOUND, "closes": f"{_SOUND['closes']} {words}"})
    assert [sentence.roles for sentence in annotate(letter).sentences if sentence.text == words] == [{Role.OTHER}]


_HALF = """Dear Amazon,

Our clocks went out in May as no clock should. The cartons had a single wall.{}

- On 4 May 2026 we bought thicker cartons.
"""


@pytest.mark.parametrize(("more", "found"), [("", False), (" The courier is to blame for all the rest.", True)])
def test_half_an_admission_is_taken_for_one_unless_the_letter_accuses(more: str, found: bool) -> None:  # noqa: FBT001 - a table of cases
    """What admits nearly keeps the letter from lacking an admission; beside an accusation it does not."""
    assert ("no-acknowledgement" in {finding.rule.id for finding in annotate(_HALF.format(more)).findings}) == found


def test_each_cause_without_a_name_or_an_answer_is_told() -> None:
    """Of several causes that name nothing each is a finding, and each is open where no step prevents anything; errors come first."""
    vague = "Some processes did not work as they should. Our internal communication could have been better."
    letter = f"We let four buyers down.\n\nCauses\n{vague}\n\nDone\n- On 4 May 2026 we refunded the four buyers.\n"
    found = [finding.rule.id for finding in annotate(letter).findings]
    assert found.count("vague-cause") == 2
    open_causes = "Causes\n- Nobody counted the pieces.\n- Nobody read the messages.\n\nDone\n- We refunded four buyers.\n"
    findings = annotate(f"We let four buyers down.\n\n{open_causes}").findings
    assert [finding.rule.id for finding in findings].count("uncovered-cause") == 2
    assert [finding.severity for finding in findings] == sorted((finding.severity for finding in findings), key=SEVERITIES.index)


@pytest.mark.parametrize(("sure", "found"), [(True, True), (False, False)])
def test_an_admission_is_late_only_behind_what_surely_is_a_cause(sure: bool, found: bool) -> None:  # noqa: FBT001 - a table of cases
    """A sentence that is perhaps a cause does not make the admission behind it late."""
    text = "Three friends, one van: that is our shop. We are sorry."
    why, admission = frozenset({Role.CAUSE}), frozenset({Role.ACKNOWLEDGEMENT})
    first = Sentence(0, 41, text[:41], Layout.PROSE, 0, why, clear=why if sure else frozenset())
    second = Sentence(42, 55, text[42:], Layout.PROSE, 0, admission, clear=admission)
    assert bool([*late_acknowledgement(Draft((first, second), text))]) == found


@pytest.mark.parametrize(
    "words",
    [
        "Corrective actions: We cancelled the listings of 12 items on 9 May 2026.",
        "On 9 May 2026 we refund three buyer of cracked jar.",
        "We already speak with the carrier company, they promise it not happen again.",
        "We cancelled the listings of 12 items on 9 May 2026.",
        "I repaid the buyers.",
        "I have now tracking.",
    ],
)
def test_step_in_clipped_words_is_one(words: str) -> None:
    """What was done counts as done behind its label, in the present tense, beside another's promise, and where listings are cancelled."""
    letter = f"{_SOUND['admits']}\n\nOur packer used thin bags for glass jars.\n\n{words}\n\nPlease review our case."
    assert Role.ACTION_TAKEN in next(sentence.roles for sentence in annotate(letter).sentences if sentence.text == words)


@pytest.mark.parametrize("words", ["be more careful", "try our best", "improve our service"])
def test_step_in_name_alone_is_none(words: str) -> None:
    """What the seller calls a step and names no deed is a finding in an assembled letter as in a pasted one, and answers no cause."""
    step = {"what": words, "status": "planned", "answers": "c2"}
    letter = assemble(Case.model_validate(FULL | {"actions": [*FULL["actions"][1:], step]}))
    assert {"vague-action", "uncovered-cause"} <= {finding.rule.id for finding in annotate(letter).findings}
    assert "vague-action" in {finding.rule.id for finding in annotate(letter.text).findings}


def test_full_case_gives_a_letter_without_findings(full: Case) -> None:
    """A letter that was assembled from a full case has no fault that the kit knows of, for either kind of account."""
    for situation in ("existing", "new"):
        annotation = annotate(assemble(full.model_copy(update={"situation": situation})))
        assert [finding.rule.id for finding in annotation.findings] == []


def test_every_role_occurs_in_an_assembled_letter(full: Case) -> None:
    """A letter from a full case has every role."""
    assert {role for sentence in annotate(assemble(full)).sentences for role in sentence.roles} == set(Role)


# -- switching rules off ------------------------------------------------------------------------------------------------------


def test_ignored_rule_is_silent_and_named() -> None:
    """A rule that is switched off finds nothing, and the annotation says that it is off."""
    assert "no-plan" in {finding.rule.id for finding in annotate("We apologize.").findings}
    annotation = annotate("We apologize.", ignore=["no-plan", "no-cause"])
    assert not {"no-plan", "no-cause"} & {finding.rule.id for finding in annotation.findings}
    assert annotation.ignored == ("no-cause", "no-plan")


def test_unknown_rule_cannot_be_ignored() -> None:
    """Switching off a rule that does not exist is an error that names it."""
    with pytest.raises(ValueError, match="no such rule: bogus, no-idea"):
        annotate("", ignore=["no-idea", "no-plan", "bogus"])


# -- how it shows itself ------------------------------------------------------------------------------------------------------


def test_repr_has_one_line_a_sentence() -> None:
    """In a console the annotation is one line a sentence, with roles in a fixed order, and one that names the findings."""
    annotation = annotate(LETTER)
    lines = repr(annotation).splitlines()
    assert len(lines) == len(annotation.sentences) + 1
    for line, sentence in zip(lines, annotation.sentences, strict=False):
        assert line.startswith(f"{', '.join(sorted(sentence.roles))}: {' '.join(sentence.text.split())[:30]}")
    assert lines[1].endswith("…")
    assert re.fullmatch("findings: (?:none|[a-z, -]+)", lines[-1])
    assert repr(annotate("")) == "findings: none"


def test_notebook_shows_the_view() -> None:
    """In a notebook the annotation shows itself as the annotated letter."""
    annotation = annotate(LETTER)
    assert annotation._repr_html_() == to_html(annotation, "en")


def test_offsets_count_code_points() -> None:
    """Offsets count code points, so that a letter beyond the basic plane is cut where its reader would cut it."""
    text = "🧸🧸 Dear Amazon,\r\n\r\nWe are sorry.\r\n"
    for sentence in json.loads(to_json(annotate(text), "en"))["sentences"]:
        assert text[sentence["start"] : sentence["end"]] in {"🧸🧸 Dear Amazon,", "We are sorry."}


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("From: Joanne Hargreaves\nSent: 28 November 2026 09:15\nTo: Seller Performance\nSubject: RE: your account\n", 1),
        ("\r\nfrom: Joanne <jo@wick.example>\r\nsubject: Appeal\r\n", 1),
        ("Subject: Plan of action\n", 0),
        ("Date: 28 November 2026\nTo: Seller Performance\nSubject: Plan of action\n", 0),
        ("From: Wick & Willow\nDate: 28 November 2026\nTo: Seller Performance\n", 0),
    ],
)
def test_the_head_of_a_mail_above_a_letter_is_told(head: str, told: int) -> None:
    """What a mail program writes above a letter is to be taken out; what heads a letter of paper may stay."""
    letter = "\nDear Amazon,\n\nWe are sorry that our parcels were late in May 2026.\n"
    notes = [note for note in annotate(head + letter).notes if note.id == "mail-head"]
    assert [note.span.of(head).strip() for note in notes if note.span] == [head.strip()] * told


_TYPED = """Dear Seller Performance Team,

We apologise that four of our 12" pans were late between 2 and 19 March 2026. The courier is to blame for the delays, not us.

1. On 21 March 2026 we refunded the four buyers.
2. Every morning Lin Mei counts the shelf, and writes 100% of it down.

Please reinstate our account.

Kind regards,
Lin Mei"""


@pytest.mark.parametrize(
    "typed",
    [
        _TYPED.replace("is to blame", "is\nto blame"),
        _TYPED.replace("is to blame", "is\r\n   to blame"),
        _TYPED.replace("to blame", "to bla\u00adme"),
        _TYPED.replace("apologise", "apolo-\ngise").replace("refunded", "refun-\n   ded"),
        _TYPED.replace("1.", "\u200b1.").replace("2. Every", "\u200e2. Every"),
        _TYPED.replace("%", "\uff05").replace(",", "\uff0c").replace("Team\uff0c", "Team,").replace("regards\uff0c", "regards,"),
        *[_TYPED.replace(" ", space) for space in ("  ", "\t", "\u00a0", "\u2003", " \u200b")],
        *[_TYPED.replace("\n", end) for end in ("\r\n", "\r", "\v", "\u2028")],
        "\n".join(f"> {line}" for line in _TYPED.splitlines()),
    ],
)
def test_a_letter_is_judged_by_its_words_however_its_spaces_and_lines_were_typed(typed: str) -> None:
    """Lines that break anywhere, spaces of any kind, unseen characters and full-width signs change no role and no finding."""
    plain, found = annotate(_TYPED), annotate(typed)
    assert "blame" in {finding.rule.id for finding in plain.findings}
    assert [finding.rule.id for finding in found.findings] == [finding.rule.id for finding in plain.findings]
    assert [sentence.roles for sentence in found.sentences] == [sentence.roles for sentence in plain.sentences]
    (blamed,) = [finding.span for finding in found.findings if finding.rule.id == "blame" and finding.span]
    assert as_read(blamed.of(found.text).replace("> ", "")) == "The courier is to blame for the delays, not us."
    assert all(sentence.text == sentence.span.of(typed) for sentence in found.sentences)
    assert all(
        "blame" in as_read(span.of(typed)) for finding in found.findings if finding.rule.id == "blame" for span in found.reasons(finding)
    )


@pytest.mark.parametrize(
    ("behind", "blamed"),
    [("I knew about the strike, and used no other carrier.", False), ("The strike was in the news.", True)],
)
def test_what_a_carrier_failed_in_is_no_blame_where_the_next_sentence_owns_what_was_missing(behind: str, blamed: bool) -> None:  # noqa: FBT001
    """To name it is part of a cause then; without that it shifts the fault."""
    text = _TYPED.replace(
        "The courier is to blame for the delays, not us.",
        f"The parcels were handed over on time but stood still in the courier strike of 12 to 20 October. {behind}",
    )
    assert ("blame" in {finding.rule.id for finding in annotate(text).findings}) == blamed
