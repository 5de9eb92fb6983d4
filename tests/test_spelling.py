"""What is a misspelling and what is none; that names, brands and codes are left alone; that no text is slow."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spellchecker import SpellChecker

from appealkit.spelling import COMMON, SUGGESTIONS, Misspelling, _common, _sorted, misspellings, suggest
from appealkit.tables import load
from tests.letters import labelled

SLIPS = {
    # a letter doubled, or not doubled
    "adress": "address",
    "begining": "beginning",
    "comming": "coming",
    "offerred": "offered",
    "shippment": "shipment",
    "acommodate": "accommodate",
    "necesary": "necessary",
    # two letters in the wrong order
    "recieved": "received",
    "peice": "piece",
    "guage": "gauge",
    "beleive": "believe",
    "freind": "friend",
    # a vowel for another
    "seperate": "separate",
    "responsability": "responsibility",
    "definately": "definitely",
    "garantee": "guarantee",
    # a letter left out, or one too many
    "temprature": "temperature",
    "inconvenence": "inconvenience",
    "evning": "evening",
    "befor": "before",
    "happend": "happened",
    "heared": "heard",
    "truely": "truly",
    # a consonant that sounds alike, or lies beside on the keyboard
    "purchace": "purchase",
    "twise": "twice",
    "warehpuse": "warehouse",
    # two slips
    "definatly": "definitely",
    "restorant": "restaurant",
    "imediatly": "immediately",
    # endings
    "replys": "replies",
    "permited": "permitted",
    "usefull": "useful",
    # short words, and slips that make a rare word
    "teh": "the",
    "wich": "which",
    "becuase": "because",
    "untill": "until",
    "wether": "whether",
    "oder": "order",
    # words of the trade
    "dropshiping": "dropshipping",
    "reimbursment": "reimbursement",
    "screenshoot": "screenshot",
    "apologis": "apologise",
    # no space
    "inthe": "in the",
    "ofthe": "of the",
    "ourcustomers": "our customers",
    "theworkshop": "the workshop",
    "weekago": "week ago",
    "answerall": "answer all",
    "alabel": "a label",
    "itgoes": "it goes",
    "alot": "a lot",
    "donot": "do not",
    "toAmazon": "to Amazon",
    "ofMay": "of May",
    "trackingnumber": "tracking number",
    # no apostrophe
    "dont": "don't",
    "hadnt": "hadn't",
    "wasnt": "wasn't",
    "ive": "I've",
    "im": "I'm",
    "thats": "that's",
    "cant": "can't",
    "did'nt": "didn't",
    "did\u2019nt": "didn't",
}
RIGHT = [
    # both spellings of a word
    "We apologise for the grey colour, the cancelled orders and the mislabelled litre jars at our centre.",
    "We apologize for the gray color, the canceled orders and the mislabeled liter jars at our center.",
    "We organise, organize, analyse, analyze, recognise and recognize; labour, labor, defence, defense, mould, mold, tyre and tire.",
    "Our licence was renewed, the jewellery fulfils the programme, and the woollen pyjamas were dispatched by aeroplane.",
    # apostrophes, straight and curly
    "We don't, we didn't, we're, we've and it's; the buyers' orders, the depot's list and o'clock.",
    "We don\u2019t, we didn\u2019t, we\u2019re, we\u2019ve and it\u2019s; the buyers\u2019 orders, the depot\u2019s list and o\u2019clock.",
    # names and brands
    "Mr. Hsueh and Ms. Tsai of Kwikpak Logistik GmbH spoke to Zuzanna Wroblewska in Krakow.",
    "Royal Mail, Evri, PayPal, ShipStation, BaseLinker, eBay, iPhone, inFlow and Veeqo",
    "we pay by wechat, sell on etsy and tmall too, and ship with dpd, inpost and delhivery",
    "Achieng checks the parcels, Toupin packs them, and Karim signs. Marisela counts.",
    # codes, units, addresses
    "ASIN B0QZX17WVL and SKU KX-99-recieved1 in a 12x12x30cm carton of 450ml, 5kg, 3pcs, 2nd batch",
    "ODR, LSR, VTR, FBA, RECIEVED and A-to-z",
    "Write to recived@shippment.example, see https://www.recived.example/adress or recived.example, tag @recived #adress.",
    # the trade
    "We dropship no more: each polybag is relabelled, restocked, repacked and palletised after the handover and the unboxing check.",
    "The waybill, the chargebacks, the feedbacks, a new lightbox, the repricer, two touchpoints and an onsite workflow.",
    "Shrinkwrapped, stickered, overboxed, misshipped, delisted, unshipped, reuploaded and resynced.",
    # goods from everywhere
    "sencha, matcha, kilim, dupatta, churchkhela, molcajetes, tealight, macarons, hoodies, bedsheets, keycaps and oximeters",
    "lapis lazuli, crocs, carbs, rebar, a smurf, monstera, a pro forma invoice and vice versa",
    # forms of known words, compounds
    "an excluder, two downloaders, a re-check, pre-shipment photos, non-slip, follow-up, hand-thrown, underperformance",
    # words of other people, and blanks
    'One buyer wrote: "I recived the wrong colour, its definatly not blue."',
    "The game \u201cSeperate Wayz\u201d and the card 'Adress Unknwon' were mixed up.",
    "On [dato hier] the {{storre}} of <yor name> was closed.",
    # other mistakes than spelling
    "The buyer have waited five day for there answer, and he get his money back.",
    "Parcels left late.We were two people,and one was ill.",
    # other scripts
    "\u6211\u5011\u5f88\u62b1\u6b49 S\u00f8ren F\u00e1tima Percuss\u00e3o \U0001f600",
]


@pytest.mark.parametrize(("word", "meant"), SLIPS.items())
def test_a_slip_is_found_and_its_word_suggested_first(word: str, meant: str) -> None:
    """Each kind of slip is found, with what was meant as the first suggestion."""
    text = f"we saw {word} again and then we sent one more parcel"
    assert [slip.suggestions[0] for slip in misspellings(text)] == [meant]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_no_misspelling_is_left_alone(text: str) -> None:
    """Names, codes, trade words, both spellings of English and other people's words are no findings."""
    enough = " and it is all right with us if you look at it again on the day of the week that you like" * 3
    assert misspellings(text + enough) == ()


