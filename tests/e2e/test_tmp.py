import pytest, re
from tests.e2e.addresses import *
def test_print(page):
    page.emulate_media(media="print"); page.set_viewport_size({"width":718,"height":1054})
    page.goto(result(OPINIONS)); page.screenshot(path="/tmp/shots/result-print.png", full_page=True)
    page.goto("/metiers/infirmier/"); page.screenshot(path="/tmp/shots/fiche-print.png", full_page=True)
    page.emulate_media(media="screen"); 
    page.set_viewport_size({"width":360,"height":740})
    page.goto(result(OPINIONS)); page.screenshot(path="/tmp/shots/result-360.png", full_page=True)
    page.goto(step(19,OPINIONS,level=3)); page.screenshot(path="/tmp/shots/level-360.png", full_page=True)
    page.goto("/methode/"); page.screenshot(path="/tmp/shots/method-360.png", full_page=True)
    page.goto("/"); page.screenshot(path="/tmp/shots/home-360.png", full_page=True)
    page.goto("/metiers/infirmier/"); page.locator("#ou-se-former").screenshot(path="/tmp/shots/schools-360.png")
