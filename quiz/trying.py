"""« Et si » : the same visitor with one answer changed, and what moves."""

from functools import cached_property

from metiers.catalogue import Catalogue

from .refining import changed
from .result import Moved, Result, moved_numbers, moves
from .visitor import Visitor

SHOWN = 10


class Trial:
    """`position` (1–36) is of the statement, `value` 1–5 the answer tried."""

    def __init__(self, before: Visitor, position: int, value: int, catalogue: Catalogue):
        self.before, self.catalogue = before, catalogue
        self.after = Visitor(before.answers.with_answer(position, value))

    @property
    def is_ranked(self) -> bool:
        """Whether the answers would still carry a ranking."""
        return self.after.is_ranked

    @cached_property
    def _numbers(self):
        return moved_numbers(self.before, self.after, self.catalogue)

    @property
    def moved_count(self) -> int:
        return len(self._numbers)

    @property
    def unshown_count(self) -> int:
        return max(0, self.moved_count - SHOWN)

    @cached_property
    def moved(self) -> list[Moved]:
        """The métiers whose band would change, the closest first."""
        before = self.before.closeness_in(self.catalogue)
        after = Result(self.after, self.catalogue)
        return moves(self._numbers[:SHOWN], before, after, self.before.profile)

    @property
    def types(self):
        return changed(self.before.profile, self.after.profile)
