"""What a form of the questionnaire asks beside the answers themselves."""

from .result import Selected
from .scoring import SCALE


class SelectedForm:
    """What the list of the closest is narrowed by, of what the catalogue knows."""

    LABELS = {"secteur": "Secteur", "etudes": "Études", "demande": "On cherche du monde"}

    def __init__(self, query, *, catalogue):
        facets = {name: catalogue.facets[name] for name in Selected.FACETS}
        keys = {name: facet.known(query.getlist(name)[:1]) for name, facet in facets.items()}
        chosen = {name: "".join(found) for name, found in keys.items()}
        self.selected = Selected(**chosen, without_flags="sans" in query)
        self._facets = facets

    @property
    def fields(self):
        return [
            {
                "name": name,
                "label": self.LABELS[name],
                "choices": [
                    {
                        "key": value.key,
                        "label": value.label,
                        "is_chosen": value.key == getattr(self.selected, name),
                    }
                    for value, count in zip(facet.values, facet.masks.any(axis=1), strict=True)
                    if count
                ],
            }
            for name, facet in self._facets.items()
        ]


class WhatIfForm:
    """`phrase` is the position of a statement that was answered, `reponse` the value tried."""

    def __init__(self, query, *, questionnaire, answers):
        self.questionnaire, self.answers = questionnaire, answers
        self._given = dict(answers.answered)
        self.position = _whole(query.get("phrase"))
        self.value = _whole(query.get("reponse"))

    @property
    def tried(self):
        """(position, value) where both are known and the answer is another one; else None."""
        if not self._is_known or self.is_the_same:
            return None
        return self.position, self.value

    @property
    def is_the_same(self):
        return self._is_known and self._given[self.position] == self.value

    @property
    def _is_known(self):
        return self.position in self._given and self.value in SCALE

    @property
    def statements(self):
        return [
            {
                "position": question.position,
                "text": question.text.rstrip("."),
                "given": self._label(self._given[question.position]),
                "is_chosen": question.position == self.position,
            }
            for question in self.questionnaire.questions
            if question.position in self._given
        ]

    @property
    def choices(self):
        return [
            {"value": value, "label": self._label(value), "is_chosen": value == self.value}
            for value in SCALE
        ]

    def _label(self, value):
        return self.questionnaire.answer_labels[value - 1]


def _whole(text):
    return int(text) if text and len(text) <= 2 and text.isascii() and text.isdigit() else None
