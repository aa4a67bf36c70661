import pytest
from tests.factories import *
@pytest.mark.parametrize("path", ["/", "/metiers/","/glossaire/","/methode/","/vie-privee/","/accessibilite/","/quiz/","/quiz/infirmier/","/quiz/question/1/","/metiers/comptable/","/metiers/infirmier/","/metiers/electricien/","/metiers/graphiste/","/metiers/developpeur-logiciels/","/metiers/directeur-marketing/"])
def test_a(content, client, path):
    r = client.get(path)
    print(path, r.status_code, len(r.content))
def test_w(db, client):
    create_benchmark(); create_whole_metier(rows=3)
    client.get("/metiers/menuisier/")
