"""Cases for the tests: one with every fact, and a strategy for all valid ones."""

from datetime import date
from typing import Any, get_args

from hypothesis import strategies as st

from appealkit.case import (
    PHRASINGS,
    Action,
    Case,
    Cause,
    Contact,
    Evidence,
    Metric,
    MetricId,
    Period,
    Situation,
    Status,
    Voice,
    Wording,
    Wordings,
)
from appealkit.tables import load

FULL: dict[str, Any] = {
    "store": "Blue Kite",
    "marketplace": "Amazon.co.uk",
    "situation": "existing",
    "metric": {
        "id": "odr",
        "value": 1.29,
        "target": 1,
        "orders": 310,
        "defective_orders": 4,
        "defects": {"a-to-z": 3, "negative-feedback": 1},
        "window": {"start": "2026-01-24", "end": "2026-03-24"},
    },
    "period": {"start": "2026-03-02", "end": "2026-03-19"},
    "causes": [
        {
            "title": "Weekly stock count",
            "failed": "Our stock sheet was updated only on Mondays, so we sold units that were no longer on the shelf",
            "led_to": "Three buyers waited for parcels that we could not send",
        },
        {"title": "Late replies", "failed": "Messages were read by one person, who was away from 9 to 13 March 2026."},
    ],
    "actions": [
        {"what": "answer every message within 12 hours", "status": "planned", "when": "2026-04-01", "how": "two phones", "answers": "c2"},
        {"what": "count the shelf", "status": "running", "when": "2026-03-23", "frequency": "every morning", "answers": "c1"},
        {"what": "refunded all four buyers", "status": "done", "when": "2026-03-21", "who": "Lin", "answers": "c1"},
        {"what": "look at the order defect rate", "status": "running", "when": "2026-03-30", "frequency": "every Monday"},
    ],
    "evidence": [{"what": "refund confirmations", "proves": "a3"}, {"what": "photographs of the shelf"}],
    "contact": {"name": "Lin Mei", "role": "owner", "email": "appeal@bluekite.example"},
}
"""Every fact of a case, once. Store and people are invented."""

HOSTILE = (
    "",
    "first line\nsecond line\r\nthird",
    "{{ 7 * 7 }}",
    "{% for x in y %}",
    "{# gone #}",
    "{0} {words} %s",
    "<script>alert('x')</script> & <b>",
    "heading || not a heading",
    "cause | not a cause",
    "a || b | c + d",
    "bell \x07, zero \x00, escape \x1b[31m",
    "long " * 199,
    "w" * 1000,
    "\u202bטקסט בעברית\u202c עם English",
    "الحساب مغلق",
    "我們的包裹遲到了。很抱歉！",
    "He said “no.”",
    'A 5" box (small',
    "1. one 2) two • three",
    "...",
    " ;,: ",
    "Kind regards,",
    "Subject: other",
    "etc. and so on",
    "\u00a0\u2028\u2029\u0085",
    "🧸🏽‍♂️",
)
"""Facts that people paste, or that others hope they will."""

_ids = st.text("azAZ09-_é原", min_size=1, max_size=40)
_words = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60), st.just("We counted the shelf once a week"))
_counts = st.integers(0, 100_000_000)
_wording = st.builds(Wording, phrasing=st.integers(1, PHRASINGS), own=st.just("") | _words)
_days = st.dates(date(1, 1, 1), date(9999, 12, 31))
_periods = st.tuples(_days, _days).map(lambda pair: Period(start=min(pair), end=max(pair)))
_emails = st.sampled_from(["", "appeal@bluekite.example", "{{x}}@kite.example", "<b>@kite.example", "林@風箏.example"])


@st.composite
def _metrics(draw: st.DrawFn) -> Metric:
    """Draw a metric whose figures agree with one another."""
    name = draw(st.sampled_from(get_args(MetricId)))
    kinds = load("metrics.toml")[name]["counts"]
    orders = draw(st.none() | _counts)
    defective = draw(st.none() | (_counts if orders is None else st.integers(0, orders)))
    most = min((whole for whole in (orders, defective) if whole is not None), default=100_000_000)
    defects = draw(st.dictionaries(st.sampled_from(kinds), st.integers(0, most)))
    if defective is not None and len(defects) == len(kinds):
        defects[kinds[0]] = max(defects[kinds[0]], defective - sum(count for kind, count in defects.items() if kind != kinds[0]))
    figures: dict[str, Any] = {"id": name, "target": draw(st.none() | st.floats(0, 100)), "defects": defects}
    figures["window"] = draw(st.none() | _periods)
    rate = Metric(id=name, orders=orders, defective_orders=defective).rate_from_counts
    value = draw(st.none() | (st.floats(0, 100) if rate is None else st.sampled_from([round(rate, 1), round(rate, 2), rate])))
    return Metric(orders=orders, defective_orders=defective, value=value, **figures)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw any valid case, with any of its facts missing and hostile words in the others."""
    ids = draw(st.lists(_ids, unique=True, max_size=7))
    cut = draw(st.integers(0, len(ids)))
    known = st.none() | (st.sampled_from(ids) if ids else st.none())
    answered = st.none() | (st.sampled_from(ids[:cut]) if cut else st.none())
    return Case(
        store=draw(_words),
        marketplace=draw(_words | st.sampled_from(["Amazon.com", "Amazon.ca"])),
        voice=draw(st.sampled_from(get_args(Voice))),
        situation=draw(st.sampled_from(get_args(Situation))),
        metric=draw(st.none() | _metrics()),
        period=draw(st.none() | _periods),
        causes=tuple(draw(st.builds(Cause, id=st.just(name), title=_words, failed=_words, led_to=_words)) for name in ids[:cut]),
        actions=tuple(
            draw(
                st.builds(
                    Action,
                    id=st.just(name),
                    what=_words,
                    status=st.sampled_from(get_args(Status)),
                    when=st.none() | _days,
                    who=_words,
                    how=_words,
                    frequency=_words,
                    answers=answered,
                )
            )
            for name in ids[cut:]
        ),
        evidence=tuple(draw(st.lists(st.builds(Evidence, what=_words, proves=known), max_size=4))),
        contact=draw(st.builds(Contact, name=_words, role=_words, email=_emails)),
        wording=draw(st.builds(Wordings, **dict.fromkeys(Wordings.model_fields, _wording))),
    )


def in_words(count: int) -> str:
    """Write a number under ten thousand in words."""
    data = load("vocabulary.toml")
    below: dict[int, str] = {0: "no", **dict(enumerate(data["number"], 1))}
    if count >= 1000:
        more = count % 1000
        joined = f" {'and ' if more < 100 else ''}{in_words(more)}" if more else ""
        return f"{below[count // 1000]} thousand{joined}"
    if count >= 100:
        return f"{below[count // 100]} hundred" + (f" and {in_words(count % 100)}" if count % 100 else "")
    if count < 20:
        return below[count]
    tens: str = next(name for name, value in data["tens"].items() if value == count // 10 * 10)
    return f"{tens}-{below[count % 10]}" if count % 10 else tens
