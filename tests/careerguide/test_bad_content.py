"""Whatever is wrong in a file, nothing of the folder is imported and the error says where."""

import pytest
import yaml

from careerguide.content.errors import ContentError
from careerguide.content.reading import import_content
from metiers.models import Metier, Sector

from .conftest import METIER, SECTOR

FILE = "metiers/menuisier.yaml"
pytestmark = pytest.mark.django_db
LEGAL = "a"


def refusal_of(folder):
    """The problems of a folder that can't be imported; the sector's new name is not taken over."""
    with pytest.raises(ContentError) as caught:
        import_content(folder.path)
    assert Sector.objects.get().name == "Construction"
    assert Metier.objects.get().status == "draft"
    return [str(problem) for problem in caught.value.problems]
SALARY = dict(zip(("junior_low", "junior_high", "mid_low", "mid_high", "senior_low", "senior_high"), (2400, 2700, 2800, 3300, 3200, 3900)), year=2025, is_estimate=True)
HOUR={"starts_at": "08:00", "title": "Sciage", "text": "On scie."}
CASES=[
 dict(metier="x"), dict(study_years="trois"), dict(status="publié"), dict(catch_line="x"*61), dict(teaser=""),
 dict(sector="nulle-part"), dict(similar=["charpentier"]), dict(offers=[{"school": "efp", "programme": "Menuiserie"}]),
 dict(slug="menuisiere"), dict(status="published"), dict(salary=SALARY|{"mid_low":9000}), dict(salary=SALARY|{"mid_low":2000}),
 dict(salary=SALARY|{"is_estimate":False}), dict(salary=SALARY|{"year":"x"}), dict(salary={"year":2025}), dict(hours=[HOUR,HOUR|{"starts_at":"25:00"}]), dict(published_at="2026-02-30"),
 dict(missions=["a",""]), dict(missions="a"), dict(areas=["a","a"]), dict(interests={"R":{"value":1,"evidence":"a","block":"missions"}}),
 dict(interests={l:{"value":101,"evidence":"a","block":"missions"} for l in "RIASEC"}),
 dict(interests={l:{"value":1,"evidence":"a","block":"nul"} for l in "RIASEC"}),
 dict(regulation_url="pas une adresse"), dict(is_regulated=True), dict(similar=["menuisier"]), dict(hours=[HOUR|{"title":"x"*41}]), {1:2}, dict(study_years=-1),dict(study_level=6),
 dict(testimony={"kind":"real","text":"a"}), dict(demands=[{"region":"abroad","status":"unverified"}]),dict(figures=[{"label":"a","value":1,"unit":"b"}]),
 dict(figures=[{"label":"a","value":1.234,"unit":"b","is_estimate":True}]),
 dict(study_years=40000), dict(synonyms=[1]),dict(slug=123),
]
@pytest.mark.parametrize("c", CASES, ids=range(len(CASES)))
def test_x(imported, c):
    imported.write(FILE, METIER | c)
    print(c)
    print("\n".join(refusal_of(imported)))
@pytest.mark.parametrize("b", [b"\xff\xfe\x00", b"slug: [", b"slug: a\nslug: b\n", b"- a\n", b"", b"!!python/object/apply:os.system [ls]\n", b"? [a]\n: b\n", b"a: *b\n", b"a: 2026-13-45\n", b"\xef\xbb\xbfslug: a\n", "slug: \x07".encode(), b"a: &a [*a]\n", b"["*20000])
def test_y(imported, b):
    (imported.path/FILE).write_bytes(b)
    print(b[:30])
    print("\n".join(refusal_of(imported)))
