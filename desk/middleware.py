import logging

from django.utils import timezone

from .workflow import publish_due

logger = logging.getLogger(__name__)


class PublishDue:
    """Publishes, before a day's first answer, the drafts that were to replace a fiche on that day.

    Each process asks once a day: what is scheduled meanwhile is for a later day. No cron, and
    nobody reads the old fiche on the new one's day.
    """

    asked_on = None  # of the process

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        today = timezone.localdate()
        if PublishDue.asked_on != today:
            try:
                publish_due()
                PublishDue.asked_on = today
            except Exception:  # the fiches of yesterday are better than no page; asked again next
                logger.exception("What is due today could not be published")
        return self.get_response(request)
