"""An editor at work in the admin: opens a page, changes some fields, sends its form back."""

import html5lib
from django.contrib.auth import get_user_model

KINDS = ("input", "textarea", "select")
BULLETS = (
    *("- ", "• ", "•", " – ", "* ", "· ", "1. ", "2) ", "(3) ", "a) ", "o\t", "§\t"),
    *("\uf0b7\t", "\uf0a7 ", "➢ ", "✓ ", "► ", "→ ", "☐ "),
)
NOT_BULLETS = [
    "-30 °C",
    "3 jours de séchage",
    "1.5 litre",
    "à la main",
    "o de Word",
    "§ 2 de la loi",
]
"""Lines that start as a bullet does, and are none."""
BULLETED = "\n".join([*(f"{bullet}Scier" for bullet in BULLETS), *NOT_BULLETS])
"""A list as it is pasted; the page and the server both make this of it:"""
WITHOUT_BULLETS = [*("Scier" for _ in BULLETS), *NOT_BULLETS]


class Editor:
    """A superuser in front of the strict client."""

    def __init__(self, client):
        self.client = client
        users = get_user_model().objects
        self.user = users.create_superuser("claire", "claire@example.org", "secret")
        client.force_login(self.user)

    def open(self, address):
        response = self.client.get(address)
        assert response.status_code == 200, address
        return response

    def save(self, address, **changes):
        """Send the page's own form back with these changes; follow to the page that comes next."""
        data = shown_fields(self.open(address).content.decode()) | changes
        return self.client.post(address, data, follow=True)


def shown_fields(html):
    """What a browser would send for a page's main form, as it was served."""
    root = html5lib.HTMLParser(namespaceHTMLElements=False).parse(html)
    form = next(form for form in root.iter("form") if (form.get("id") or "").endswith("_form"))
    fields = {}
    for element in form.iter():
        name = element.tag in KINDS and element.get("name")
        if name and "__prefix__" not in name and element.get("type") != "submit":
            fields |= _sent(name, element)
    return fields


def _sent(name, element):
    if element.tag == "textarea":
        return {name: (element.text or "").removeprefix("\n")}
    if element.tag == "select":
        chosen = [option.get("value") for option in element.iter("option") if _is_chosen(option)]
        return {name: chosen if element.get("multiple") is not None else "".join(chosen[:1])}
    if element.get("type") == "checkbox":
        return {name: "on"} if element.get("checked") is not None else {}
    return {name: element.get("value", "")}


def _is_chosen(option):
    return option.get("selected") is not None


def messages_of(response):
    return [(message.level_tag, message.message) for message in response.context["messages"]]


def errors_of(response):
    """Every error on the page, of the form and of its rows, in words."""
    context = response.context
    return [str(error) for errors in context["errors"] for error in _flat(errors)]


def _flat(errors):
    return [errors] if isinstance(errors, str) else list(errors)


class Member(Editor):
    """An account of a group in front of the strict client."""

    def __init__(self, client, user):
        self.client, self.user = client, user
        client.force_login(user)


def change_page(instance):
    return f"/gestion/metiers/{instance._meta.model_name}/{instance.pk}/change/"


def formsets_of(response):
    return [inline.formset for inline in response.context["inline_admin_formsets"]]
