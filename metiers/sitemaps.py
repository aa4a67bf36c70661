"""What search engines are told of: public pages with something on them, never answers."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from .models import Criterion, Metier, School, Sector


class MetierSitemap(Sitemap):
    def items(self):
        return Metier.objects.published().only("slug", "reviewed_date").order_by("slug", "pk")

    def lastmod(self, metier):
        return metier.reviewed_date


class WayInSitemap(Sitemap):
    """Sectors, criteria and schools that lead to a published métier."""

    def items(self):
        shown = Metier.objects.published()
        return [
            *Sector.objects.filter(metiers__in=shown).distinct().order_by("slug", "pk"),
            *Criterion.objects.filter(metiers__in=shown).distinct().order_by("slug", "pk"),
            *School.objects.filter(offers__metier__in=shown).distinct().order_by("slug", "pk"),
        ]


class PageSitemap(Sitemap):
    def items(self):
        names = ("metiers:home", "metiers:list", "metiers:compare", "metiers:glossary")
        return [*names, "quiz:start", "quiz:method", "privacy", "accessibility"]

    def location(self, name):
        return reverse(name)


SITEMAPS = {"metiers": MetierSitemap, "ways-in": WayInSitemap, "pages": PageSitemap}
