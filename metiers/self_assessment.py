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
        if not self.ticked_count:
            return (
                "Coche celles que tu dirais de toi sans te forcer. Si vraiment aucune ne va, c’est "
                "une information : mieux vaut l’apprendre ici qu’en première année."
            )
        if not self.left:
            return (
                "C’est rare, et cela mérite un doute : as-tu répondu comme tu es, ou comme tu "
                "voudrais être ? Fais relire ces phrases par quelqu’un qui te connaît bien."
            )
        if self.share >= MOST:
            return (
                "Le quotidien de ce métier ne devrait pas te prendre au dépourvu. Ce que tu n’as "
                "pas coché compte autant : c’est là que les journées seront longues."
            )
        if self.share >= HALF:
            return (
                "Une partie du métier te va, une autre te coûterait. Selon le lieu de travail, la "
                "seconde pèse plus ou moins : demande-le avant de conclure."
            )
        return (
            "Peu de ces phrases te ressemblent. Certaines s’apprennent, d’autres usent : regarde "
            "lesquelles, et si un métier voisin te demanderait moins."
        )


def _in_words(number):
    return NUMBERS[number] if number < len(NUMBERS) else str(number)
