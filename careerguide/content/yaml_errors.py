"""What is wrong with a YAML file, and where, in French."""

import re

import yaml

NO_YAML = "ce n’est pas du YAML"
SAID = (
    (r"found character '\\t'", "une tabulation\u00a0: mets des espaces"),
    (
        r"found character ['\"](.+?)['\"] that cannot start",
        "« {0} » au début d’une valeur\u00a0: mets-la entre guillemets",
    ),
    (
        r"mapping values are not allowed|mapping keys are not allowed",
        "un « : » ou un « ? » de trop\u00a0: mets le texte entre guillemets",
    ),
    (r"sequence entries are not allowed", "un « - » qui n’est pas à sa place"),
    (r"could not find expected ':'", "une clé sans « : »"),
    (r"expected <block end>", "un retrait qui ne suit pas celui des lignes d’avant"),
    (r"found unexpected end of stream", "un guillemet ouvert et jamais fermé"),
    (r"found unexpected document separator", "un guillemet ouvert et jamais fermé"),
    (r"expected ',' or '(.)'", "un crochet ou une accolade que rien ne ferme, « {0} »"),
    (r"expected the node content", "une valeur manque"),
    (r"found unknown escape character '(.+?)'", "« \\{0} »\u00a0: cette barre n’a pas de sens"),
    (r"expected escape sequence", "« \\x », « \\u » ou « \\U » sans ses chiffres"),
    (r"expected chomping|expected indentation", "un signe de trop après « | » ou « > »"),
    (r"another document", "un second document (---) dans le fichier"),
    (r"special characters are not allowed", "un caractère de commande, que rien ne montre"),
    (
        r"tag|directive|expected (URI|'>'|a digit)|YAML document",
        "une étiquette ou une directive (! ou %) est refusée",
    ),
    (r"anchor|alphabetic or numeric", "un renvoi (& ou *) est refusé"),
)


class Refused(yaml.MarkedYAMLError):
    """What YAML allows and a content file does not, said in French."""

    def __init__(self, found, mark):
        super().__init__(problem=found, problem_mark=mark)


def explain(error, text):
    """Where (« ligne 3, colonne 5 ») and what, of an error of PyYAML about a text.

    >>> explain(yaml.reader.ReaderError("", 3, 7, "", "special characters are not allowed"), "a: ")
    ('ligne 1, colonne 4', 'un caractère de commande, que rien ne montre')
    """
    if isinstance(error, yaml.reader.ReaderError):
        return place(text[: error.position]), _said(error.reason)
    mark = error.problem_mark or error.context_mark
    where = f"ligne {mark.line + 1}, colonne {mark.column + 1}" if mark else "le fichier"
    if isinstance(error, Refused):
        return where, error.problem
    return where, _said(error.problem or "")


def place(before):
    """
    >>> place("a: b\\nc")
    'ligne 2, colonne 2'
    """
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return f"ligne {line}, colonne {column}"


def _said(problem):
    for pattern, french in SAID:
        if found := re.search(pattern, problem):
            return french.format(*found.groups())
    return NO_YAML
