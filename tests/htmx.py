"""What htmx does with an answer, on trees: enough of it to compare a swap with a reload."""

import html5lib
from html5lib.serializer import serialize


class Htmx:
    """A visitor with JavaScript, beside one without."""

    def __init__(self, client):
        self.client = client

    def get(self, address, **headers):
        return self.client.get(address, headers={"HX-Request": "true", **headers})

    def loaded(self, address):
        """The page as a browser without JavaScript loads it."""
        return _text(_parse(self.client.get(address)))

    def swapped(self, page, address):
        """The page at `page` once its link to `address` was followed by htmx."""
        tree = _parse(self.client.get(page))
        parents = {child: parent for parent in tree.iter() for child in parent}
        link = next(element for element in tree.iter() if element.get("hx-get") == address)

        def inherited(name):
            element = link
            while element is not None and element.get(name) is None:
                element = parents.get(element)
            return None if element is None else element.get(name)

        assert inherited("hx-push-url") == "true"
        assert inherited("hx-swap").split()[0] == "outerHTML"
        target = inherited("hx-target").removeprefix("#")
        old = _by_id(tree, target)
        response = self.get(address, **{"HX-Target": target, "HX-Current-URL": page})
        new = html5lib.parseFragment(response.content.decode(), namespaceHTMLElements=False)
        _take_title(new, tree)
        for element in [*new]:
            if element.attrib.pop("hx-swap-oob", None) == "true":
                new.remove(element)
                around = _by_id(tree, element.get("id"))
                _replace(parents[around], around, [element])
        _replace(parents[old], old, list(new))
        return _text(tree)


def _parse(response):
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


def _by_id(tree, name):
    return next(element for element in tree.iter() if element.get("id") == name)


def _take_title(fragment, tree):
    """htmx sets the document's title from a `<title>` at the root of the answer, nowhere else."""
    title = fragment.find("title")
    if title is not None:
        tree.find("head/title").text = title.text
        fragment.remove(title)


def _replace(parent, old, new):
    place = list(parent).index(old)
    parent.remove(old)
    for offset, element in enumerate(new):
        parent.insert(place + offset, element)


def _text(tree):
    """One line a tag, whitespace apart: pytest then shows where two pages differ."""
    html = serialize(tree, omit_optional_tags=False, quote_attr_values="always")
    lines = html.replace("<", "\n<").replace(">", ">\n").splitlines()
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())
