"""The five levels of studies, and how the pages say the one that opens a métier."""

LEVELS = [
    (1, "Sur le tas"),
    (2, "Secondaire, qualification ou alternance"),
    (3, "Un à deux ans après le secondaire"),
    (4, "Bachelier, trois ou quatre ans"),
    (5, "Master et plus"),
]
ENTRY = {
    1: "sans diplôme",
    2: "dès le secondaire",
    3: "un ou deux ans après le secondaire",
    4: "dès le bachelier",
}
USUAL = {
    2: "une qualification ou une alternance",
    3: "un ou deux ans après le secondaire",
    4: "un bachelier",
    5: "un master",
}


def entry_and_usual(entry: int, usual: int) -> str:
    """
    >>> entry_and_usual(2, 4)
    'Possible dès le secondaire, le plus souvent un bachelier.'
    """
    return f"Possible {ENTRY[entry]}, le plus souvent {USUAL[usual]}."
