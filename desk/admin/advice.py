"""What good looks like, said beside each field, and the lengths that the page counts live.

Minimums are those of `metiers.completeness`, maximums those of `metiers.proofreading`: the one
place of these rules.
"""

import re

from django import forms
from django.db import models

from metiers.completeness import ANSWER_WORDS, INTRODUCTION_WORDS, MINIMUM_LINES
from metiers.proofreading.rules import LONGEST_LINES

ADVICE = {
    "metier.slug": "Dans l’adresse de la fiche : « infirmier ». Elle ne change plus ensuite.",
    "metier.name_masculine": "En minuscules, au singulier : « infirmier ».",
    "metier.name_feminine": "« infirmière » ; le même mot si c’est le même : « comptable ».",
    "metier.short_name": "Là où la place manque : « électricien·ne ».",
    "metier.synonyms": "Ce que les gens tapent : autres noms, sigles, mots d’avant. "
    "Un par ligne, en minuscules.",
    "metier.rome_code": "Une lettre et quatre chiffres : « J1506 ».",
    "metier.isco_code": "Quatre chiffres : « 2221 ».",
    "metier.catch_line": "Le geste ou l’enjeu en une image, sans le nom du métier ni point final.",
    "metier.teaser": "Une ou deux phrases : ce qu’on fait, pour qui, où. Lu dans les listes et les "
    "résultats de recherche.",
    "metier.introduction": "Ce qu’on fait vraiment et pour qui, puis ce qui rend le métier propre "
    "à la Belgique. Une ligne vide entre deux paragraphes.",
    "metier.study_level": "Le plus courant parmi ceux qui commencent\u00a0: celui du diplôme "
    "en titre.",
    "metier.study_years": "Zéro si le CESS suffit.",
    "metier.studies_headline": "Le diplôme le plus fréquent : « Bachelier, 4 ans ».",
    "metier.studies_detail": "Les autres voies, en une ligne.",
    "metier.qualities_headline": "Deux ou trois qualités qui se voient au travail, pas « motivé ».",
    "metier.qualities_detail": "Où elles servent, en une ligne.",
    "metier.salary_detail": "Ce qui fait varier : barème, primes, statut d’indépendant.",
    "metier.conditions_headline": "Horaires et lieu : « Jour, nuit et week-end ».",
    "metier.conditions_detail": "Ce qui pèse, en une ligne, sans adoucir.",
    "metier.missions": "Une tâche par ligne, qui commence par un verbe : "
    "« Préparer et donner les médicaments. »",
    "metier.tools": "Une famille d’outils par ligne : « Mesure : multimètre, pince ».",
    "metier.workplaces": "Un lieu par ligne : « Hôpital : en équipe, jour et nuit ».",
    "metier.strengths": "Un fait par ligne, que quelqu’un du métier dirait.",
    "metier.weaknesses": "Un fait par ligne, aussi franc que les points forts.",
    "metier.tips": "Ce qu’on peut faire cette semaine : une visite, un stage, une lecture.",
    "metier.self_assessment": "À la première personne, vérifiable : « Je garde mon calme quand "
    "tout le monde s’énerve. »",
    "metier.regulation": "Qui délivre le titre, à quelle condition, depuis quelle loi.",
    "metier.regulation_url": "La page de l’organisme qui délivre le titre.",
    "metier.areas": "Là où l’on engage ; six zones ou plus.",
    "metier.criteria": "Ce qu’une personne peut vouloir ou refuser ; six critères ou plus.",
    "metier.sources": "Celles de toute la fiche ; celles des chiffres y viennent d’elles-mêmes.",
    "typicalhour.title": "Ce qui se passe : « Tour des chambres ».",
    "typicalhour.text": "Une scène concrète : qui, quoi, avec quoi.",
    "belgianfact.text": "Vrai ici et pas en France : une règle, un chiffre, un usage.",
    "trainingstep.title": "Le diplôme ou la formation : « Bachelier en soins infirmiers ».",
    "trainingstep.year": "Quand : « après le CESS », « 3e et 4e secondaire ».",
    "trainingstep.place": "Le type d’école : « haute école ».",
    "trainingstep.duration": "« 4 ans », « 6 mois ».",
    "trainingstep.text": "Ce qu’on y apprend, ou ce qui y fait échouer.",
    "frequentquestion.question": "Telle qu’on la pose : « Faut-il parler néerlandais ? »",
    "frequentquestion.answer": "D’abord la réponse, puis la raison et le chiffre.",
    "figure.label": "Ce que le nombre compte, sans le nombre.",
    "figure.unit": "« personnes », « % », « € brut par mois ».",
    "demand.note": "Sous quel intitulé la liste le nomme.",
    "testimony.text": "Un détail que seule une personne du métier connaît.",
    "testimony.context": "« D’après deux stages et trois entretiens ».",
    "schooloffer.programme": "Le nom officiel de la formation.",
}
WORDS = {
    "metier.introduction": INTRODUCTION_WORDS,
    "frequentquestion.answer": ANSWER_WORDS,
}

LONG = 120
"""From here on a text has several lines to be read in, though it is one."""


class ProseField(forms.CharField):
    """One paragraph: a line break in it is a blank."""

    widget = forms.Textarea(attrs={"rows": 2})

    def to_python(self, value):
        return re.sub(r"\s*[\r\n]+\s*", " ", super().to_python(value))


class Advised:
    """For a ModelAdmin or an inline: its fields say what good looks like and count as one types."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if type(db_field) is models.CharField and db_field.max_length > LONG:
            kwargs |= {"form_class": ProseField, "widget": ProseField.widget}
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return None
        name = f"{self.model._meta.model_name}.{db_field.name}"
        field.help_text = ADVICE.get(name, field.help_text)
        field.widget.attrs |= count_of(name, db_field, field)
        if name in WORDS:
            field.help_text += " {} à {} mots.".format(*WORDS[name])
        if minimum := self.model._meta.model_name == "metier" and MINIMUM_LINES.get(db_field.name):
            field.help_text += f" {minimum} lignes ou plus."
        return field


def count_of(name, db_field, field):
    """What the page counts there. The browser must not cut a text that is pasted: it is counted,
    refused by the form while it is too long, and kept.
    """
    if name in WORDS:
        low, high = WORDS[name]
        return {"data-count": "words", "data-low": low, "data-high": high}
    if db_field.name in MINIMUM_LINES:
        return {
            "data-count": "lines",
            "data-low": MINIMUM_LINES[db_field.name],
            "data-longest": LONGEST_LINES[db_field.name],
        }
    limit = field.widget.attrs.pop("maxlength", None)
    if name.startswith("metier."):
        limit = LONGEST_LINES.get(db_field.name, limit)
    if limit and isinstance(field, forms.CharField) and int(limit) >= 30:
        return {"data-count": "characters", "data-high": limit}
    return {}
