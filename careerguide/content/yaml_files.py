"""Strict YAML in, stable YAML out.

Plain YAML 1.1 reads `no` as a boolean, `9:30` as 570 and keeps the last of two equal keys. The
loader here knows text, whole and decimal numbers, true, false and null, leaves dates as text for
the schema to check, and refuses a key said twice, tags, aliases and bottomless nesting.
"""

import re

import yaml

from .errors import ContentError, Problem
from .yaml_errors import Refused, explain, place

# Lines that a literal block gives back as they are: none starts with a space, no odd control.
CONTROL = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff"
LINE = rf"[^\s{CONTROL}][^{CONTROL}]*"
SAFE_LITERAL = re.compile(rf"(?:{LINE}\n{{1,2}})*{LINE}")

UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")

# Line breaks that PyYAML writes as they are and reads as « \n »; quoted, it escapes them.
BREAK_ELSEWHERE = re.compile(r"[\r\x85\u2028\u2029]")


MOST_NODES = 50_000
MOST_LEVELS = 20
LONGEST_NUMBER = 300
"""In digits, past which it stays text: Python reads no 4,301, and a float of 309 is infinite."""


class Loader(yaml.SafeLoader):
    yaml_implicit_resolvers = {}

    def __init__(self, stream):
        super().__init__(stream)
        self.level = self.nodes = 0

    def compose_node(self, parent, index):
        """No alias: a few lines of them unfold to gigabytes, and no content needs one.

        No tag either, which would make a value what no content holds, nor more values or levels
        than are read in a moment.
        """
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent):
            raise Refused("un renvoi (*nom) est refusé", event.start_mark)
        if event.tag is not None:
            raise Refused("une étiquette (!nom) est refusée", event.start_mark)
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise Refused(f"plus de {MOST_NODES} valeurs", event.start_mark)
        if self.level == MOST_LEVELS:
            raise Refused(f"plus de {MOST_LEVELS} niveaux", event.start_mark)
        self.level += 1
        node = super().compose_node(parent, index)
        self.level -= 1
        return node

    def construct_mapping(self, node, deep=False):
        keys = set()
        for name, _ in node.value:
            if not isinstance(name, yaml.ScalarNode):
                raise Refused("une clé est un mot, pas une liste", name.start_mark)
            key = self.construct_object(name)
            if key in keys:
                raise Refused(f"la clé « {key} » est donnée deux fois", name.start_mark)
            keys.add(key)
        return super().construct_mapping(node, deep)


WHOLE = rf"-?(?:0|[1-9][0-9]{{0,{LONGEST_NUMBER - 1}}})"
for tag, pattern, first in (
    ("bool", r"true|false", "tf"),
    ("int", WHOLE, "-0123456789"),
    ("float", rf"{WHOLE}\.[0-9]{{1,{LONGEST_NUMBER}}}", "-0123456789"),
    ("null", r"null|~|", ["n", "~", ""]),
):
    Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first)
    )


class Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, indentless=False)


def _represent_text(dumper, text):
    style = None
    if "\n" in text and SAFE_LITERAL.fullmatch(text):
        style = "|"
    elif BREAK_ELSEWHERE.search(text):
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


Dumper.add_representer(str, _represent_text)


def load(path, *, label):
    """The plain data of a file, or a `ContentError` that names it by `label`."""
    raw, text = path.read_bytes(), ""
    try:
        text = raw.decode()
        data = yaml.load(text, Loader)  # noqa: S506 (a SafeLoader, stricter)
        refuse_unstorable(data)
    except UnicodeDecodeError as error:
        where = place(raw[: error.start].decode())
        found = "des octets qui ne sont pas de l’UTF-8"
    except yaml.YAMLError as error:
        where, found = explain(error, text)
    except ValueError as error:
        where, found = "le fichier", str(error)
    else:
        return data
    raise ContentError([Problem(label, where, found, "du YAML valide, en UTF-8")])


def refuse_unstorable(data):
    """ValueError for a NUL or half a surrogate pair, which no database takes."""
    if isinstance(data, dict):
        data = [*data.keys(), *data.values()]
    if isinstance(data, list):
        for item in data:
            refuse_unstorable(item)
    elif isinstance(data, str) and UNSTORABLE.search(data):
        raise ValueError("un caractère que la base ne peut garder (NUL ou demi-codet)")


def dump(data, *, schema=""):
    """Text that `load` reads back to equal data, the same bytes each time."""
    header = f"# yaml-language-server: $schema={schema}\n" if schema else ""
    body = yaml.dump(
        data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=96, default_flow_style=False
    )
    return header + body
