"""Text that a person typed or brought, without what no page shows and no spreadsheet takes."""

import re
import unicodedata

BREAK = re.compile(r"[\x0b\x0c]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]")


def clean(text):
    """Word's line break, a vertical tab, becomes a space; tabs and lines stay. An « é » that came
    as a letter and its accent, as from a Macintosh, is one character: keys that look alike are.
    """
    return unicodedata.normalize("NFC", CONTROL.sub("", BREAK.sub(" ", text)))


def clean_form(posted):
    """The same of a form; a password is what was typed, the same as at the login."""
    cleaned = posted.copy()
    for name, values in posted.lists():
        if "password" not in name:
            cleaned.setlist(name, [clean(value) for value in values])
    return cleaned


def clean_file(data):
    """The same of the bytes of a file, of which its confirmation sends the text; what is no text
    stays as it is, for its reader to refuse.
    """
    try:
        return clean(data.decode()).encode()
    except UnicodeDecodeError:
        return data
