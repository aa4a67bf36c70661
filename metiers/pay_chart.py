"""Where the ranges of pay stand on one axis, in percent of its width; pure."""

from dataclasses import dataclass

AXIS_START = 2000
STEP = 2000


@dataclass(frozen=True)
class Span:
    """A range on the axis: its label, its bounds in euros and in percent."""

    label: str
    low: int
    high: int
    start: float
    end: float

    @property
    def width(self):
        return round(self.end - self.start, 2)


@dataclass(frozen=True)
class PayChart:
    """The axis of a fiche's pay, from 2 000 € up to a round figure over all that it shows."""

    axis_end: int
    ticks: tuple
    spans: tuple
    employees: Span
    median: tuple
    points: tuple


def pay_chart(salary, benchmark, figures):
    """`salary` a scale of three ranges, `benchmark` the Belgian one, `figures` sourced amounts."""
    highest = max(
        [salary.senior_high, benchmark.high_decile, *(int(figure.value) for figure in figures)]
    )
    end = -(-highest // STEP) * STEP

    def place(amount):
        share = (max(amount, AXIS_START) - AXIS_START) / (end - AXIS_START)
        return round(100 * share, 2)

    def span(label, low, high):
        return Span(label, low, high, place(low), place(high))

    return PayChart(
        axis_end=end,
        ticks=tuple((place(amount), amount) for amount in range(AXIS_START, end + 1, STEP)),
        spans=(
            span("Pour débuter", salary.junior_low, salary.junior_high),
            span("Après quelques années", salary.mid_low, salary.mid_high),
            span("Avec beaucoup d’expérience", salary.senior_low, salary.senior_high),
        ),
        employees=span("Huit salariés sur dix", benchmark.low_decile, benchmark.high_decile),
        median=(place(benchmark.amount), benchmark.amount),
        points=tuple((place(int(figure.value)), figure) for figure in figures),
    )


def compared(salary, benchmark):
    """The middle range against the Belgian median, in words."""
    if salary.mid_low > benchmark.amount:
        return "au-dessus de la médiane belge"
    if salary.mid_high < benchmark.amount:
        return "en dessous de la médiane belge"
    return "autour de la médiane belge"
