"""Several processes on one database: what one does the others know at once, and nobody is lost."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.utils import timezone

from desk.reports import MOST_AN_HOUR

FILL = """
from tests.desk.conftest import member
from tests.factories import create_metier, create_question_set, create_whole_metier
create_question_set()
create_metier(title="Soudeur")
create_whole_metier(title="Menuisier", published=False)
member("Rédaction"), member("Relecture")
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """A database in a file, with a public fiche (1), a draft (2) and two accounts."""
    database = tmp_path_factory.mktemp("workers") / "db.sqlite3"
    environment = os.environ | {
        "DATABASE_PATH": str(database),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    # These settings are checked elsewhere: no check passes on their folder of static files.
    migrate = ["migrate", "--verbosity", "0", "--skip-checks"]
    for command in (migrate, ["shell", "--no-imports", "--command", FILL]):
        command = [sys.executable, "manage.py", *command]
        subprocess.run(command, env=environment, check=True)  # noqa: S603
    return environment


class Worker:
    def __init__(self, environment):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.desk.worker"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, **command):
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()

    def answer(self):
        return json.loads(self.process.stdout.readline())

    def __call__(self, **command):
        self.ask(**command)
        return self.answer()


@pytest.fixture
def workers(environment):
    started = [Worker(environment) for _ in range(2)]
    yield started
    for worker in started:
        worker.process.stdin.close()
        worker.process.wait()
        worker.process.stdout.close()


def seen_by(worker):
    return (
        "Soudeur" in worker(get="/metiers/")["text"],
        "Soudeur" in worker(get="/metiers/?q=soudeur")["text"].partition("<main")[2],
        worker(get="/metiers/soudeur/")["status"],
        worker(get="/quiz/soudeur/")["status"],
    )


def test_what_one_worker_withdraws_is_gone_in_the_other_and_back_again(workers):
    desk, visitors = workers
    page = "/gestion/metiers/metier/1"
    before = seen_by(visitors)

    desk(get="/gestion/", user="relecture")
    withdrawn = desk(send=f"{page}/retirer/", changes={"on": timezone.localdate().isoformat()})
    without = seen_by(visitors)
    resumed = desk(send=f"{page}/remettre/")

    assert (withdrawn["status"], resumed["status"]) == (302, 302)
    assert before == (True, True, 200, 200)
    assert without == (False, False, 404, 404)
    assert seen_by(visitors) == before


def test_of_two_saves_at_once_one_is_kept_and_the_other_is_told(workers):
    page = "/gestion/metiers/metier/2/change/"
    names = ("redaction", "relecture")
    for worker, name in zip(workers, ("rédaction", "relecture"), strict=True):
        worker(open=page, user=name)

    for worker, name in zip(workers, names, strict=True):
        worker.ask(send=page, changes={"catch_line": f"De la {name}"})
    answers = [worker.answer() for worker in workers]

    assert sorted(answer["status"] for answer in answers) == [200, 302]
    told = next(number for number, answer in enumerate(answers) if answer["status"] == 200)
    assert "a enregistré cette page pendant que tu y travaillais" in answers[told]["text"]
    assert f'value="De la {names[told]}"' in answers[told]["text"]
    kept = workers[told](open=page)["text"]
    assert f'value="De la {names[1 - told]}"' in kept


def test_no_more_messages_are_taken_by_two_workers_than_by_one(workers):
    message = {"page": "/", "text": "Le barème a changé"}
    statuses = []

    for _ in range(MOST_AN_HOUR // 2 + 2):
        for worker in workers:
            worker.ask(send="/signaler/", changes=message)
        statuses += [worker.answer()["status"] for worker in workers]

    assert statuses.count(302) == MOST_AN_HOUR
    assert statuses[-4:] == [429] * 4
