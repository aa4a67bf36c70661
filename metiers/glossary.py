"""Technical words in running text that lead to the glossary."""

import re

from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from .models import GlossaryTerm


class Glossary:
    """Links the first use on a page of each word that the glossary defines.

    >>> Glossary({"CESS": "cess"}).link("Tout CESS donne accès, un CESS technique aussi.")
    'Tout <a class="term" href="/glossaire/#cess">CESS</a> donne accès, un CESS technique aussi.'
    """

    def __init__(self, slugs_by_form, carried=""):
        self.slugs_by_form = slugs_by_form
        self.address = reverse("metiers:glossary") + carried
        self.linked = set()
        forms = sorted(slugs_by_form, key=len, reverse=True)
        alternatives = "|".join(map(re.escape, forms))
        self.pattern = re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])") if forms else None

    @classmethod
    def load(cls, carried=""):
        """The whole glossary, one query; `carried` is what its links take along, « ?r=… »."""
        rows = GlossaryTerm.objects.values_list("slug", "forms").order_by("pk")
        return cls(
            {spelling: slug for slug, forms in rows for form in forms for spelling in _cased(form)},
            carried,
        )

    def link(self, text):
        if self.pattern is None:
            return conditional_escape(text)
        parts, end = [], 0
        for match in self.pattern.finditer(text):
            slug = self.slugs_by_form[match.group()]
            if slug in self.linked:
                continue
            self.linked.add(slug)
            parts += [conditional_escape(text[end : match.start()])]
            parts += [_anchor(f"{self.address}#{slug}", match.group())]
            end = match.end()
        parts.append(conditional_escape(text[end:]))
        return SafeString("".join(parts))


def _cased(form):
    """A form as it is, and with the capital that the start of a sentence gives it."""
    return {form, form[:1].upper() + form[1:]}


def _anchor(address, word):
    return format_html('<a class="term" href="{}">{}</a>', address, word)
