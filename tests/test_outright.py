"""What words say outright is found whatever stands around it, and not in what only has the same words."""

import pytest

from appealkit.annotate import annotate
from appealkit.outright import outright
from appealkit.roles import Role

FAULTS = {
    "blame": [
        "Nobody told me about any of these rules.",
        "I was never told about these rules.",
        "The parcel lay in the sun, and there is nothing I could have done.",
        "It was an act of God.",
        "The buyer could have simply messaged me.",
        "She never even gave me a chance to put it right.",
        "Amazon should have warned sellers about the heat wave.",
        "How was I supposed to know?",
        "It is the landlord's fault that nobody could get in.",
        "The landlord should answer for this, not we.",
        "The fault was by DHL.",
        "The fault lies with our supplier.",
        "Buyer don't know how to wash the linen, so the towel shrink.",
        "Customers never bother to read the page.",
        "Frankly, the buyers could have waited another day.",
        "A good part of these people would have found something to moan about whatever we sent them.",
        "The FBA staff pack it wrong.",
        "The warehouse staff of FBA packed it wrong.",
        "Your warehouse people packed the mugs badly.",
        "The parts fitment tool of Amazon showed wrong cars.",
        "It was a storm, and that is not something I can control.",
        "The storm was beyond our control.",
        "Everybody around here had late packages.",
        "It wasn't just me.",
        "The supplier sold me junk.",
        "Our late dispatch rate is 7.9% because of the courier.",
        "Late rate is 7.9% because the courier and because too many orders come in same time.",
        "our cancel rate is 5% cause the supplier, he never have stock",
        "Valid tracking is 88% because the post office do not scan.",
        "In July 14 parcels were late, thanks to our courier.",
        "Reason is UPS, they was slow in whole December.",
        "The late dispatch rate of 6.8% was caused by the courier.",
        "Had the supplier kept its word, there would be no letter to write.",
        "If the courier had only come on time, nobody would have complained.",
        "The fault is not ours but his.",
        "The mistake was theirs, not ours.",
        "It was really your fault because your app kept logging me out.",
        "I know some parcels went out late but that was down to Royal Mail.",
        "Your system is broken.",
        "I take full responsibility, although Royal Mail is to blame.",
        "Our logistics partner in Ohio let us down.",
        "It was the platform that changed its settings without telling us.",
        "It is curious that the complaints began in the very week in which a competitor opened its shop.",
        "I think a couple buyers just opened claims because they didn't want to wait.",
        "Two customers filed a claim because they were too impatient.",
        "We are sorry that eleven buyers had to wait, but they ordered during a holiday.",
        "We take responsibility, although the typhoon made it impossible to do better.",
    ],
    "denial": [
        "Amazon's rates are unfair to small sellers.",
        "It was just two orders out of 31, which is hardly fair.",
        "I have done absolutely nothing wrong.",
        "You have got the wrong shop.",
        "This is blown out of all proportion.",
        "There was an error on your end.",
        "I don't feel we did something wrong, but we say sorry for the inconvenience.",
        "We do not think that we did anything wrong.",
        "We are not guilty for this.",
        "There is nothing to repair on our side.",
        "6 of my 41 orders left late, and it wasn't my fault.",
        "It was hardly my fault.",
        "I refuse to apologise.",
        "I can't be held responsible for that.",
        "Sorry, not sorry.",
        "We do not accept any responsibility for the strike.",
        "I don't accept that this is fair.",
        "Your decision is a mistake.",
        "The decision to close our account was unfair.",
        "We found nothing wrong with our parcels.",
        "I went over the list and find it hard to see what any shop could have done differently here.",
        "It was only 14 from 609 orders, this is not so much.",
        "The page was late, though nobody was really harmed by a day more or less.",
        "98% feedback is positive so we don't understand why our account is close.",
        "We do not understand why our account was closed, since 98% of our feedback is positive.",
        "We do not understand the reason of the suspension, since our goods are original.",
        "i have no idea why my account was suspended, i send everything next day",
        "Our products are original, why is our account closed?",
        "Why you close my account when everybody get the parcel?",
        "it makes no sense to me why my shop is blocked because my buyers are happy",
    ],
    "emotional": [
        "I'm a single mum of two.",
        "I am devastated.",
        "I am at my wits' end.",
        "I beg of you to reconsider.",
        "How am I supposed to pay my rent?",
        "Please reinstate us, it is the only thing that keeps a roof over our heads.",
        "I have two children and three workers who need this money.",
        "I need my account back because I must pay my workers.",
        "Unblock it as soon as possible, I have 2 kids and 3 employees to pay.",
        "Without the shop I cannot pay my rent.",
        "please give me my account back this is how i pay rent",
        "I would loose my house if you dont give it back.",
        "please unblock me i have 2 kids to feed so dont close my shop",
        "Please unlock our account, 5 families depend on it and we worry.",
        "Kindly restore our account as my whole family is depending on it.",
        "please help me im a single dad and this is my only job",
        "Please give the selling right back, I am old man and cannot find other work.",
        "i was also slow answering, my mom was in the hospital in october and i do this alone",
        "I didnt test the chargers since my husband left me and i do everything alone.",
        "I ask to reinstate my account, my wife is pregnant.",
        "Sorry for the late parcels, it was my fault but i am alone with a sick mother.",
        "I am sorry for this and i cant sleep since 2 weeks.",
        "I hope you open my account, otherwise we end on the street.",
        "We love Amazon very much.",
        "Please kindly reconsider and give our account back, we would be eternally grateful.",
        "I would be thankful to you for the rest of my life.",
    ],
    "demanding": [
        "I demand to speak to a real person.",
        "I've spoken to a solicitor.",
        "I have contacted my MP about this.",
        "We are considering legal action.",
        "I will report you to Trading Standards.",
        "We ask you to reinstate our account by tomorrow.",
        "If my account is not back by Friday I am going to the small claims court.",
        "I will sue you.",
        "Or I will take you to court.",
        "My solicitor will be in touch.",
        "We request that you release our account by 5 May 2026.",
        "Please reinstate our account, and do it before the weekend.",
        "Please reinstate our account if you know what is good for you.",
        "UNBLOCK MY ACCOUNT NOW",
        "If not I will go to my lawyer.",
        "Our feedback is 97% positive so you should open the account.",
        "Because 98% feedback is good, Amazon should not close us.",
        "If you do not answer, we will inform the newspapers.",
    ],
    "vague-action": [
        "Since 20 April 2026 Rosa pays more attention.",
        "Rosa gives her very best.",
        "Zo\u00eb takes extra care with glass.",
        "From 5 May 2026 on our packers work much more carefully.",
        "On 20 April 2026 we had a serious talk about quality.",
        "We talked with the team.",
    ],
}
INNOCENT = [
    "Our lawyer has gone through the listings and struck out every trademark that is not ours.",
    "Nobody told the night shift about the rule, since our notice board was never read.",
    "We should have told the buyer sooner.",
    "Nobody here told me that the shelf was empty.",
    "The buyer could have had an answer the same day if we had shared the inbox.",
    "Our reply to her was unfair to the buyer.",
    "The price was fair.",
    "We demanded nothing of the buyers.",
    "The standards for packing hang above the bench.",
    "A single parent among our packers asked for later hours.",
    "There was nothing in the box to stop the jar from moving.",
    "We did nothing for nine days.",
    "We had broken a rule of yours.",
    "We apologise, and we take full responsibility.",
    "It was up to us, and nobody else can be held responsible.",
    "If the account is reinstated, our accountant will check the rate each Friday.",
    "The late parcels came down to one thing: nobody printed the labels on Fridays.",
    "Your system showed the right date, we did not look.",
    "The fault is ours, not the courier's.",
    "We do not say that the decision is wrong.",
    "The decision to use thin boxes was ours.",
    "The courier told us that the van had broken down.",
    "We let our buyers down.",
    "There was nothing on our page that told the size.",
    "We had nothing to fix the lids with.",
    "Had the supplier been checked by us, we would have seen it.",
    "If the courier has not come by noon, we take the parcels to the depot.",
    "It is strange that we did not see what every competitor prints on the box.",
    "Two buyers opened claims because they did not get an answer from us.",
    "We are sorry that the buyers had to wait, but they have been refunded.",
    "Our old list made it impossible to see which buyer was waiting.",
    "We would be grateful for a reply.",
    "The storm was beyond our control, but we had not set the holiday mode.",
    "We could not control the stock, since our list was out of date.",
    "The lights that the supplier sold us had not been tested by us.",
    "We hold ourselves to this, as all other sellers have to.",
    "It was not just one order, it was eight.",
    "Since 5 May 2026 Ana controls each box.",
    "It was not the landlord's fault, it was ours.",
    "The buyers do not know how thick the glass is, because our page did not say it.",
    "Buyers do not see the inside of the box before they order.",
    "The page did not say what the buyer could have measured.",
    "We could have waited another day.",
    "The FBA warehouse sent the wrong mugs, because we had put the wrong labels on them.",
    "Amazon's tool showed the right cars; we typed in the wrong ones.",
    "We know that we did something wrong.",
    "We are not guilty alone.",
    "That is not much of an excuse.",
    "Our page did not tell what we could have done better.",
    "Since 5 May 2026 the mugs of two children's sets are packed apart.",
    "We will have paid our packers for a course by 5 May 2026.",
    "We ask you to reinstate our account. By 1 May 2026 we will hire a second packer.",
    "We ask you to reinstate the account that you closed on 20 March 2026.",
    "We ask you to restore our privileges and will answer any question by Friday.",
    "Please reinstate our account now that all steps are done.",
    "If not all is clear, please ask us.",
    "Since 3 April 2026 Petra takes extra care of glass by packing it in foam, two layers a piece.",
    "Since 3 May 2026 Zo\u00eb pays the carrier for a second pickup.",
    "On 20 April 2026 we had a talk with our supplier, who now sends a sample of each batch.",
    "We talked with the team and wrote down who checks what.",
    "Petra weighs each box and takes greater care.",
    "The late orders were not because of the courier, we printed the labels two days too late.",
    "The parcels were late because of the courier that we chose for its price alone.",
    "We lost the sale list because the courier and we used different codes.",
    "If a parcel is late because of the courier, we refund the buyer within a day.",
    "The refund due to the buyer was paid ten days late by us.",
    "The late rate of 6% was not caused by the courier.",
    "We understand why our account was closed.",
    "At first we did not understand why our account was closed.",
    "If you do not understand why we changed the box, please ask us.",
    "My wife was ill for ten days, I was alone, and no one else had the password of the inbox.",
    "My husband was ill in May and the mails stayed unread.",
    "I could say that my mother was ill and that I was alone, but it was my task to plan for it.",
    "I will not write that my family depends on the shop.",
    "98% of our feedback is positive.",
    "Only 91% of our orders came on time, so we asked for a second pickup.",
    "My family has run the shop since 2003.",
    "Our bread boxes are made of beech.",
]