def test_another_language_is_left_alone() -> None:
    """Where a third of the words are unknown, they are words of another language."""
    assert misspellings("Buenas tardes, les pedimos que revisen la cuenta de nuestra empresa familiar.") == ()


def test_a_capital_at_the_start_is_no_name_by_itself() -> None:
    """At the start of a sentence a slip of a plain kind is found and its suggestion has a capital; in the middle it could be a name."""
    assert suggest("Seperate") == ("Separate",)
    assert [slip.word for slip in misspellings("Seperate boxes came. Shiping labels: Thats all.")] == ["Seperate", "Shiping", "Thats"]
    assert misspellings("We bought it from Seperate and Shiping.") == ()
    assert misspellings("Mrs. Shiping and our agent, Lic. Choque, sign it.") == ()
    assert [slip.word for slip in misspellings("It came on Saterday, 2nd Febuary.")] == ["Saterday", "Febuary"]


def test_among_names_only_what_can_be_no_name_is_found() -> None:
    """A greeting or a closing line is made of names, but a misspelt set phrase in it is found."""
    assert misspellings("Sincerly,\nOfelia Shiping, shiping and co", names=True) == (*misspellings("Sincerly,"),)
    assert [slip.suggestions for slip in misspellings("Your's faithfully,", names=True)] == [("Yours",)]


def test_a_span_covers_the_word() -> None:
    """The span leads to the word in the text, each time that it occurs."""
    text = "Before\u00a0that we recived it, and\nthey recived it."
    slips = misspellings(text)
    assert [(text[start:end], word) for (start, end), word, _ in slips] == [("recived", "recived")] * 2


