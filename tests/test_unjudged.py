"""What is no letter to Amazon gets one sentence that says why; a real draft, however odd or short, is judged."""

import json
from pathlib import Path

import pytest
import tomli

from appealkit.annotate import annotate
from appealkit.language import Lang, say
from appealkit.render import to_html, to_json, to_text
from appealkit.roles import Role, read
from appealkit.segment import segment
from appealkit.unjudged import why_unjudged
from appealkit.widgets.notice import NoticeReader
from tests.letters import labelled
from tests.test_annotate import LETTER

NOTICE = "Hello,\n\nWe removed your selling privileges.\nPlease send us a plan of action.\n\nSeller Performance Team\nAmazon.com\nhttp://www.amazon.com\n\n"
BEFORE_MAIL = "Dear Seller Performance Team,\n\nWe are sorry that 12 of our orders were late. {}\n"


def texts(part: str, kind: str) -> dict[str, str]:
    """Return the texts of a kind that were written for this, by name."""
    table = tomli.loads((Path(__file__).parent / "letters" / "other" / f"{part}.toml").read_text(encoding="utf-8"))
    return {name: text.strip() for name, text in table[kind].items()}


@pytest.mark.parametrize(("part", "least"), [("tuned", 0.85), ("held", 0.7)])
def test_what_is_no_letter_is_not_judged(part: str, least: float) -> None:
    """Advertisements, CVs, poems, terms, essays, chats and the like are mostly told from letters, also those that nothing was chosen by."""
    remarks = [annotate(text).remark for text in texts(part, "no-letter").values()]
    assert len(remarks) > 35
    assert sum(map(bool, remarks)) >= least * len(remarks)


@pytest.mark.parametrize("part", ["tuned", "held"])
def test_draft_is_judged_however_odd(part: str) -> None:
    """Nobody who has begun a letter is sent away: three excuses, bare points, a telegram, a template, rage or headings alone are judged."""
    drafts = texts(part, "draft")
    assert len(drafts) == 20
    assert {name: annotate(text).remark for name, text in drafts.items()} == dict.fromkeys(drafts, "")


def is_refused(text: str) -> bool:
    """Tell whether a text is taken for no letter, without judging it."""
    return why_unjudged(text, read(text, segment(text))) is not None


def test_letters_of_people_are_judged() -> None:
    """No letter that was held back is refused (`test_letters` tells of the others); of passages, mostly one sentence, hardly any is."""
    assert not [letter["id"] for letter in labelled("held") if is_refused(letter["text"])]
    passages = labelled("passages")
    assert sum(is_refused(passage["text"]) for passage in passages) < len(passages) * 0.02


MAIL = """From: Amazon Marketplace <seller-notification@amazon.co.uk>
To: quiet.heron@example.com
Date: Mon, 23 Nov 2026 09:14:02 +0000
Subject: Your account is at risk
Reply-To: no-reply@amazon.co.uk
Message-ID: <0102018b@example.com>
Content-Type: text/plain

"""
ASKED = """Hello Quiet Heron Lamps,

Buyers complained about two things:

1. Orders arrived later than promised.
2. The lamp is another than the one in the picture.

To keep selling, explain for each the root cause, the actions you took and how you will prevent a repeat. {}"""


@pytest.mark.parametrize(
    "text",
    [
        MAIL + ASKED.format("Send it within 7 days."),
        ASKED.format("You have 7 days.") + "\n\nBest regards,\nAmazon Marketplace",
        ASKED.format("Your account stays open until then."),
    ],
)
def test_notice_in_place_of_a_letter_is_told(text: str, lang: Lang) -> None:
    """Amazon's mail, with its headers and its list, is no letter that lacks an admission: one sentence says where it goes."""
    assert annotate(text).remark == "only-notice"
    reader = NoticeReader(text, text, lang=lang)
    assert say("remark.only-notice", lang) in reader.shown.text


@pytest.mark.parametrize(
    "text",
    [
        ASKED.format("Your account stays open.") + "\n\nWe are sorry for both. The lamps were late because nobody printed the list.",
        "Dear Seller Performance,\n\nOur lamps left late, and it was our fault.\n\nCopy to: Seller Performance, Amazon.co.uk",
        "You asked for a plan. Your buyers waited for lamps that you took off sale, since nobody counted them. Now we count daily.",
    ],
)
def test_letter_with_words_of_amazons_is_judged(text: str) -> None:
    """A letter that quotes the notice, names Amazon below, or speaks to the reader stays a letter."""
    assert annotate(text).remark == ""


@pytest.mark.parametrize(
    ("name", "reason", "shown"),
    [
        ("advert", "advertisement", "“order now”"),
        ("cv", "CV", "“education”"),
        ("poem", "rhyme", "“wet / regret”"),
        ("terms", "terms of sale", "“terms of”"),
        ("essay", "essay", "“online marketplaces”"),
        ("recipe", "recipe", "“butter”"),
        ("diary", "no word in it is about an account", ""),
        ("manual", "nobody in it says", ""),
        ("word", "“ok” is too little", ""),
    ],
)
def test_remark_says_by_what_it_was_decided(name: str, reason: str, shown: str) -> None:
    """The remark names the kind of text and quotes its words, or says what is missing."""
    told = to_text(annotate(texts("tuned", "no-letter")[name]), "en")
    assert reason in told
    assert shown in told
    assert "\n" not in told


@pytest.mark.parametrize(
    "text", ["", NOTICE, "ok", "我們很抱歉。", "def add(a, b): return a + b  # the sum of the two numbers that are given"]
)
def test_tally_of_several_letters_names_every_remark(text: str, lang: Lang) -> None:
    """What is not judged is so in a folder of letters, too, in a few words."""
    assert say(f"check.tally.{annotate(text).remark}", lang)


