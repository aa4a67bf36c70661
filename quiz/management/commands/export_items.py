import json

from quiz.management.piped import PipedCommand
from quiz.management.question_sets import add_set_argument, load_questionnaire


class Command(PipedCommand):
    help = "Écrit les phrases du questionnaire, dans l’ordre, un objet JSON par ligne."

    def add_arguments(self, parser):
        add_set_argument(parser)

    def handle(self, set_number, **options):
        for question in load_questionnaire(set_number).questions:
            item = {
                "id": question.item,
                "type": question.dimension,
                "core": question.is_core,
                "position": question.position,
                "text": question.text,
            }
            self.stdout.write(json.dumps(item, ensure_ascii=False))
