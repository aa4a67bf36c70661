"""The strict test client: a page that breaks a house rule fails every test that asks for it."""

from collections import Counter
from urllib.parse import urlsplit

import html5lib
from django.test import Client

ADMIN = "/gestion/"
URL_ATTRIBUTES = ("src", "srcset", "poster", "data", "action", "formaction", "xlink:href")
PLAIN_TWINS = {"hx-get": ("href", "action"), "hx-post": ("action",)}


class StrictClient(Client):
    """Django's client for visitors' pages; Django's own markup, in the admin, is not judged."""

    def request(self, **request):
        response = super().request(**request)
        if not response.request["PATH_INFO"].startswith(ADMIN):
            found = problems_of(response)
            assert not found, "\n".join([response.request["PATH_INFO"], *found])
        return response


def problems_of(response):
    found = [f"sets the cookie {name}" for name in response.cookies]
    if response.get("Content-Type", "").startswith("text/html") and response.content:
        is_fragment = response.request.get("HTTP_HX_REQUEST") == "true"
        html = response.content.decode()
        root, errors = parse(html, is_fragment=is_fragment)
        found += _problems(html, root, errors, is_fragment)
        if not _is_part(html, is_fragment):
            response.tree = root  # read again by `tests.html.tree`, which costs as much as the page
    return found


def problems(html, *, is_fragment=False):
    """What is wrong with a page, in words; an empty list for a good one."""
    root, errors = parse(html, is_fragment=is_fragment)
    return _problems(html, root, errors, is_fragment)


def parse(html, *, is_fragment):
    """The root, and the errors as (place, code, data)."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    read = parser.parseFragment if _is_part(html, is_fragment) else parser.parse
    return read(html), parser.errors


def _is_part(html, is_fragment):
    return is_fragment and not html.lstrip().lower().startswith("<!doctype")


def _problems(html, root, errors, is_fragment):
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    found = [f"shows template code: {mark}" for mark in ("{{", "{%", "{#") if mark in html]
    found += [f"is invalid HTML, {place}: {code} {data}" for place, code, data in errors]
    found += _broken_ids(elements, is_fragment)
    for element in elements:
        found += [f"<{_name(element)}> {problem}" for problem in _problems_of(element)]
    return found


def _name(element):
    return element.tag.rpartition("}")[2]


def _problems_of(element):
    for name in element.attrib:
        if name.startswith("on"):
            yield f"has an inline handler, {name}"
        if name == "style":
            yield "has an inline style"
    if _name(element) == "style":
        yield "is an inline style sheet"
    if _name(element) == "script" and (not element.get("src") or element.text):
        yield "is an inline script"
    for name, twins in PLAIN_TWINS.items():
        address = element.get(name)
        # Without script, what is typed in a field goes where its form leads.
        if _name(element) == "input":
            continue
        if address is not None and address not in [element.get(twin) for twin in twins]:
            yield f"has {name} without the same address in {' or '.join(twins)}"
    yield from _foreign(element)


def _foreign(element):
    if element.get("rel") == "canonical":  # names the page and asks for nothing
        return
    names = URL_ATTRIBUTES + (("href",) if _name(element) in ("link", "base", "use") else ())
    for name in names:
        for candidate in (element.get(name) or "").split(","):
            if urlsplit(candidate.strip()).netloc:
                yield f"asks a third party for {candidate.strip()}"


def _broken_ids(elements, is_fragment):
    """Each id once; what a page says about its own ids is true."""
    counts = Counter(element.get("id") for element in elements if element.get("id"))
    yield from (f"has the id {name} {count} times" for name, count in counts.items() if count > 1)
    if is_fragment:
        return
    for element in elements:
        named = f"{element.get('aria-labelledby', '')} {element.get('aria-describedby', '')}"
        targets = [*named.split(), element.get("for", "")]
        if element.get("href", "").startswith("#"):
            targets.append(element.get("href")[1:])
        yield from (f"leads to no #{name}" for name in targets if name and name not in counts)
