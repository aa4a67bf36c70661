"""Pages of a list, each with a real address."""

from math import ceil

from .wishes import Wishes

PAGE_SIZE = 24
PAGES_AROUND = 2


class Pages:
    """Of `count` métiers; a page past the last is the last."""

    def __init__(self, count: int, wishes: Wishes):
        self.count = max(ceil(count / PAGE_SIZE), 1)
        self.current = min(wishes.page, self.count)
        self._wishes = wishes

    @property
    def slice(self) -> slice:
        return slice((self.current - 1) * PAGE_SIZE, self.current * PAGE_SIZE)

    @property
    def previous(self) -> str:
        """The address of the page before; empty on the first."""
        return self._address(self.current - 1) if self.current > 1 else ""

    @property
    def next(self) -> str:
        return self._address(self.current + 1) if self.current < self.count else ""

    @property
    def links(self) -> list[dict]:
        """The first, the last and those around the current one."""
        around = range(self.current - PAGES_AROUND, self.current + PAGES_AROUND + 1)
        shown = sorted({1, self.count, *(n for n in around if 1 <= n <= self.count)})
        return [
            {
                "number": number,
                "address": self._address(number),
                "is_current": number == self.current,
                "after_gap": number > 1 and number - 1 not in shown,
            }
            for number in shown
        ]

    def _address(self, number):
        return self._wishes.on_page(number).address