def test_unjudged_text_bears_no_labels(lang: Lang) -> None:
    """A text that is not judged is shown without labels, marks and table; the JSON keeps its sentences, of which none does anything."""
    annotation = annotate(texts("tuned", "no-letter")["cv"])
    assert annotation.unjudged
    assert to_text(annotation, lang) == annotation.unjudged.say(lang)
    page = to_html(annotation, lang)
    assert "<mark" not in page
    assert "<table" not in page
    told = json.loads(to_json(annotation, lang))
    assert told["remark"] == {"id": "not-a-letter", "message": annotation.unjudged.say(lang)}
    assert [(sentence["roles"], sentence["cues"]) for sentence in told["sentences"]] == [([Role.OTHER], [])] * len(annotation.sentences)


def test_notice_above_a_letter_is_told(lang: Lang) -> None:
    """A pasted notice is left out of the judgement, and the views say so with how many lines it has, in one line."""
    annotation = annotate(NOTICE + LETTER)
    assert [(note.id, note.number) for note in annotation.notes] == [("left-out", 6)]
    (told,) = (note.say(lang) for note in annotation.notes)
    assert "6" in told
    assert told in to_text(annotation, lang).splitlines()
    assert told.replace("'", "&#39;") in to_html(annotation, lang)
    assert json.loads(to_json(annotation, lang))["notes"] == [
        {"id": "left-out", "message": told, "span": {"start": 0, "end": len(NOTICE) - 2}}
    ]
    assert annotate(LETTER).notes == ()
    assert told in str(NoticeReader(NOTICE, NOTICE + LETTER, lang=lang).shown).splitlines()


def test_sentences_that_are_no_part_of_a_plan_are_named(lang: Lang) -> None:
    """What the check cannot place is shown, so that nobody takes its silence for praise; thanks and papers are no matter of it."""
    beyond = ["We are a small shop by the sea.", "The gulls are loud this year."]
    letter = f"{LETTER}\n\n{' '.join(beyond)} Thank you for reading.\n\nEnclosed:\n- two invoices"
    (note,) = (note for note in annotate(letter).notes if note.id == "no-part")
    assert (note.words, note.number) == (tuple(beyond), 2)
    assert all(words in note.say(lang) for words in beyond)
    assert "no-part" not in {note.id for note in annotate(LETTER).notes}


@pytest.mark.parametrize(
    ("told", "impossible"),
    [
        ("On 31 November 2026 we refunded four buyers.", ["31 November 2026"]),
        ("From 3 March to 31 April 2026 four parcels came late.", ["3 March to 31 April 2026"]),
        ("Between 2026-11-20 and 2026-11-09 no parcel left; on 2026-02-29 and 30/02/2026 we refunded.", 3),
        ("On 29 February 2024, on February 29 and on 31/12/2026 we refunded.", []),
        ("Of our 45 may orders 60 may be late, and part 45-13-2026 is sold out.", []),
    ],
)
def test_a_day_that_no_calendar_has_is_told(told: str, impossible: list[str] | int, lang: Lang) -> None:
    """Whoever writes 31 November learns that there is none; a number beside a word such as “may” is no day."""
    annotation = annotate(f"{LETTER}\n\n{told}")
    words = [note.words[0] for note in annotation.notes if note.id == "impossible-day"]
    assert impossible in (words, len(words))
    assert all(word in note.say(lang) for word, note in zip(words, annotation.notes, strict=True))


@pytest.mark.parametrize(
    ("letter", "firm"),
    [
        (LETTER.replace("Dear Seller Performance", "Dear eBay Trust and Safety Team"), "eBay"),
        (BEFORE_MAIL.format("If eBay could just take another look, that would be great."), "eBay"),
        (BEFORE_MAIL.format("Please reinstate our Etsy account."), "Etsy"),
        (BEFORE_MAIL.format("We ask the Walmart team to review our plan and lift the restriction."), "Walmart"),
        (BEFORE_MAIL.format("We also sell on eBay. Please reinstate our selling privileges."), ""),
        (BEFORE_MAIL.format("Please open our account by Friday, or we take our goods to Walmart."), ""),
        (BEFORE_MAIL.format("Please note that we have sold on Etsy since 2019, and review our account."), ""),
        (LETTER.replace("Dear Seller Performance", "Dear Amazon team (copy to our eBay colleagues)"), ""),
    ],
)
def test_another_firm_that_is_asked_to_act_is_told(letter: str, firm: str) -> None:
    """A letter that greets or asks another firm is told so with its words; to sell there too is no such case."""
    annotation = annotate(letter)
    told = [note for note in annotation.notes if note.id == "elsewhere"]
    assert [note.words for note in told] == ([(firm,)] if firm else [])
    assert all(f"“{firm}”" in to_text(annotation, "en") and letter[slice(*note.span)] == firm for note in told if note.span)


def test_chinese_among_english_is_named(lang: Lang) -> None:
    """A text of both is refused for the words that its reader cannot read, and not for a want of English ones."""
    text = "Dear Amazon,\n我們深感抱歉。We didn't check the size chart of curtain. 之後，我們會每天檢查。 Sincerely, Yi-chun"
    remark = annotate(text).unjudged
    assert remark
    assert (remark.id, remark.words) == ("not-english", ("我們深感抱歉", "之後，我們會每天檢查"))
    assert "之後，我們會每天檢查" in remark.say(lang)
