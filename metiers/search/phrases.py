"""Phrases of the content as the words that an index knows them by."""

from .words import FUNCTION_WORDS, IDLE_WORDS, NEGATION, NEGATIONS, stem, words_of

LONGEST_PHRASE = 4


def telling(phrase):
    """Its words but « de », « en »; all of them where there are no others."""
    words = words_of(phrase)
    return [word for word in words if word not in FUNCTION_WORDS] or words


def key(word: str) -> str:
    """What words that say the same share: their stem; all negations have one key."""
    return NEGATION if word in NEGATIONS else stem(word)


def naming(parts):
    """The keys by which a name is known whole: « homme de loi » is « loi »."""
    return frozenset(map(key, [part for part in parts if part not in IDLE_WORDS] or parts))


def glued(parts):
    """« aide », « soignant » is « aidesoignant » too; three or four words likewise."""
    return {
        "".join(parts[start : start + length])
        for length in range(2, min(LONGEST_PHRASE, len(parts)) + 1)
        for start in range(len(parts) - length + 1)
    }


def remember_spelling(phrase, displays):
    for token in phrase.replace("’", " ").replace("'", " ").split():
        for word in words_of(token):
            if len(words_of(token)) == 1:
                displays.setdefault(word, token.strip("(),").lower())
