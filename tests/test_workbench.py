"""Orders by day to the rate of every day, to what would bring it down, and to the facts of a letter."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appealkit.case import Case, Metric
from appealkit.figures.courses import courses
from appealkit.figures.daily import Daily, Orders
from appealkit.figures.health import HealthError, Reading
from appealkit.figures.outlook import outlook
from appealkit.figures.workbench import fill, needed, read_numbers, shares, what_if
from appealkit.language import LANGS, Lang, say
from appealkit.letter import assemble
from appealkit.tables import load

FIRST = date(2026, 1, 1)


def day(number: int, orders: int, bad: int = 0, marketplace: str | None = None) -> Daily:
    """Make the orders of one day, some of them with a claim."""
    return Daily(FIRST + timedelta(days=number), orders, {"a-to-z": bad}, bad, {}, marketplace)


def made(*days: Daily) -> Orders:
    """Make orders that tell of claims alone."""
    return Orders(days, ("a-to-z",))


# -- the rate of every day --------------------------------------------------------------------------------------------------

COUNTS = st.dictionaries(st.integers(0, 150), st.tuples(st.integers(1, 9), st.integers(0, 9)), min_size=1, max_size=25)


@given(COUNTS, st.integers(-5, 70))
def test_each_point_is_the_rate_of_its_window(counts: dict[int, tuple[int, int]], after: int) -> None:
    """The rate of a day is that of the metric for the window that ends on it, counted anew."""
    orders = made(*(day(number, count, min(bad, count)) for number, (count, bad) in sorted(counts.items())))
    end = orders.last + timedelta(days=after)
    (course,) = courses(orders, end=end) if end >= orders.first else courses(orders)
    for point in course.points:
        (metric,) = orders.health(point.day).metrics
        assert (point.orders, point.defects, point.rate) == (metric.orders, metric.defects, metric.value)
    assert course.points[0].day == orders.first


def test_days_over_the_target_are_told_as_spells() -> None:
    """Days on the wrong side are counted, and told from first to last where they follow each other; exactly the target is over it."""
    (course,) = courses(made(day(0, 99), day(60, 99), day(61, 1, 1), day(62, 1), day(63, 48, 1), day(150, 1)))
    spells = [(FIRST + timedelta(days=61), FIRST + timedelta(days=61)), (FIRST + timedelta(days=63), FIRST + timedelta(days=122))]
    assert course.spells == tuple(spells)
    assert len(course.over) == 61
    assert course.points[61].rate == 1


def test_days_before_the_first_whole_window_are_not_judged() -> None:
    """The rate of the first few orders of a file is none of the account: its days are counted neither as good nor as bad."""
    (course,) = courses(made(day(0, 10, 1), day(59, 150), day(60, 1)))
    assert (len(course.sound), course.over, course.crosses) == (2, (), True)
    reading = made(day(0, 10, 1), day(59, 150), day(60, 1)).health().metrics[0]
    assert "the 2 days whose whole window lies in the file" in " ".join(outlook(reading, "en", course))


@given(COUNTS)
def test_rate_falls_on_the_day_that_is_told(counts: dict[int, tuple[int, int]]) -> None:
    """With as many good orders a day as in the window, the rate is on the wrong side up to the day before, and then on the right one."""
    days = [day(number, 60 * count, min(bad, count)) for number, (count, bad) in sorted(counts.items())]  # a pace of whole orders
    (course,) = courses(made(day(-59, 60), *days))
    if course.falls is None:
        assert course.points[-1].rate is not None
        assert course.points[-1].rate < 1
        return
    end = course.points[-1].day
    ahead = [day((end - FIRST).days + later, round(course.pace)) for later in range(1, (course.falls - end).days + 1)]
    points = courses(made(day(-59, 60), *days, *ahead))[0].points
    if course.pace == round(course.pace):
        assert [point.rate is not None and point.rate < 1 for point in points[-len(ahead) - 1 :]] == [False] * len(ahead) + [True]


@pytest.mark.parametrize("lang", LANGS)
def test_day_of_recovery_is_told_with_what_it_rests_on(lang: Lang) -> None:
    """The day, the pace and the day from which it is counted stand in one sentence; a report, which has no days, tells the latest."""
    orders = made(*(day(number, 5, int(number in {20, 21, 90, 91})) for number in range(100)))
    (course,), (reading,) = courses(orders), orders.health().metrics
    goal = say("outlook.goal-under", lang, target="1")
    falls = say("outlook.falls", lang, day=FIRST + timedelta(days=150), goal=goal, end=FIRST + timedelta(days=99), pace="5")
    assert course.falls is None or falls in outlook(reading, lang, course)
    late = made(*(day(number, 5, int(number in {50, 51, 90, 91})) for number in range(100)))
    (course,), (reading,) = courses(late), late.health().metrics
    last = FIRST + timedelta(days=99)
    told = say("outlook.falls", lang, day=FIRST + timedelta(days=111), goal=goal, end=last, pace="5")
    assert told in outlook(reading, lang, course)
    assert say("outlook.all-gone", lang, end=last, day=last + timedelta(days=60)) in outlook(reading, lang)


def test_window_that_reaches_back_before_the_file_is_marked() -> None:
    """Only from the sixtieth day on is the whole window in the file."""
    (course,) = courses(made(day(0, 5), day(70, 5)))
    assert [point.complete for point in course.points].index(True) == 59


def test_defects_leave_after_sixty_days() -> None:
    """A defective order is in the windows of sixty days, its own among them, and the rest that is left is told."""
    orders = made(day(0, 9, 1), day(10, 9, 2), day(50, 9, 1))
    (course,) = courses(orders)
    assert [(entry.defects, (entry.leaves - entry.day).days, entry.left) for entry in course.leaving] == [
        (1, 60, 3),
        (2, 60, 1),
        (1, 60, 0),
    ]
    for entry in course.leaving:
        stay, gone = (orders.health(end).metrics[0].defects for end in (entry.leaves - timedelta(days=1), entry.leaves))
        assert stay is not None
        assert gone == stay - entry.defects == entry.left


def test_places_have_courses_of_their_own() -> None:
    """Each marketplace has its own course, and all go over the same days."""
    found = courses(Orders((day(0, 4, 1, "A"), day(9, 4, 0, "B")), ("a-to-z",)))
    assert [(course.marketplace, len(course.points), course.points[-1].defects) for course in found] == [("A", 10, 1), ("B", 10, 0)]


def test_wrong_date_makes_no_centuries() -> None:
    """One order of the year 1026 does not make a course of a thousand years."""
    (course,) = courses(Orders((Daily(date(1026, 1, 1), 1, {"a-to-z": 0}), day(0, 4, 1)), ("a-to-z",)))
    assert len(course.points) < 4000
    assert course.points[-1].defects == 1


def test_place_is_not_uncertain_because_it_began_later() -> None:
    """What a file holds of its first days it holds of every place, also of one whose first order comes later."""
    found = courses(Orders((*(day(number, 4, 0, "A") for number in range(61)), day(30, 4, 1, "B"), day(60, 4, 0, "B")), ("a-to-z",)))
    assert [[point.complete for point in course.points].index(True) for course in found] == [59, 59]
    assert [course.first for course in found] == [FIRST, FIRST]


def test_orders_of_two_days_follow_their_first() -> None:
    """A day that stands twice, since some of its orders have a second day, is one day of the course."""
    twice = (day(0, 4, 1), Daily(FIRST, 2, {"a-to-z": 1}, 1, until=FIRST + timedelta(days=70)), day(70, 4))
    (course,) = courses(made(*twice))
    assert [(point.orders, point.defects) for point in (course.points[0], course.points[60])] == [(6, 2), (0, 0)]


# -- windows that cannot be meant ---------------------------------------------------------------------------------------------

BUSY = [day(number, 4, int(number % 10 == 0)) for number in range(100)]


def judged(orders: Orders, end: date | None = None) -> tuple[bool | None, set[str]]:
    """Return whether the order defect rate meets its target, and the keys of what is said about it."""
    health = orders.health(end)
    return health.metrics[0].meets_target, {note.key for note in (*health.notes, *health.metrics[0].disagreements)} - {"kinds-absent"}


@pytest.mark.parametrize("years", [1, 36])
@pytest.mark.parametrize("orders", [1, 3])
def test_mistyped_year_gives_no_verdict(years: int, orders: int) -> None:
    """A few orders a year behind all others make a window without the account's orders: nothing is said of its target, but why."""
    stray = Daily(date(2026 + years, 4, 1), orders, {"a-to-z": 0})
    verdict, said = judged(made(*BUSY, stray))
    assert verdict is None
    assert "far-window" in said
    assert judged(made(*BUSY))[0] is False
    assert judged(made(*BUSY, stray), BUSY[-1].day) == judged(made(*BUSY))


