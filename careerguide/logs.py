import logging
import re

ANSWERS = re.compile(r"(?<=/quiz/)\S*|(?<=[?&]r=)[^\s&]*|(?<=[?&]oui=)[^\s&]*")


class MaskAnswers(logging.Filter):
    """Keeps the answers that addresses hold out of the log, as /vie-privee/ promises."""

    def filter(self, record):
        record.msg, record.args = ANSWERS.sub("…", record.getMessage()), ()
        return True
