"""In production a script has one name, whoever asks for it."""

import re
import shutil

from django.conf import settings

from careerguide.storage import StaticStorage

IMPORTED = re.compile(r"""from\s*["']\./([\w.-]+)["']""")


def test_scripts_import_each_other_by_the_names_that_pages_use(tmp_path):
    [static] = settings.STATICFILES_DIRS
    for folder in ("desk", "js"):
        shutil.copytree(static / folder, tmp_path / folder)
    storage = StaticStorage(location=tmp_path, base_url="/static/")
    names = [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.js")]

    results = list(storage.post_process({name: (storage, name) for name in names}))

    assert [error for *_, error in results if isinstance(error, Exception)] == []
    imports = 0
    for name in names:
        text = (tmp_path / storage.stored_name(name)).read_text()
        for imported in IMPORTED.findall(text):
            imports += 1
            assert re.search(r"\.[0-9a-f]{12}\.js$", imported), (name, imported)
    assert imports
