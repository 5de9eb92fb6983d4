"""Text to segments: offsets, layout, and where sentences end."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appealkit.segment import Layout, segment
from appealkit.sentences import sentence_spans

_BETWEEN = re.compile(r"(?:step\s?\d+|[ivx]{1,4}|[^\W_])?", re.IGNORECASE)
_PIECES = st.sampled_from(
    [
        "Dear Amazon,",
        "We failed.",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "- ",
        "1) ",
        "(a) ",
        "Step 2: ",
        "> ",
        "----",
        "…",
        "。",
        '"',
        "\u2019",
        "\u00a0",
        "Root cause:",
        "Regards,",
        "Mr. ",
        "3.5 ",
    ]
)


NAMES = re.compile(r"step|cause|reason|action|measure|point|problem|issue|fix|section|part", re.IGNORECASE)


def pieces(text: str) -> list[str]:
    """Return the words of each segment."""
    return [text[part.start : part.end] for part in segment(text)]


def layouts(text: str) -> list[str]:
    """Return the layout of each segment."""
    return [str(part.layout) for part in segment(text)]


@given(st.one_of(st.text(max_size=300), st.lists(_PIECES, max_size=40).map("".join)))
def test_segments_are_in_order_and_leave_out_no_words(text: str) -> None:
    """Segments follow each other without overlap, are never empty, and between them stands at most the sign of a list item."""
    end = 0
    for part in segment(text):
        assert end <= part.start < part.end <= len(text)
        for run in re.findall(r"[^\W_]+(?:\s\d+)?", text[end : part.start]):
            assert len(run) <= 7 or NAMES.match(run), (text, run)
        end = part.end
    assert not re.search(r"[^\W_]", text[end:])


MARKS = [
    *[
        "-",
        "•",
        "*",
        "\u2013",
        "+",
        "✓",
        "→",
        "~",
        "o",
        "->",
        "=>",
        "»",
        "☑",
        "✔\ufe0f",
        "➢",
        "√",
        "◆",
        "--",
        "[x]",
        "[ ]",
        "①",
        "❷",
        "⒈",
        "⓵",
        "1\ufe0f\u20e3",
        "§",
    ],
    *["1)", "1.", "(1)", "1.1)", "1.1", "1,", "1.)", "1/", "#1:", "§1", "1", "(a)", "a)", "iv)", "A1."],
    *["1-", "1.-", "1 .", "1 ,", "1 |", "<1>", "3a.", "a-", "b/", "No. 1:", "Nr. 2:"],
    *["Step 1:", "Step 1a:", "Step one:", "Item 1:", "#1", "[1]", "1\u00b0", "**1.**", "A -", "Cause 1:", "Point #1 -", "Fix 1)"],
]


@pytest.mark.parametrize("mark", MARKS)
def test_a_list_item_begins_behind_its_mark(mark: str) -> None:
    """Every usual list mark makes an item whose words begin behind it."""
    found = segment(f"Our plan:\n{mark} Every box is weighed.\n{mark} Every label is scanned.\n")
    assert [part.layout for part in found[1:]] == [Layout.ITEM, Layout.ITEM]
    assert pieces(f"Our plan:\n{mark} Every box is weighed.\n{mark} Every label is scanned.\n")[1] == "Every box is weighed."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("II. What we did\n\nA. We counted.\n\nB. We wrote.", ["heading", "item", "item"]),
        ("\u25c6 What we did\n\n\u25c7 We counted.\n\u25c7 We wrote.", ["heading", "item", "item"]),
        ("Step 1 (done): the twenty orders were sent by air at our cost\nStep 2 (running): two more keys", ["item", "item"]),
        (
            "We sold kits.\n\nWhat broke\n> Glass cracked.\n> No date.\n\nWhat we did\n> One.\n> Two.\n\nPlease answer.\n\nYours,\nLin",
            ["prose", "heading", "item", "item", "heading", "item", "item", "prose", "signoff"],
        ),
        ("Dear Amazon,\n\nWe failed.\n> We counted.\n> We wrote.\n\nRegards,\nLin", ["greeting", "prose", "item", "item", "signoff"]),
        ("- We copied the codes by hand from the list of the orders\nAnd now:\n- We scan.", ["item", "heading", "item"]),
        ("We sold the mugs of the old series from a list without a date\nReason: nobody had looked.", ["prose", "prose"]),
        (
            "1. Wrong cover. Two covers\n   looked alike.\n   Done: on 3 May we moved one.\n   From now on: Lin scans it.\n2. No date.",
            ["item"] * 4,
        ),
        ("Fix #1\nLin counts the shelf every evening at nine\nFix #2\n- Bo reads it", ["heading", "prose", "heading", "item"]),
        ("Week 2 (5 to 11 January 2026) | 88 orders | 7 late\nweek 3 (12 to 18 January 2026) | 102 orders | 11 late", ["prose", "prose"]),
        ("Causes\nA1 the lids cracked\nA2 the box was wet", ["heading", "item", "item"]),
        ("What we did\n2.1 10-08: 1,150 cases weighed\n2.2 10-09: 11 refunds paid back", ["heading", "item", "item"]),
        (
            "Q: What failed?\nA: We failed. No one looked.\n\nQ2. And now?\nA2: Lin looks.",
            ["heading", "prose", "prose", "heading", "prose"],
        ),
    ],
)
def test_points_of_a_list_stand_apart(text: str, expected: list[str]) -> None:
    """Headings have other marks than the points below them, and a point or a label begins anew even without a full stop before it."""
    assert layouts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A4 paper was sold out for a week.",
        "We had asked the post for a new contract in time, and nothing came before May\n10, 2026 at all.",
        "The parcels of the week that began on Monday, the\n12 May, were late.",
        "4 Buyers of mugs complained.",
        "Our buyers waited a whole week for the parcels that we had meant for the\n1 Hour service of the post.",
    ],
)
def test_a_number_that_counts_things_is_no_list_mark(text: str) -> None:
    """A number at the start of a line is a list mark only where it counts items."""
    assert layouts(text) == ["prose"]
    assert pieces(text) == [text]


@pytest.mark.parametrize(
    "heading", ["Root cause:", "ROOT CAUSE", "**Root cause**", "## Root cause", "【Root cause】", "1. Root cause", "Root cause\n----------"]
)
def test_a_heading_is_known_by_its_looks(heading: str) -> None:
    """A short line of its own that is marked, in capitals, or stands alone above a paragraph is a heading."""
    assert layouts(f"Dear Amazon,\n\n{heading}\n\nWe sold mugs that we had never counted.\n\nKind regards,\nLin")[1] == "heading"


@pytest.mark.parametrize(
    "heading",
    [
        "\n3. How we will avoid this problem in the future",
        "3. How to prevent it happen again",
        "\nwhat i do now",
    ],
)
@pytest.mark.parametrize("below", ["We count each shelf on Friday.", "- We count each shelf on Friday.\n- We weigh each box."])
def test_a_line_that_asks_and_does_not_stop_is_a_heading(heading: str, below: str) -> None:
    """What, why or how opens a heading, numbered or in small letters; a point among others stays one."""
    text = "We sold mugs that we had never counted.\n{}\n{}"
    assert layouts(text.format(heading, below))[1] == "heading"
    assert "heading" not in layouts(text.format("- What comes back is tested", below))
    assert "heading" not in layouts(text.format("3. What comes back is tested\n4. How it was packed is noted", below))


@pytest.mark.parametrize("apostrophe", ["'", "\u2019"])
def test_both_apostrophes_read_alike(apostrophe: str) -> None:
    """A curly apostrophe splits nothing that a straight one does not split."""
    assert pieces(f"We didn{apostrophe}t look. That{apostrophe}s on us.") == [f"We didn{apostrophe}t look.", f"That{apostrophe}s on us."]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(ends: str) -> None:
    """Line ends of any system give the same segments."""
    lines = ["Dear Amazon,", "", "We failed four buyers.", "", "Regards,", "Lin"]
    assert layouts(ends.join(lines)) == ["greeting", "prose", "signoff"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Lin packs approx. 40 boxes a day. Nobody checked.", ["Mr. Lin packs approx. 40 boxes a day.", "Nobody checked."]),
        ("The rate was 1.9 % at 5 p.m. on Friday. We saw it.", ["The rate was 1.9 % at 5 p.m. on Friday.", "We saw it."]),
        ("We sell on amazon.co.uk and amazon.de. It fell.", ["We sell on amazon.co.uk and amazon.de.", "It fell."]),
        ("Orders were late.We are sorry.", ["Orders were late.", "We are sorry."]),
        ("我們失敗了。我們道歉\uff01真的。", ["我們失敗了。", "我們道歉\uff01", "真的。"]),
        (
            'A buyer wrote "It broke. Shame on you." and was right. We agree.',
            ['A buyer wrote "It broke. Shame on you." and was right.', "We agree."],
        ),
        ("Why? Because! We forgot.", ["Why?", "Because!", "We forgot."]),
        (
            "Lenz S.n.c. in Asti, i. e. the mill, packs. On Mon. and Thu. we look.",
            ["Lenz S.n.c. in Asti, i. e. the mill, packs.", "On Mon. and Thu. we look."],
        ),
        ("It was stored in the sun. Cups crack.", ["It was stored in the sun.", "Cups crack."]),
        ("Cuffs made | Lenz sen. | 7 January", ["Cuffs made | Lenz sen. | 7 January"]),
        ("Bo was away from 12.10. to 23.10. and nobody packed.", ["Bo was away from 12.10. to 23.10. and nobody packed."]),
        ("It came on 27.11. and broke. On 28.11. Lin saw it.", ["It came on 27.11. and broke.", "On 28.11. Lin saw it."]),
        ("Lin left on 27.11. Bo packs. We saw it on 3.12. The", ["Lin left on 27.11.", "Bo packs.", "We saw it on 3.12.", "The"]),
        ("Our rate was 2.5. it is high. We sold 12. 3. Ten", ["Our rate was 2.5.", "it is high.", "We sold 12.", "3.", "Ten"]),
        ("Mr. J. Lin sold it for 9 V. We had read 12 V.", ["Mr. J. Lin sold it for 9 V.", "We had read 12 V."]),
        ("It was still on sale in store B. 15 of 310 were cancelled.", ["It was still on sale in store B.", "15 of 310 were cancelled."]),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(text: str, expected: list[str]) -> None:
    """Abbreviations, addresses and quotations do not end a sentence; a full stop without a space behind it does."""
    assert pieces(text) == expected


def test_a_pasted_notice_is_set_apart() -> None:
    """Amazon's own lines above the letter, and lines behind `>`, are a notice; the seller's lines below are not."""
    notice = "Hello,\nYour selling privileges have been removed.\nPlease send us a plan of action.\nSeller Performance Team\n\n"
    letter = "Dear Amazon,\nWe failed four buyers in May."
    found = layouts(notice + letter)
    assert set(found[:-2]) == {"notice"}
    assert found[-2:] == ["greeting", "prose"]
    pasted = "--- Message from Amazon ---\nYour account is deactivated.\nWe are sorry for any inconvenience.\n"
    assert layouts(f"{pasted}--- End of message ---\n\nReply of Lin, Wuhu\n\nWe failed four buyers.")[:4] == ["notice"] * 4
    assert layouts(f"{pasted}\n== our answer ==\n\nWe failed four buyers.")[-1] == "prose"
    assert layouts("> Your account was closed.\n> Send a plan.\n\nWe failed four buyers.") == ["notice", "notice", "prose"]


@pytest.mark.parametrize(
    "closing",
    [
        *["Kind regards,\nLin\nBlue Kite", "Thank you.\nSincerely\nLin", "Yours faithfully\nLin, Blue Kite Ltd.", "Cheers,\nLin"],
        *[
            "Lin Bo\nBlue Kite Kft.",
            "mika\nfox & fern shirts",
            "Blue Kite d.o.o.\nThe management",
            "xo\nLin",
            "Best wishes for your work\nLin Bo",
            "Thank you very much \U0001f64f\U0001f64f\n陳志明",
            "Thank you very much \u2764\ufe0f !!\nLin",
            "Thank you and God bless\nS. Barr\nMoor Lamps",
            "Thanks & kindest regards\nLin",
        ],
    ],
)
def test_the_closing_block_is_one_segment(closing: str) -> None:
    """Valediction, name and store are one segment."""
    text = f"Dear Amazon,\n\nWe failed four buyers in May.\n\n{closing}"
    assert pieces(text)[-1] == closing
    assert layouts(text)[-1] == "signoff"


def test_a_line_that_its_writer_broke_begins_anew() -> None:
    """Where the next word would have had room, the page did not break the line: lines without marks are points of their own."""
    points = [
        "stock table moved to another programme on 4 May by Lin",
        "a copy is sent to my own address automatically each night",
        "Bo reads it",
    ]
    text = (
        "Done:\n"
        + "\n".join(points)
        + "\n\nWe sold mugs from a sheet that nobody had compared with the shelf since the autumn of that year, and so we failed."
    )
    assert pieces(text)[1:4] == points


def test_a_last_line_that_says_something_is_no_name() -> None:
    """A short line at the end is prose when it asks or tells, whatever stands above it."""
    assert layouts("We failed four buyers in May.\n\nRequest\nplease open our shop")[-1] == "prose"


@pytest.mark.parametrize("greeting", ["Amazon team, good day.", "Dear Amazon team, good afternoon.", "Hello, Amazon team."])
def test_a_greeting_may_have_two_parts(greeting: str) -> None:
    """What follows the comma of a greeting belongs to it when it greets as well."""
    assert pieces(f"{greeting} We failed four buyers.") == [greeting, "We failed four buyers."]


def test_wrapped_lines_belong_together() -> None:
    """A sentence goes on in the next line, in prose as in an indented list item."""
    prose = "We sold mugs from a sheet that nobody had compared with the shelf since\nthe autumn.\n\n"
    text = prose + "- Lin counts the shelf\n  every Monday.\n- Bo reads the sheet.\n"
    assert layouts(text) == ["prose", "item", "item"]
    assert pieces("We answer your notice in full and without leaving anything out of it at all, point by point.\n\n" + prose) == [
        "We answer your notice in full and without leaving anything out of it at all, point by point.",
        prose.strip(),
    ]


@pytest.mark.parametrize("text", ["", " \n\t", "\u00a0", "-----\n====="])
def test_a_text_without_words_has_no_segment(text: str) -> None:
    """White space and ruled lines give nothing."""
    assert segment(text) == ()


@pytest.mark.parametrize("unit", ["a ", "- \n", "(", '"', ". ", "1", "\n", "A:\n\n", "word "])
def test_long_monotonous_texts_are_read_to_the_end(unit: str) -> None:
    """A hundred thousand characters of the same give segments that cover them."""
    text = (unit * 100_000)[:100_000]
    assert all(a.end <= b.start for a, b in zip(segment(text), segment(text)[1:], strict=False))


@pytest.mark.parametrize(
    "marks",
    [
        "（1）|（2）|（3）",
        "一、|二、|三、",
        "（一）|（二）|（三）",
        "１）|２）|３）",
        "第一，|第二，|第三，",
        "第1、|第2、|第3、",
        "十、|十一、|十二、",
    ],
)
def test_marks_of_a_chinese_keyboard_are_list_marks(marks: str) -> None:
    """Full-width brackets and Chinese numerals mark a point as well as “1.” does, and are no words of it."""
    steps = ["On 2 June 2026 we refunded the five buyers.", "On 4 June 2026 we bought boxes.", "Since 5 June 2026 Kim shakes each box."]
    text = "What we have done\n" + "\n".join(f"{mark}{step}" for mark, step in zip(marks.split("|"), steps, strict=True))
    points = [text[one.start : one.end] for one in segment(text) if one.layout is Layout.ITEM]
    assert points == steps


@pytest.mark.parametrize("street", ["Lindenstr. 4", "Berliner Str. 12", "Avda. de América 4", "av. Victor Hugo", "ul. Długa 4"])
def test_abbreviated_street_ends_no_sentence(street: str) -> None:
    """The full stop of a street belongs to it, also where the name goes on; a usual first word behind it begins a sentence."""
    text = f"We went to {street}, Köln, on 4 May. We saw it."
    assert [text[slice(*span)] for span in sentence_spans(text)] == [f"We went to {street}, Köln, on 4 May.", "We saw it."]
    assert len(sentence_spans("We moved into the Lindenstr. We count each shelf.")) == 2


NOTICE_BELOW = (
    "Hello,\n\nYour selling account has been deactivated. Your rate exceeds our target of less than 1%.\n\n"
    "How do I reactivate my account?\nTo reactivate your account, please send us a plan of action that explains:\n-- The root cause."
)
QUOTED_BELOW = "\n".join(f"> {line}" for line in NOTICE_BELOW.splitlines())


@pytest.mark.parametrize(
    "below",
    [
        f"On Mon, 30 Nov 2026 at 09:14, Amazon <a@amazon.example> wrote:\n\n{QUOTED_BELOW}",
        f"On Mon, 30 Nov 2026 at 09:14, Amazon Seller Performance\n<a@amazon.example> wrote:\n\n{QUOTED_BELOW}",
        f"Am Mo., 30. Nov. 2026 um 09:14 schrieb Amazon <a@amazon.example>:\n\n{QUOTED_BELOW}",
        f"-----Original Message-----\nFrom: Amazon\nSent: 30 November 2026 09:14\nTo: Lin\nSubject: Your account\n\n{NOTICE_BELOW}",
        f"From: Amazon\nSent: 30 November 2026 09:14\nTo: Lin Mei\nSubject: Your account\n\n{NOTICE_BELOW}",
        f"Von: Amazon\nGesendet: 30. November 2026\nAn: Lin Mei\nBetreff: Konto\n\n{NOTICE_BELOW}",
        QUOTED_BELOW,
    ],
)
def test_an_earlier_mail_below_the_letter_is_set_apart(below: str) -> None:
    """A reply ends where the mail begins that it answers: the letter is cut as without it, and the rest is Amazon's."""
    letter = "Dear Amazon Team,\n\nWe failed four buyers.\n\n1. We refunded them.\n2. We count daily.\n\nPlease answer.\n\nYours,\nLin"
    found = segment(f"{letter}\n\n{below}")
    alone = segment(letter)
    assert found[: len(alone)] == alone
    assert {part.layout for part in found[len(alone) :]} == {Layout.NOTICE}


def test_a_mail_above_the_letter_leaves_the_letter() -> None:
    """What stands below the head of a mail, and speaks as the seller, is the letter."""
    letter = "Dear Amazon Team,\n\nWe are sorry that we failed four buyers."
    found = segment(f"Fwd:\n-----Original Message-----\nFrom: Amazon\nSent: 30 November 2026\nTo: Lin\n\n{NOTICE_BELOW}\n\n{letter}")
    assert found[-1].layout is Layout.PROSE
    assert pieces(letter)[-1] == "We are sorry that we failed four buyers."