@pytest.mark.parametrize(
    "days",
    [
        [*BUSY, *(day(number, 4) for number in range(116, 119))],  # closed for a holiday
        [*BUSY, *(day(number, 4) for number in range(200, 260))],  # closed for months, and at work again
        [day(number, 1) for number in range(0, 400, 20)] + [day(420, 1)],  # hardly any orders at all
        [day(0, 1), day(59, 1)],
    ],
)
def test_pauses_and_slow_shops_are_no_mistakes(days: list[Daily]) -> None:
    """Neither a holiday nor a shop with few orders looks like a mistyped day."""
    assert "far-window" not in judged(made(*days))[1]


def test_mistyped_year_before_all_others_does_not_hide_that_the_file_begins_late() -> None:
    """One order of ten years ago does not make a file go back ten years."""
    orders = made(Daily(date(2016, 1, 1), 1, {"a-to-z": 0}), *BUSY[:40])
    assert "begins-late" in judged(orders)[1]
    assert not any(point.complete for point in courses(orders)[0].points)


@pytest.mark.parametrize(
    ("after", "verdict", "keys"), [(0, False, set()), (3, False, {"ends-early"}), (58, None, {"ends-early", "far-window"})]
)
def test_window_that_ends_after_the_file_says_so(after: int, verdict: bool | None, keys: set[str]) -> None:  # noqa: FBT001
    """A file that ends too early is told as one that begins too late is; long after its end there is no verdict."""
    assert judged(made(*BUSY), BUSY[-1].day + timedelta(days=after)) == (verdict, keys)


