"""Numbers that a request names."""

MOST_DIGITS = 18
"""Of any key of the database; Python itself reads no more than 4,300."""


def key_of(text):
    """The number, or None where the text is none that a key may be.

    >>> key_of("12"), key_of(""), key_of("-1"), key_of("\u0663"), key_of("9" * 5000)
    (12, None, None, None, None)
    """
    is_number = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if is_number else None
