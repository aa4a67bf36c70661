"""Training steps as two parallel lines that part, run side by side and meet again; pure."""

from dataclasses import dataclass

from .models import Track


@dataclass(frozen=True)
class Stop:
    """A station and what is drawn beside it.

    `splits`: the second line leaves the first after this stop. `joins`: it comes back before this
    one. `runs_beside`: the other line passes by.
    """

    step: object
    splits: bool
    joins: bool
    runs_beside: bool
    opens: str
    is_last: bool


def training_map(steps):
    """`Stop`s in drawing order: trunk, direct way, other way, trunk again."""
    has_other = any(step.track == Track.OTHER for step in steps)
    parallel = [index for index, step in enumerate(steps) if step.track != Track.TRUNK]
    first, last = (parallel[0], parallel[-1]) if parallel and has_other else (None, None)
    stops = []
    for index, step in enumerate(steps):
        before = steps[index - 1].track if index else None
        stops.append(
            Stop(
                step=step,
                splits=has_other and first is not None and index == first - 1,
                joins=has_other and last is not None and index == last + 1,
                runs_beside=has_other and first is not None and first <= index <= last,
                opens=_opens(step.track, before) if has_other else "",
                is_last=index == len(steps) - 1,
            )
        )
    return stops


def _opens(track, before):
    """The label over the first stop of a parallel line."""
    return Track(track).label if track != Track.TRUNK and track != before else ""