@pytest.mark.parametrize("lang", LANGS)
def test_window_that_cannot_be_meant_fills_nothing(lang: Lang) -> None:
    """Figures of such a window are not put into a letter, nor is anything concluded from them; the reason is told."""
    reading = made(*BUSY, Daily(date(2027, 4, 1), 1, {"a-to-z": 0})).health().metrics[0]
    with pytest.raises(HealthError) as refused:
        fill(Case(), reading, lang=lang)
    assert str(BUSY[-1].day) in str(refused.value)
    assert outlook(reading, lang) == ()


def test_file_without_the_metric_has_no_course() -> None:
    """Claims tell nothing of late shipments."""
    assert courses(made(day(0, 4)), "late-shipment") == ()


# -- what if ------------------------------------------------------------------------------------------------------------------


@given(st.sampled_from(sorted(load("metrics.toml"))), st.integers(0, 400), st.integers(0, 40), st.sampled_from([None, 0.5, 2.5, 97.3]))
def test_needed_orders_are_just_enough(metric: str, orders: int, defects: int, target: float | None) -> None:
    """With the orders that are needed the rate is on the right side, and with one fewer it is not."""
    defects = min(defects, orders)
    facts = load("metrics.toml")[metric]
    goal = facts["target"] if target is None else target
    more = needed(metric, orders, defects, target)
    assert more is not None

    def right(total: int) -> bool:
        bad = 1000 * defects
        return bad < 10 * goal * total if facts["better"] == "under" else bad <= round(10 * (100 - goal)) * total

    assert not defects or right(orders + more)
    assert not more or not right(orders + more - 1)


@pytest.mark.parametrize(("defects", "orders"), [(1, 101), (2, 201), (5, 501)])
def test_under_one_per_cent_takes_more_than_a_hundred_orders_each(defects: int, orders: int) -> None:
    """One defective order needs 101 orders, and each further one a hundred more."""
    assert needed("odr", orders, defects) == 0
    assert needed("odr", orders - 1, defects) == 1


def test_target_that_no_order_reaches() -> None:
    """A target of nothing at all, or of all, is out of reach once there is a defect."""
    assert needed("odr", 9, 1, 0) is None
    assert needed("valid-tracking", 9, 1, 100) is None
    assert needed("odr", 9, 0, 0) == 0


def test_claims_come_off_first() -> None:
    """Each claim that no longer counts lowers rate and need; other defects stay."""
    steps = what_if(Reading("odr", target=1.0, orders=310, defects=5, by_kind={"a-to-z": 3, "negative-feedback": 2}))
    assert [(step.withdrawn, step.defects, step.rate, step.needed) for step in steps] == [
        (0, 5, 1.6129, 191),
        (1, 4, 1.2903, 91),
        (2, 3, 0.9677, 0),
        (3, 2, 0.6452, 0),
    ]


@pytest.mark.parametrize(("orders", "defects"), [(None, 1), (0, 0), (9, None), (1, 2)])
def test_without_sound_counts_there_is_no_what_if(orders: int | None, defects: int | None) -> None:
    """Without counts, or with more defects than orders, nothing is supposed."""
    assert what_if(Reading("odr", orders=orders, defects=defects)) == ()


