"""Where the licences that ask to be linked are told."""

import re

CREATIVE_COMMONS = re.compile(r"CC (BY(?:-NC)?(?:-SA|-ND)?) ([1-4]\.0)")


def licence_url(name):
    """The address of a Creative Commons licence; nothing for « © HELMo, avec son accord ».

    >>> licence_url("CC BY-SA 4.0")
    'https://creativecommons.org/licenses/by-sa/4.0/deed.fr'
    """
    if name in ("CC0", "CC0 1.0"):
        return "https://creativecommons.org/publicdomain/zero/1.0/deed.fr"
    if found := CREATIVE_COMMONS.fullmatch(name):
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/deed.fr"
    return ""
