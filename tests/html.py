"""Pages as trees, to ask what a reader asks: what does it say there, where does it lead?"""

import html5lib

INLINE = {"a", "span", "strong", "em", "b", "i", "mark", "time", "label", "abbr", "cite"}


def tree(response):
    """As the client already read it where it did."""
    read = getattr(response, "tree", None)
    return (
        html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
        if read is None
        else read
    )


def find(root, *, id=None, tag=None, css=None):
    """The first element with this id, this tag, this class; None when there is none."""
    return next(iter(find_all(root, id=id, tag=tag, css=css)), None)


def find_all(root, *, id=None, tag=None, css=None):
    return [
        element
        for element in root.iter()
        if (id is None or element.get("id") == id)
        and (tag is None or element.tag == tag)
        and (css is None or css in element.get("class", "").split())
    ]


def text(element):
    """What is read there, on one line with ordinary spaces; nothing where there is no element."""
    return "" if element is None else " ".join("".join(_pieces(element)).split())


def _pieces(element):
    edge = "" if element.tag in INLINE else " "
    yield edge + (element.text or "")
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    yield edge


def links(root):
    """(text, address) of each link."""
    return [(text(link), link.get("href")) for link in find_all(root, tag="a")]