@pytest.mark.parametrize(("words", "fault"), [(words, fault) for fault, listed in FAULTS.items() for words in listed])
def test_words_that_say_a_fault_outright_are_found_unless_quoted(words: str, fault: str) -> None:
    """The finding is there beside what is sound; of a buyer who is quoted nothing is said."""
    letter = f"Dear team,\n\nOn 2 May 2026 we refunded all four buyers.\n\n{words}\n\nPlease tell us what else you need.\n\nRegards,\nLin"
    assert fault in {finding.rule.id for finding in annotate(letter).findings}
    assert fault in outright(words).said
    assert not outright(f"A buyer wrote: \u201c{words}\u201d").said


def test_of_two_complaints_neither_takes_the_other_back() -> None:
    """A word that belongs to one fault, such as the “not” of “not fair”, says nothing against another in the same sentence."""
    assert outright("The buyers are too impatient, Amazon is not fair.").said == {"blame", "denial"}
    assert outright("It is the fault of the courier, and we did nothing wrong.").said == {"blame", "denial"}
    assert not outright("No buyer was careless.").said


@pytest.mark.parametrize("words", INNOCENT)
def test_what_only_has_the_same_words_says_nothing_outright(words: str) -> None:
    """Words that take it back, a part of the seller's own, or another subject make it no fault."""
    assert not outright(words).said


