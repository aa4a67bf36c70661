from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metiers.models import Figure, PayBenchmark, SalaryScale
from metiers.pay_chart import compared, pay_chart, shared_pay_chart

BENCHMARK = PayBenchmark(amount=3728, low_decile=2443, high_decile=6305, mean=4076, year=2022)


def salary(*amounts):
    names = ["junior_low", "junior_high", "mid_low", "mid_high", "senior_low", "senior_high"]
    return SalaryScale(**dict(zip(names, amounts, strict=True)))


MODEST = salary(2400, 2800, 3000, 3500, 3600, 4000)


def test_the_axis_goes_from_2000_to_a_round_figure_over_everything():
    chart = pay_chart(MODEST, BENCHMARK, [])

    assert chart.axis.end == 8000
    assert [amount for _, amount in chart.axis.ticks] == [2000, 4000, 6000, 8000]
    assert [place for place, _ in chart.axis.ticks] == [0, 33.33, 66.67, 100]


def test_a_higher_pay_or_figure_stretches_the_axis():
    rich = salary(2400, 2800, 3000, 3500, 3600, 8001)

    assert pay_chart(rich, BENCHMARK, []).axis.end == 10_000
    assert pay_chart(MODEST, BENCHMARK, [Figure(value=Decimal("11999.50"))]).axis.end == 12_000


@pytest.mark.parametrize("highest, step", [(18_000, 2000), (18_001, 4000), (100_000, 14_000)])
def test_a_long_axis_has_few_ticks(highest, step):
    axis = pay_chart(salary(2400, 2800, 3000, 3500, 3600, highest), BENCHMARK, []).axis

    amounts = [amount for _, amount in axis.ticks]
    assert amounts[:2] == [2000, 2000 + step]
    assert len(amounts) <= 9


def test_each_range_stands_at_its_amounts():
    chart = pay_chart(MODEST, BENCHMARK, [])

    assert [(span.label, span.low, span.high, span.start, span.end) for span in chart.spans] == [
        ("Pour débuter", 2400, 2800, 6.67, 13.33),
        ("Après quelques années", 3000, 3500, 16.67, 25.0),
        ("Avec beaucoup d’expérience", 3600, 4000, 26.67, 33.33),
    ]


def test_the_benchmark_stands_at_its_amounts():
    chart = pay_chart(MODEST, BENCHMARK, [])

    assert chart.axis.median == (28.8, 3728)
    assert (chart.axis.employees.start, chart.axis.employees.end) == (7.38, 71.75)
    assert chart.axis.employees.width == 64.37


def test_a_figure_stands_as_a_point():
    figure = Figure(value=Decimal("2568.00"))

    assert pay_chart(MODEST, BENCHMARK, [figure]).points == ((9.47, figure),)


def test_what_is_under_the_axis_stands_at_its_start():
    chart = pay_chart(salary(900, 1500, 1800, 2600, 2600, 2600), BENCHMARK, [])

    assert [span.start for span in chart.spans] == [0, 0, 10]
    assert chart.spans[0].low == 900


@given(st.lists(st.integers(1, 50_000), min_size=6, max_size=6).map(sorted))
def test_everything_stands_on_the_axis_in_the_order_of_amounts(amounts):
    chart = pay_chart(salary(*amounts), BENCHMARK, [])

    places = [place for span in chart.spans for place in (span.start, span.end)]
    assert places == sorted(places)
    assert all(0 <= place <= 100 for place in places)
    assert chart.axis.end % 2000 == 0
    assert chart.axis.end >= amounts[-1]


@pytest.mark.parametrize(
    "low, high, words",
    [
        (3729, 5000, "au-dessus de la médiane belge"),
        (3728, 5000, "autour de la médiane belge"),
        (2500, 3728, "autour de la médiane belge"),
        (2500, 3727, "en dessous de la médiane belge"),
    ],
)
def test_the_middle_range_is_compared_in_words(low, high, words):
    assert compared(salary(1, 1, low, high, 9000, 9000), BENCHMARK) == words


def test_another_median_changes_place_and_words():
    other = SimpleNamespace(amount=5000, low_decile=2443, high_decile=6305)

    chart, usual = pay_chart(MODEST, other, []), pay_chart(MODEST, BENCHMARK, [])

    assert chart.axis.median == (50.0, 5000)
    assert compared(MODEST, other) == "en dessous de la médiane belge"
    assert (chart.spans, chart.axis.ticks) == (usual.spans, usual.axis.ticks)
    assert chart.axis.employees == usual.axis.employees


def test_the_pay_of_several_stands_on_one_axis():
    rich = salary(2600, 3000, 4000, 6000, 7000, 9000)

    chart = shared_pay_chart([MODEST, None, rich], BENCHMARK, [[], [], []])

    assert chart.axis.end == 10_000
    assert chart.axis.median == (21.6, 3728)
    assert [
        (label, [span and (span.low, span.start) for span in spans])
        for label, spans in chart.stages
    ] == [
        ("Pour débuter", [(2400, 5.0), None, (2600, 7.5)]),
        ("Après quelques années", [(3000, 12.5), None, (4000, 25.0)]),
        ("Avec beaucoup d’expérience", [(3600, 20.0), None, (7000, 62.5)]),
    ]


def test_an_amount_that_several_quote_stands_once():
    def figure(value, year=2025, source=1):
        return Figure(value=Decimal(value), year=year, source_id=source)

    quoted = [[figure(2820), figure(2568)], [figure(2820), figure(2820, 2024), figure(3728)]]

    chart = shared_pay_chart([MODEST, MODEST], BENCHMARK, quoted)

    assert [(place, int(found.value), found.year, of) for place, found, of in chart.points] == [
        (9.47, 2568, 2025, [0]),
        (13.67, 2820, 2025, [0, 1]),
        (13.67, 2820, 2024, [1]),
    ]  # the median is drawn already
