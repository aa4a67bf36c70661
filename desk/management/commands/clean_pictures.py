from datetime import timedelta

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from desk.history import record
from desk.models import Action, Revision
from metiers.models import Picture
from metiers.pictures import store

REMEMBERED = timedelta(days=90)
"""How long the history can bring a picture back once no row has it any more."""

SETTLED = timedelta(days=1)
"""A younger file may be one that an editor has sent and not saved yet."""


class Command(BaseCommand):
    help = (
        "Nomme les images que rien ne montre, les fichiers qu’aucune image ne tient et ceux qui "
        "manquent ; ne supprime rien sans --delete ou --unused."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--delete", action="store_true", help="supprime les fichiers qu’aucune image ne tient"
        )
        parser.add_argument(
            "--unused",
            action="store_true",
            help="met d’abord à la corbeille les images que rien ne montre",
        )

    def handle(self, delete, unused, **options):
        for picture in Picture.objects.unused().order_by("slug", "pk"):
            if unused and is_settled(picture.digest):
                throw_away(picture)
                self.stdout.write(f"à la corbeille : {picture.slug}")
            else:
                self.stdout.write(f"montrée nulle part : {picture.slug}")
        for slug, digest in Picture.objects.order_by("slug", "pk").values_list("slug", "digest"):
            if not store.has(digest):
                self.stdout.write(f"fichier manquant : {slug} ({store.name_of(digest)})")
        for digest in store.digests():
            if is_orphan(digest):
                size = f"{store.weight(digest) // 1000} ko"
                if delete:
                    store.remove(digest)
                verb = "supprimé" if delete else "sans image"
                self.stdout.write(f"{verb} : {store.name_of(digest)} ({size})")


@transaction.atomic
def throw_away(picture):
    record(picture, Action.DELETED, None, "Montrée nulle part")
    picture.delete()


def is_settled(digest):
    return store.written_at(digest) < (timezone.now() - SETTLED).timestamp()


def is_orphan(digest):
    """Asked last of all, one file at a time: an editor may be taking it up again."""
    recent = Revision.objects.filter(
        model=Picture._meta.label_lower,
        data__file=store.name_of(digest),
        at__gte=timezone.now() - REMEMBERED,
    )
    held = Picture.objects.filter(digest=digest)
    return is_settled(digest) and not held.exists() and not recent.exists()
