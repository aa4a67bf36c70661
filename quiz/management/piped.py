"""Commands whose lines another program reads."""

import os
import sys

from django.core.management.base import BaseCommand, CommandError


class PipedCommand(BaseCommand):
    """Ends without a word when nobody reads any more, as after `| head -1`."""

    def execute(self, *args, **options):
        try:
            super().execute(*args, **options)
            self.stdout.flush()
        except BrokenPipeError:
            drop_the_rest()
        except OSError as error:
            drop_the_rest()
            raise CommandError(f"la sortie : {error.strerror}") from error


def drop_the_rest():
    """What waits in the buffer would fail once more when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
