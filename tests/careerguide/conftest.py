import pytest
import yaml

from careerguide.content import yaml_files
from careerguide.content.reading import import_content
from metiers.models import Sector

SECTOR = {"slug": "construction", "name": "Construction", "line": "construction"}
METIER = {
    "slug": "menuisier",
    "name_masculine": "menuisier",
    "name_feminine": "menuisière",
    "short_name": "menuisier·ère",
    "sector": "construction",
    "catch_line": "Une porte qui ferme",
    "teaser": "Du bois, une équerre.",
    "introduction": "Du bois.",
    "study_level": 2,
    "studies_headline": "Secondaire",
    "qualities_headline": "Soin",
    "conditions_headline": "En atelier",
}


class Folder:
    """Content files that a test changes: one sector, one draft of a métier."""

    def __init__(self, path):
        self.path = path
        (path / "metiers").mkdir()
        self.write("sectors.yaml", [SECTOR])
        self.write_metier()

    def write(self, name, data):
        (self.path / name).write_text(
            yaml.dump(data, Dumper=yaml_files.Dumper, allow_unicode=True), encoding="utf-8"
        )

    def write_metier(self, *, slug="menuisier", **fields):
        self.write(f"metiers/{slug}.yaml", METIER | {"slug": slug} | fields)


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


@pytest.fixture
def imported(folder, db):
    """The same folder once imported, where a sector then changed its name."""
    import_content(folder.path)
    assert Sector.objects.get().name == "Construction"
    folder.write("sectors.yaml", [SECTOR | {"name": "Bâtiment"}])
    return folder
