from statistics import median

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from quiz.questionnaire import Questionnaire

# From the tap itself to the frame that shows the next statement, by the browser's own clock.
TAP = """() => new Promise((resolve) => {
  const statement = document.querySelector("#step h1").textContent;
  const observer = new MutationObserver(() => {
    const next = document.querySelector("#step h1");
    if (!next || next.textContent === statement) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
  });
  observer.observe(document.querySelector("main"), {childList: true, subtree: true});
  const start = performance.now();
  document.querySelector(".answer-4").click();
})"""


class Command(BaseCommand):
    help = (
        "Répond au questionnaire d’un site qui tourne (make serve), dans Chromium sans écran, et "
        "dit combien de temps passe du geste à la phrase suivante."
    )

    def add_arguments(self, parser):
        parser.add_argument("site", nargs="?", default="http://127.0.0.1:8000")
        parser.add_argument("--rounds", type=int, default=5, metavar="N", help="passages (5)")
        parser.add_argument("--browser", metavar="PATH", help="un autre Chromium que le sien")

    def handle(self, site, rounds, browser, **options):
        try:
            from playwright.sync_api import sync_playwright
        except ImportError:
            raise CommandError("Playwright manque : make test l’installe.") from None
        steps = len(Questionnaire.load().core) - 1  # the last one leads to another kind of question
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
            page = chromium.new_page(viewport={"width": 360, "height": 740})
            times = [time for _ in range(rounds) for time in self.walk(page, site, steps)]
            chromium.close()
        slowest = sorted(times)[int(len(times) * 0.95)]
        self.stdout.write(
            f"{len(times)} gestes : médiane {median(times):.0f} ms, 95 % sous {slowest:.0f} ms"
        )

    def walk(self, page, site, steps):
        page.goto(site + reverse("quiz:question", args=[1]))
        page.wait_for_load_state("networkidle")
        return [page.evaluate(TAP) for _ in range(steps)]