def test_shares_are_of_the_defective_orders() -> None:
    """The kinds are told from the one that carries most; an order with two kinds makes the shares more than all."""
    found = shares(Reading("odr", orders=300, defects=4, by_kind={"chargeback": 0, "negative-feedback": 2, "a-to-z": 3}))
    assert found == (("a-to-z", 3, 75.0), ("negative-feedback", 2, 50.0), ("chargeback", 0, 0.0))
    assert shares(Reading("odr", by_kind={"a-to-z": 0})) == (("a-to-z", 0, 0.0),)


# -- typed in, and to the letter ------------------------------------------------------------------------------------------------


def test_numbers_that_are_typed_in_are_a_metric() -> None:
    """The rate comes from the counts where it was not typed in, target and window from what is published."""
    metric = read_numbers(Metric(id="odr", orders=310, defective_orders=4, defects={"a-to-z": 3}), end=date(2026, 4, 30))
    assert (metric.value, metric.target, metric.meets_target, metric.start) == (1.2903, 1.0, False, date(2026, 3, 2))
    assert read_numbers(Metric(id="late-shipment", value=3.9, target=4)).meets_target
    assert read_numbers(Metric(id="odr")).meets_target is None
    nothing = read_numbers(Metric(id="odr", orders=0, defective_orders=0, value=0))
    assert (nothing.value, nothing.meets_target) == (None, None)


def test_no_claim_is_taken_away_from_an_order_that_stays_defective() -> None:
    """Orders with another kind of defect stay defective: no step goes below their number."""
    assert [step.defects for step in what_if(Reading("odr", orders=90, defects=1, by_kind={"a-to-z": 1, "chargeback": 1}))] == [1]
    assert [step.defects for step in what_if(Reading("odr", orders=150, defects=5, by_kind={"a-to-z": 4, "chargeback": 3}))] == [5, 4, 3]


def test_figures_fill_the_case_and_leave_the_rest() -> None:
    """Rate, target, counts, kinds and window stand in the letter; all else of the case is kept, old figures are not."""
    case = Case.model_validate({"store": "Blue Kite", "metric": {"id": "cancellation", "value": 9}, "causes": [{"failed": "We slept"}]})
    reading = Reading("odr", None, "MFN", 1.2903, 1.0, 310, 4, {"a-to-z": 4, "chargeback": 0}, date(2026, 3, 2), date(2026, 4, 30))
    filled = fill(case, reading)
    assert (filled.store, filled.causes) == (case.store, case.causes)
    words = "From 2 March 2026 to 30 April 2026, our order defect rate was 1.29% (4 orders out of 310); the target is under 1%."
    assert words in assemble(filled).text
    assert filled.metric
    assert filled.metric.defects == {"a-to-z": 4, "chargeback": 0}  # none is a figure, too
    other = fill(filled, Reading("odr", value=2.0)).metric
    assert other
    assert other.window is None
    placed = fill(filled, Reading("odr", "A1F83G8C2ARO7P", value=2.0))
    assert placed.marketplace == fill(placed, reading).marketplace == "Amazon.co.uk"
    assert case.metric == Metric(id="cancellation", value=9)


@pytest.mark.parametrize(
    ("own", "given", "then"),
    [
        ("amazon.com", "AMZ-US", "amazon.com"),
        ("amazon.com", "Depot 7", "amazon.com"),
        ("", "AMZ-US", "Amazon.com"),
        ("", "Depot 7", ""),
        ("Amazon.ca", "AMZ-US", "Amazon.com"),
    ],
)
def test_a_name_of_the_sellers_files_is_no_marketplace_of_the_letter(own: str, given: str, then: str) -> None:
    """The letter names a marketplace as Amazon or the seller does, never as the code of a file."""
    assert fill(Case(marketplace=own), Reading("odr", given, value=2.0)).marketplace == then


@pytest.mark.parametrize("lang", LANGS)
def test_no_orders_fill_nothing(lang: Lang) -> None:
    """A window without orders has no figure that a letter could state, and that is said."""
    with pytest.raises(HealthError) as refused:
        fill(Case(), Reading("odr", None, None, None, 1.0, 0, 0), lang=lang)
    assert str(refused.value) == say("health.nothing-to-state", lang)


@pytest.mark.parametrize("lang", LANGS)
def test_contradicting_figures_fill_nothing(lang: Lang) -> None:
    """Figures that no letter could state are refused, with what is wrong and what to do."""
    for reading, name in (
        (Reading("odr", value=9.0, target=1.0, orders=310, defects=4), say("form.field.metric-value", lang)),
        (Reading("odr", orders=310, defects=4, by_kind={"a-to-z": 5}), say("defect.a-to-z", lang)),
    ):
        with pytest.raises(HealthError, match=re.escape(name)) as refused:
            fill(Case(), reading, lang=lang)
        assert "metric." not in str(refused.value)
