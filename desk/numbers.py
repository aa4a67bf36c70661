"""Numbers that a request names."""

MOST_DIGITS = 18
"""Of any key of the database; Python itself reads no more than 4,300."""


def number_in(text):
    """The number, or None where the text is none that a key may be.

    >>> number_in("12"), number_in(""), number_in("-1"), number_in("\u0663"), number_in("9" * 5000)
    (12, None, None, None, None)
    """
    is_number = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if is_number else None
