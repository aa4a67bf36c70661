"""French typography, pure: what `check_content` asks for and what its `--fix` writes.

>>> typeset("« Ça paie 3728 € ! »") == "«\\xa0Ça paie 3\\u202f728\\xa0€\\u202f!\\xa0»"
True
"""

import re

WIDE = "\u00a0"
NARROW = "\u202f"
SPACES = f" {WIDE}{NARROW}"
CLOSING = r"[\w»).…%€’]"
UNITS = r"(?:€|%|°C|h|min|km|kg|cm|mm|m²|m|ha|l)(?![\w²])"


def grouped(digits: str) -> str:
    """« 12423 » in groups of three."""
    return f"{int(digits):,}".replace(",", NARROW)


_RULES = (
    (r"'", "’"),
    (r"\.\.\.", "…"),
    (r'"([^"]*)"', r"« \1 »"),
    (r" {2,}", " "),
    (rf"«[{SPACES}]*", f"«{WIDE}"),
    (rf"[{SPACES}]*»", f"{WIDE}»"),
    (rf"(?<={CLOSING})[{SPACES}]*:(?=[{SPACES}]|$)", f"{WIDE}:"),
    (rf"(?<={CLOSING})[{SPACES}]*(?=[;!?](?:[{SPACES})»]|$))", NARROW),
    (r" +(?=[,.](?:\s|$))", ""),
    # « 3 728 », and « 3728 € »; a year, a number of an article keep theirs.
    (rf"(?<![\d.,{NARROW}])(\d{{1,3}})[ {WIDE}](?=\d{{3}}(?!\d))", rf"\1{NARROW}"),
    (rf"(?<![\d,.])[1-9]\d{{3,}}(?=[{SPACES}]*€)", lambda match: grouped(match.group())),
    (rf"(?<=\d)[{SPACES}](?={UNITS})", WIDE),
    (r"(?<=\d)%(?![\w%])", f"{WIDE}%"),
    (r"(?:^|(?<=[.!?…] ))A(?= [a-zàâéèêœ])", "À"),
    (r"\bE(?=cole|coute|crire|galement|lectri|l[èe]ve|quipe|t[ae]t|tude)", "É"),
    (r"(?i)(?<=\bc)oe(?=urs?\b)|(?<=\bs)oe(?=urs?\b)|\boe(?=ufs?\b|il\b|uvr)", "œ"),
    (r"(?i)(?<=\bn)oe(?=ud)|(?<=\bb)oe(?=ufs?\b)|(?<=\bv)oe(?=ux?\b)|(?<=man)oe(?=uvr)", "œ"),
)
RULES = tuple((re.compile(pattern), replacement) for pattern, replacement in _RULES)


def typeset(text: str) -> str:
    """The text as a French printer would set it; a second time changes nothing."""
    for pattern, replacement in RULES:
        text = pattern.sub(replacement, text)
    return "\n".join(line.strip(" ") for line in text.split("\n"))