@pytest.mark.parametrize(
    ("words", "done"),
    [
        ("On November 28, 2026, I refunded the 4 buyers who did not receive the item.", True),
        ("On 20 November 2026 I dispatched the six late orders.", True),
        ("We shipped the 14 orders that were overdue on 18 October 2026.", True),
        ("On 3 March we shipped four orders two days late.", False),
        ("The claims that we refunded buyers for came in May.", False),
        ("When a claim came in, we refunded the buyer.", False),
    ],
)
def test_what_puts_it_right_is_a_step_whatever_is_told_of_the_buyers(words: str, done: bool) -> None:  # noqa: FBT001 - a table of cases
    """To say which buyers were refunded makes the step no mere fact."""
    assert (Role.ACTION_TAKEN in outright(words).said) == done
    assert not done or Role.ACTION_TAKEN in annotate(f"Dear team,\n\nWe failed.\n\n{words}\n\nRegards,\nLin").sentences[2].roles


def test_an_intention_behind_a_name_and_a_day_is_no_step() -> None:
    """What only means well has no role of a step, so that a plan of nothing else is no plan."""
    letter = annotate("We failed four buyers.\n\n1. Since 20 April 2026 Rosa pays more attention.\n2. Rosa gives her very best.")
    assert not any(sentence.roles & {Role.ACTION_TAKEN, Role.ACTION_PLANNED} for sentence in letter.sentences)
    assert "no-plan" in {finding.rule.id for finding in letter.findings}


