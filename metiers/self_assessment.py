"""What ticked sentences say, in words: nuanced, since they are few and not measured."""

from collections.abc import Iterable
from dataclasses import dataclass

from careerguide.templatetags.french import accord

MOST = 0.75
HALF = 0.4
NUMBERS = ("zéro", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")


@dataclass(frozen=True)
class Sentence:
    """`number` counts from 1, as the address does."""

    number: int
    text: str
    is_ticked: bool


@dataclass(frozen=True)
class SelfAssessment:
    """The sentences of a fiche, some of them ticked."""

    sentences: list[Sentence]

    @classmethod
    def of(cls, lines: list[str], ticked: Iterable[str]) -> "SelfAssessment":
        """`ticked` are the numbers in the address; what is no number of a line is passed over."""
        known = set(ticked)
        return cls([Sentence(i, line, str(i) in known) for i, line in enumerate(lines, start=1)])

    @property
    def ticked_count(self) -> int:
        return sum(sentence.is_ticked for sentence in self.sentences)

    @property
    def left(self) -> list[Sentence]:
        return [sentence for sentence in self.sentences if not sentence.is_ticked]

    @property
    def share(self) -> float:
        return self.ticked_count / len(self.sentences) if self.sentences else 0.0

    @property
    def heading(self) -> str:
        """« Cinq phrases sur huit te ressemblent. »"""
        if not self.ticked_count:
            return "Aucune phrase cochée, pour l’instant."
        if not self.left:
            return "Toutes les phrases te ressemblent."
        count = _in_words(self.ticked_count)
        words = accord(self.ticked_count, "phrase,phrases")
        verb = accord(self.ticked_count, "ressemble,ressemblent")
        return f"{count.capitalize()} {words} sur {_in_words(len(self.sentences))} te {verb}."

    @property
    def summary(self) -> str:
        """What the count can mean; it promises nothing and closes no door."""
        if not self.ticked_count:
            return (
                "Coche celles que tu dirais de toi sans te forcer. Si aucune ne va, cela ne te "
                "ferme pas ce métier : parles-en avec quelqu’un qui le fait."
            )
        if not self.left:
            return (
                "Relis-les une fois : as-tu répondu comme tu es, ou comme tu voudrais être ? "
                "Quelqu’un qui te connaît bien peut te dire ce qu’il ou elle en pense."
            )
        if self.share >= MOST:
            return (
                "Tu te reconnais dans une bonne part de ce que ce métier demande. Ce que tu n’as "
                "pas coché compte aussi : une seule phrase peut peser lourd."
            )
        if self.share >= HALF:
            return (
                "Tu te reconnais dans une partie de ce que ce métier demande. Selon le lieu de "
                "travail, le reste peut peser plus ou moins : demande-le avant de conclure."
            )
        return (
            "Tu te reconnais dans peu de ces phrases, aujourd’hui. Certaines choses s’apprennent, "
            "d’autres moins : regarde lesquelles, et demande à quelqu’un du métier."
        )


def _in_words(number):
    return NUMBERS[number] if number < len(NUMBERS) else str(number)
