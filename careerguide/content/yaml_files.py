"""Strict YAML in, stable YAML out.

Plain YAML 1.1 reads `no` as a boolean, `9:30` as 570 and keeps the last of two equal keys. The
loader here knows text, whole and decimal numbers, true, false and null, leaves dates as text for
the schema to check, and refuses a key said twice.
"""

import re

import yaml

from .errors import ContentError, Problem

# Lines that a literal block gives back as they are: none starts with a space, no odd control.
CONTROL = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff"
LINE = rf"[^\s{CONTROL}][^{CONTROL}]*"
SAFE_LITERAL = re.compile(rf"(?:{LINE}\n{{1,2}})*{LINE}")

UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")

# Line breaks that PyYAML writes as they are and reads as « \n »; quoted, it escapes them.
BREAK_ELSEWHERE = re.compile(r"[\r\x85\u2028\u2029]")


class Loader(yaml.SafeLoader):
    yaml_implicit_resolvers = {}

    def compose_node(self, parent, index):
        """No alias: a few lines of them unfold to gigabytes, and no content needs one."""
        if self.check_event(yaml.events.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.composer.ComposerError(None, None, "un renvoi (*nom) est refusé", mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(
                    None, None, f"la clé « {key} » est donnée deux fois", node.start_mark
                )
        return super().construct_mapping(node, deep)


for tag, pattern, first in (
    ("bool", r"true|false", "tf"),
    ("int", r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    ("float", r"-?(?:0|[1-9][0-9]*)\.[0-9]+", "-0123456789"),
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
    try:
        data = yaml.load(path.read_bytes().decode(), Loader)  # noqa: S506 (a SafeLoader, stricter)
        refuse_unstorable(data)
    except (yaml.YAMLError, ValueError, RecursionError, OSError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"ligne {mark.line + 1}" if mark else "le fichier"
        found = getattr(error, "problem", None) or " ".join(str(error).split())
        raise ContentError([Problem(label, line, found, "du YAML valide, en UTF-8")]) from error
    return data


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
