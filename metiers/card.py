"""What lists and profiles say of a métier."""

from careerguide import french

from . import studies
from .addresses import metier_address


class Card:
    """Drawn from `slug`, the two names, `studies_headline` and the two levels of studies.

    A row has them (`models.Metier`), and what the catalogue keeps of it (`catalogue.shown.Shown`).
    """

    __slots__ = ()

    def get_absolute_url(self):
        return metier_address(self.slug)

    @property
    def name_both(self):
        """« infirmier, infirmière », or « comptable » where one word serves both."""
        return french.both(self.name_masculine, self.name_feminine)

    @property
    def level_asked(self):
        """The lowest level of studies that opens the métier: what a visitor must accept."""
        return self.study_level if self.entry_level is None else self.entry_level

    @property
    def level_asked_label(self):
        return dict(studies.LEVELS)[self.level_asked]

    @property
    def has_lower_entry(self):
        """Whether people come in with shorter studies than the usual ones."""
        return self.level_asked < self.study_level

    @property
    def studies_line(self):
        """« Bachelier, 3 ans · possible sans diplôme »: what a card says of the studies."""
        if not self.has_lower_entry:
            return self.studies_headline
        return f"{self.studies_headline} · possible {studies.ENTRY[self.entry_level]}"
