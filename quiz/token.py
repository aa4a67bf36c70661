"""The answers of a visitor as a short code for the address bar, and back.

Nothing is stored: the code is the only copy. A format, once published, stays decodable for ever;
a new one gets the next version number and its own entry in `_DECODERS`.

Format 1, 23 bytes, 31 characters of URL-safe base64 without padding:

    1 byte    format version, 1
    1 byte    set of questions, 1–255
    17 bytes  big-endian mixed-radix integer: 36 answers and the level in base 7
              (0 not asked, 1 skipped, 2–6 for 1–5), then started_from in base 2³² (0 for none)
    4 bytes   CRC-32 of all the above

Format 2, 25 bytes, 34 characters: the same, with two bytes of dealbreakers before the CRC, one bit
each (`quiz.dealbreakers`); written only where there is one, so that a state has one code.

Format 3: as format 2, dealbreakers or not, of answers that were confirmed (`Answers.is_confirmed`).
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import crc32
from collections.abc import Iterable
from dataclasses import dataclass, replace
from operator import mul

ITEMS = 36
SKIPPED = 0
LONGEST_CODE = 40

_FORMAT_1 = 1
_FORMAT_2 = 2
_FORMAT_3 = 3
_KEYS = 2**32
_BODY_LENGTH = 17
_CODE_1_LENGTH = 31
_CODE_2_LENGTH = 34
_DEALBREAKERS = 2**16
_POWERS = tuple(_KEYS * 7**exponent for exponent in reversed(range(ITEMS + 1)))
_VALUES = (None, 0, 1, 2, 3, 4, 5)
_DIGITS = {value: digit for digit, value in enumerate(_VALUES)}
_ALPHABET = re.compile(r"[A-Za-z0-9_-]+")


class BrokenCode(ValueError):
    """The code was not made by `encode`: mistyped, cut, or made up."""


@dataclass(frozen=True)
class Answers:
    """All that a visitor has said so far.

    `values` has 36 entries: None (not asked yet), 0 (skipped) or 1–5; `level` is the same for the
    length of studies; `started_from` is the `slug_key` of the métier whose page led here;
    `dealbreakers` has 16 bits, one for each thing refused; `is_confirmed` once the visitor was
    told that the answers contradict one another, and stands by them. Anything else is a ValueError.

    >>> Answers(1).with_answer(3, 5).with_level(4).answered
    ((3, 5),)
    """

    set_number: int
    values: tuple[int | None, ...] = (None,) * ITEMS
    level: int | None = None
    started_from: int | None = None
    dealbreakers: int = 0
    is_confirmed: bool = False

    def __post_init__(self):
        if not 1 <= self.set_number <= 255:
            raise ValueError("a set of questions is numbered from 1 to 255")
        if len(self.values) != ITEMS:
            raise ValueError(f"there are {ITEMS} values, not {len(self.values)}")
        if not _DIGITS.keys() >= {self.level, *self.values}:
            raise ValueError("a value is None, 0 or 1 to 5")
        if self.started_from is not None and not 1 <= self.started_from < _KEYS:
            raise ValueError("started_from is a slug_key")
        if not 0 <= self.dealbreakers < _DEALBREAKERS:
            raise ValueError("dealbreakers have 16 bits")

    def with_answer(self, position: int, value: int) -> "Answers":
        """A copy where the item at `position` (1–36) has 1–5, or 0 when skipped."""
        if not 1 <= position <= ITEMS:
            raise ValueError(f"a position lies between 1 and {ITEMS}, not {position}")
        if value is None:
            raise ValueError("an answer is 0 or 1 to 5")
        before, after = self.values[: position - 1], self.values[position:]
        return replace(self, values=(*before, value, *after))

    def with_level(self, level: int) -> "Answers":
        """A copy with the longest studies accepted, 1–5, or 0 when skipped."""
        if level is None:
            raise ValueError("a level is 0 or 1 to 5")
        return replace(self, level=level)

    def without(self, positions: Iterable[int]) -> "Answers":
        """A copy where the items at these positions were not asked yet."""
        gone = set(positions)
        values = (None if i in gone else value for i, value in enumerate(self.values, start=1))
        return replace(self, values=tuple(values))

    def toggled(self, bit: int) -> "Answers":
        """A copy that refuses one thing more, or less."""
        return replace(self, dealbreakers=self.dealbreakers ^ (1 << bit))

    def confirmed(self) -> "Answers":
        """A copy by which the visitor stands, whatever changes from here on."""
        return replace(self, is_confirmed=True)

    @property
    def answered(self) -> tuple[tuple[int, int], ...]:
        """(position, 1–5) of each item answered, by position; skipped ones are left out."""
        return tuple((i, value) for i, value in enumerate(self.values, start=1) if value)


def slug_key(slug: str) -> int:
    """A 32-bit stand-in for a slug, never 0; compare it with the keys of known slugs."""
    return crc32(slug.encode()) or 1


def encode(answers: Answers) -> str:
    """The code of these answers, one per state: 31 characters, 34 in formats 2 and 3."""
    digits = map(_DIGITS.__getitem__, (*answers.values, answers.level))
    number = sum(map(mul, digits, _POWERS)) + (answers.started_from or 0)
    body = number.to_bytes(_BODY_LENGTH, "big")
    version = _version(answers)
    if version != _FORMAT_1:
        body += answers.dealbreakers.to_bytes(2, "big")
    message = bytes((version, answers.set_number)) + body
    return _to_text(message + crc32(message).to_bytes(4, "big"))


def _version(answers):
    if answers.is_confirmed:
        return _FORMAT_3
    return _FORMAT_2 if answers.dealbreakers else _FORMAT_1


def decode(code: str) -> Answers:
    """The answers behind a code; BrokenCode, with the reason, for anything `encode` never wrote.

    Any one altered character is noticed (CRC-32), and so is every truncation.
    """
    if len(code) > LONGEST_CODE:
        raise BrokenCode("too long")
    if not _ALPHABET.fullmatch(code):
        raise BrokenCode("characters outside URL-safe base64")
    if len(code) % 4 == 1:
        raise BrokenCode("wrong length")
    message = urlsafe_b64decode(code + "=" * (-len(code) % 4))
    if message[0] not in _DECODERS:
        raise BrokenCode("unknown format version")
    return _DECODERS[message[0]](code, message)


def _decode_1(code: str, message: bytes) -> Answers:
    _check(code, message, _CODE_1_LENGTH)
    return _answers(message[1], message[2:-4])


def _decode_2(code: str, message: bytes) -> Answers:
    answers = _with_dealbreakers(code, message)
    if not answers.dealbreakers:
        raise BrokenCode("not canonical")
    return answers


def _decode_3(code: str, message: bytes) -> Answers:
    return _with_dealbreakers(code, message).confirmed()


def _with_dealbreakers(code, message):
    _check(code, message, _CODE_2_LENGTH)
    dealbreakers = int.from_bytes(message[-6:-4], "big")
    return replace(_answers(message[1], message[2:-6]), dealbreakers=dealbreakers)


def _check(code: str, message: bytes, length: int) -> None:
    if len(code) != length:
        raise BrokenCode("wrong length")
    if _to_text(message) != code:
        raise BrokenCode("not canonical")
    if crc32(message[:-4]) != int.from_bytes(message[-4:], "big"):
        raise BrokenCode("checksum mismatch")


def _answers(set_number: int, body: bytes) -> Answers:
    number, key = divmod(int.from_bytes(body, "big"), _KEYS)
    digits = _digits(number)
    if not set_number:
        raise BrokenCode("set of questions out of range")
    *values, level = map(_VALUES.__getitem__, digits)
    return Answers(set_number, tuple(values), level, key or None)


def _digits(number: int) -> list[int]:
    """The 37 base-7 digits, most significant first."""
    digits = []
    for _ in range(ITEMS + 1):
        number, digit = divmod(number, 7)
        digits.append(digit)
    if number:
        raise BrokenCode("not canonical")
    return digits[::-1]


def _to_text(message: bytes) -> str:
    return urlsafe_b64encode(message).rstrip(b"=").decode()


_DECODERS = {_FORMAT_1: _decode_1, _FORMAT_2: _decode_2, _FORMAT_3: _decode_3}