def test_suggestions_are_few_and_come_in_a_fixed_order() -> None:
    """The likeliest stands first, and there are at most three."""
    assert suggest("happend") == ("happened", "happen", "happens")
    assert suggest("befor") == ("before", "be for")
    assert suggest("acces") == ("access",)


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    """No text is an error, and whatever is found lies in the text, in order, with suggestions that differ from it."""
    slips = misspellings(text)
    assert [slip.span for slip in slips] == sorted(slip.span for slip in slips)
    for (start, end), word, suggestions in slips:
        assert text[start:end] == word
        assert 0 < len(suggestions) <= SUGGESTIONS
        assert word not in suggestions


@given(st.lists(st.sampled_from([*SLIPS, "the", "we", "Zuzanna", '"', "'", "\u2019", "[", ".", "\n", "@", "B0QZX17WVL", "a-b"])))
def test_any_mixture_is_read(words: list[str]) -> None:
    """Slips among quotation marks, brackets and names keep their spans too."""
    text = " ".join(words)
    for (start, end), word, suggestions in misspellings(text):
        assert text[start:end] == word
        assert suggestions


@pytest.mark.parametrize("piece", ["a", "a ", "recived", "recived ", '"recived ', "'recived ", "recived@", "a/", "_a", "\u2019a", "Xqzt "])
def test_a_long_text_of_anything_is_read(piece: str) -> None:
    """A hundred thousand characters of anything are read, and what is found stands in the text; `bench_annotate` measures how fast."""
    text = piece * (100_000 // len(piece)) + " recived"
    assert all(text[start:end] == word for (start, end), word, _ in misspellings(text))


def test_a_long_token_is_no_word() -> None:
    """Beyond forty letters nothing is looked at."""
    assert misspellings("the " + "recived" * 6) == ()


def test_the_list_is_that_of_the_library() -> None:
    """The short way to the list gives the same words and counts as the library's own."""
    library = SpellChecker().word_frequency.dictionary
    words, common = _sorted(), _common()
    assert len(words) > 100_000
    assert [word.decode() for word in words] == sorted(library)
    own = {word for key in ("trade", "british") for word in load("spelling.toml")[key].split()}
    assert {word: count for word, count in common.items() if word not in own} == {
        word: count for word, count in library.items() if count >= COMMON and word not in own
    }


@pytest.mark.parametrize("key", ["trade", "british", "words", "glue", "contraction"])
def test_the_words_of_the_kit_are_right(key: str) -> None:
    """No word that the kit adds is itself taken for a slip."""
    words = load("spelling.toml")[key].split()
    assert words
    assert [word for word in words if misspellings(word)] == []


def test_what_a_known_slip_stands_for_is_right() -> None:
    """What is suggested for a well-known misspelling is no misspelling, and each entry is found."""
    table = load("spelling.toml")["misspelt"]
    assert table
    assert [meant for meant in table.values() if misspellings(meant)] == []
    assert [slip for slip, meant in table.items() if suggest(slip) != (meant,)] == []


def test_labelled_letters_are_judged_as_labelled() -> None:
    """On the letters for tuning there is no false alarm, and of those with a misspelling nineteen in twenty are found."""
    letters = labelled("tune")
    assert letters
    misspelt = {letter["id"] for letter in letters if "misspelling" in letter["findings"]}
    found = {letter["id"] for letter in letters for sentence in letter["sentences"] if _slips_of(letter["text"], sentence)}
    assert found - misspelt == set()
    assert len(found) >= 0.95 * len(misspelt)


def _slips_of(text: str, sentence: dict[str, Any]) -> tuple[Misspelling, ...]:
    names = not {"greeting", "signoff"}.isdisjoint(sentence["roles"])
    return misspellings(text[sentence["start"] : sentence["end"]], names=names)
