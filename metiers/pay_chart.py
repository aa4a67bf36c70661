"""Where the ranges of pay stand on one axis, in percent of its width; pure."""

from dataclasses import dataclass
from functools import cached_property

from .models import PayBenchmark

AXIS_START = 2000
STEP = 2000
MOST_STEPS = 8
STAGES = (
    ("junior", "Pour débuter"),
    ("mid", "Après quelques années"),
    ("senior", "Avec beaucoup d’expérience"),
)


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
class Axis:
    """From 2 000 € up to a round `end` over all that it shows, with the Belgian benchmark."""

    end: int
    benchmark: PayBenchmark

    @classmethod
    def over(cls, salaries, benchmark, figures):
        highest = [salary.senior_high for salary in salaries]
        highest += [benchmark.high_decile, *(int(figure.value) for figure in figures)]
        return cls(-(-max(highest) // STEP) * STEP, benchmark)

    @cached_property
    def ticks(self):
        """(place, amount) of each 2 000 €, or of a multiple of it on a long axis."""
        steps = (self.end - AXIS_START) // STEP
        amounts = range(AXIS_START, self.end + 1, STEP * -(-steps // MOST_STEPS))
        return tuple((self.place(amount), amount) for amount in amounts)

    @cached_property
    def employees(self):
        """What eight employees out of ten earn."""
        low, high = self.benchmark.low_decile, self.benchmark.high_decile
        return self.span("Huit salariés sur dix", low, high)

    @cached_property
    def median(self):
        """(place, amount)."""
        return self.place(self.benchmark.amount), self.benchmark.amount

    def place(self, amount):
        share = (max(amount, AXIS_START) - AXIS_START) / (self.end - AXIS_START)
        return round(100 * share, 2)

    def span(self, label, low, high):
        return Span(label, low, high, self.place(low), self.place(high))

    def stage(self, salary, name, label):
        return self.span(label, getattr(salary, f"{name}_low"), getattr(salary, f"{name}_high"))


@dataclass(frozen=True)
class PayChart:
    """The pay of a métier: its three `spans`, and (place, figure) of each published amount."""

    axis: Axis
    spans: tuple
    points: tuple


def pay_chart(salary, benchmark, figures):
    """`salary` a scale of three ranges, `benchmark` the Belgian one, `figures` sourced amounts."""
    axis = Axis.over([salary], benchmark, figures)
    return PayChart(
        axis,
        spans=tuple(axis.stage(salary, name, label) for name, label in STAGES),
        points=tuple((axis.place(int(figure.value)), figure) for figure in figures),
    )


@dataclass(frozen=True)
class SharedPayChart:
    """The pay of several métiers on one axis.

    `stages` are (label, spans), a span a métier or None for one without pay; `points` are
    (place, figure, the places in the order of the métiers that quote it).
    """

    axis: Axis
    stages: tuple
    points: tuple


def shared_pay_chart(salaries, benchmark, figures):
    """`salaries` and `figures` have an entry a métier: a scale or None, and its sourced amounts.

    An amount that several quote stands once; the median is drawn already.
    """
    known = [salary for salary in salaries if salary]
    quoted = _quoted(figures, benchmark)
    axis = Axis.over(known, benchmark, [figure for figure, _ in quoted])
    return SharedPayChart(
        axis,
        stages=tuple(
            (label, tuple(salary and axis.stage(salary, name, label) for salary in salaries))
            for name, label in STAGES
        ),
        points=tuple((axis.place(int(figure.value)), figure, of) for figure, of in quoted),
    )


def _quoted(figures, benchmark):
    """(figure, places of the métiers that quote it), the lowest first."""
    found = {}
    for place, quoted in enumerate(figures):
        for figure in quoted:
            if figure.value != benchmark.amount:
                key = figure.value, figure.year, figure.source_id
                found.setdefault(key, (figure, []))[1].append(place)
    return sorted(found.values(), key=lambda pair: pair[0].value)


def compared(salary, benchmark):
    """The middle range against the Belgian median, in words."""
    if salary.mid_low > benchmark.amount:
        return "au-dessus de la médiane belge"
    if salary.mid_high < benchmark.amount:
        return "en dessous de la médiane belge"
    return "autour de la médiane belge"