@pytest.mark.parametrize(
    ("words", "label", "unsaid"),
    [
        ("Sorry for my poor English.", "acknowledgement", True),
        ("We apologise for the long letter.", "acknowledgement", True),
        ("Sorry for the English manual, which was our mistake.", "acknowledgement", False),
        ("We apologise for the poor packing.", "acknowledgement", False),
        ("Your message of 8 October says 2.1% were defective.", "acknowledgement", True),
        ("Your message says rightly that 2.1% were defective.", "acknowledgement", False),
        ("Your message says that 2.1% were defective, and that is our fault.", "acknowledgement", False),
        ("We look forward to working with Amazon.", "request", True),
        ("We look forward to working with you again once the account is open again.", "request", False),
        ("We are about to refund all buyers.", "action_taken", True),
        ("We are going to frame the letter of the buyer whom we refunded.", "action_taken", False),
        ("During the high season our team did not look at the open orders.", "vague-cause", True),
        ("Our team did not look carefully enough.", "vague-cause", False),
        ("I hope you understand.", "request", True),
        ("We hope you understand our situation.", "request", True),
        ("We hope you understand and ask for your answer.", "request", False),
        ("The DHL lost two parcel in November, and we have not buy insurance for it.", "blame", True),
        ("DHL lost two parcels, and we had no second carrier.", "vague-cause", True),
        ("DHL lost two parcels, and nobody here checked the scans.", "blame", True),
        ("Our page did not say how much the soap weighs.", "vague-cause", True),
        ("The felt runs small and the size chart didn't show it.", "vague-cause", True),
        ("The carrier did not say why.", "vague-cause", False),
        ("Our page was not good.", "vague-cause", False),
        ("Our staff Xiao Chen go home town for his father funeral 10 days, no other people know how to print DHL label.", "blame", True),
        ("My colleague was away, and nobody else here could print the DHL labels.", "blame", True),
        ("DHL lost two parcels in a garage that nobody knows.", "blame", False),
        ("2 customers give us 1 star.", "acknowledgement", True),
        ("In August 3 customer open A-to-Z and 2 customer give 1 star.", "acknowledgement", True),
        ("Four customers gave us one star and they were right.", "acknowledgement", False),
        ("DHL lost two parcels, and we could not help it.", "blame", False),
        ("DHL lost two parcels, and we had no influence on it.", "blame", False),
    ],
)
def test_words_can_say_outright_that_a_sentence_lacks_a_label(words: str, label: str, unsaid: bool) -> None:  # noqa: FBT001 - a table of cases
    """An apology for something beside the matter admits nothing, and what others did beside an omission of one's own is no excuse."""
    assert (label in outright(words).unsaid) == unsaid
    if unsaid:
        sentence = annotate(f"Dear team,\n\n{words}\n\nRegards,\nLin").sentences[1]
        assert label not in {*sentence.roles, *sentence.signals, *sentence.perhaps}
