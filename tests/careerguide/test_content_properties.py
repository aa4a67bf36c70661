"""Whatever an editor writes comes back from the files as it was, the same bytes each time."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from careerguide.content import yaml_files
from careerguide.content.errors import ContentError
from careerguide.content.reading import import_content
from careerguide.content.registry import documents
from careerguide.content.writing import export_content
from metiers.models import Figure, FrequentQuestion, Metier, TypicalHour
from metiers.models.fields import FIRST_YEAR, LAST_YEAR, MOST_PAY
from tests.factories import create_metier

MISREAD = [
    *("no", "yes", "on", "Off", "true", "True", "null", "~", "", " ", "\n", "9:30", "1_000", "012"),
    *(
        "0x1f",
        "1e3",
        "1.0",
        ".5",
        "+1",
        "-0",
        ".inf",
        ".nan",
        "2026-11-20",
        "=",
        "<<",
        "- a",
        "a: b",
    ),
    *("# a", "a #b", "'a'", '"', "|", ">", "&a", "*a", "!a", "%a", "@a", "`a", "{a}", "[a]", "---"),
    *(
        "...",
        "a\nb",
        "a\n\nb\n",
        " a\nb",
        "a\n b",
        "a \nb",
        "a\n\n\n\nb",
        "\ta",
        "a\tb\nc",
        "a\r\nb",
    ),
    *("\x07", "\x85", "\u2028", "\ufeff", "\ufeffa\nb", "é", "’ « » –\u202f!", "😀", "a" * 300),
    *("mot " * 60, "a\n# b\n- c", "\n\na", "a\n\n", "a:\n  b", "? a", ": a", "\\n", "a\x0bb\nc"),
]

# What Django lets into a text field of a form: no NUL, no half of a surrogate pair.
characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
texts = st.sampled_from(MISREAD) | st.text(characters)
amounts = st.decimals(-9_999_999_999, 9_999_999_999, places=2).map(float)
plain_data = st.recursive(
    st.none() | st.booleans() | st.integers() | amounts | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=20,
)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("yaml") / "data.yaml"


def written_and_read(data, file):
    file.write_bytes(yaml_files.dump(data).encode())
    return yaml_files.load(file, label="data.yaml")


@settings(max_examples=200)
@given(data=plain_data)
def test_any_data_comes_back_equal_and_of_the_same_types(file, data):
    back = written_and_read(data, file)

    assert back == data
    assert repr(back) == repr(data)


@settings(max_examples=200)
@given(text=texts)
def test_any_text_comes_back_alone_and_inside(file, text):
    data = {"text": text, "list": [text, {"text": text}]}

    assert written_and_read(data, file) == data


@pytest.mark.parametrize("text", MISREAD)
def test_texts_that_yaml_misreads_come_back(file, text):
    assert written_and_read([text, {text: text}], file) == [text, {text: text}]


@given(data=plain_data)
def test_data_are_written_the_same_each_time(file, data):
    assert yaml_files.dump(written_and_read(data, file)) == yaml_files.dump(data)


def test_paragraphs_are_written_as_they_are_read():
    data = {"text": "Un chantier.\n\nPlus tard : le tableau."}

    assert yaml_files.dump(data) == "text: |-\n  Un chantier.\n\n  Plus tard : le tableau.\n"


def test_a_file_names_its_schema_first():
    assert yaml_files.dump({"a": 1}, schema="../schema/metier.json") == (
        "# yaml-language-server: $schema=../schema/metier.json\na: 1\n"
    )


@pytest.mark.parametrize(
    "raw, value",
    [
        ("no", "no"),
        ("9:30", "9:30"),
        ("012", "012"),
        ("1_000", "1_000"),
        ("2026-11-20", "2026-11-20"),
        ("true", True),
        ("-12", -12),
        ("12.50", 12.5),
        ("null", None),
        ("", None),
    ],
)
def test_plain_words_are_read_without_the_surprises_of_yaml(file, raw, value):
    file.write_text(f"a: {raw}\n")

    assert yaml_files.load(file, label="a") == {"a": value}


@given(data=st.dictionaries(texts, texts, min_size=1))
def test_a_key_said_twice_is_refused_wherever_it_stands(file, data):
    text = yaml_files.dump([{"inner": data}])
    first = yaml_files.dump([{"inner": {key: data[key] for key in list(data)[:1]}}])
    file.write_bytes((text + first.partition("inner:\n")[2]).encode())

    with pytest.raises(ContentError, match="donnée deux fois"):
        yaml_files.load(file, label="data.yaml")


def filled(model, name):
    """Texts that the column takes; required ones hold something."""
    field = model._meta.get_field(name)
    longest, shortest = field.max_length or 400, 0 if field.blank else 1
    fitting = [text for text in MISREAD if shortest <= len(text) <= longest]
    return st.sampled_from(fitting) | st.text(characters, min_size=shortest, max_size=longest)


def columns(model, *names):
    return st.fixed_dictionaries({name: filled(model, name) for name in names})


lines = st.lists(st.sampled_from(MISREAD).filter(bool) | st.text(characters, min_size=1))
metiers = columns(
    Metier,
    *("name_masculine", "name_feminine", "short_name", "catch_line", "teaser", "introduction"),
    *("studies_headline", "studies_detail", "qualities_headline", "conditions_headline"),
    *("rome_code", "isco_code", "of_masculine_override", "salary_detail", "regulation"),
)
hours = st.fixed_dictionaries(
    {"starts_at": st.times().map(lambda time: time.replace(second=0, microsecond=0, fold=0))}
    | {name: filled(TypicalHour, name) for name in ("title", "text")}
)
figures = st.fixed_dictionaries(
    {
        "value": st.decimals(-9_999_999_999, 9_999_999_999, places=2),
        "year": st.none() | st.integers(FIRST_YEAR, LAST_YEAR),
        "is_pay": st.booleans(),
    }
    | {name: filled(Figure, name) for name in ("label", "unit")}
).map(lambda figure: figure | {"is_pay": figure["is_pay"] and figure["value"] <= MOST_PAY})


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fields=metiers,
    missions=lines,
    synonyms=lines,
    faq=st.lists(columns(FrequentQuestion, "question", "answer"), max_size=3),
    days=st.lists(hours, max_size=3),
    numbers=st.lists(figures, max_size=3),
)
@example(
    fields={"catch_line": "no", "introduction": "# a\n\nb: c", "rome_code": "012", "teaser": "~"},
    missions=["- a", "1:30"],
    synonyms=[],
    faq=[],
    days=[],
    numbers=[],
)
def test_any_metier_exported_and_imported_is_the_same(
    db, tmp_path_factory, fields, missions, synonyms, faq, days, numbers
):
    [document] = [document for document in documents() if document.model is Metier]
    one, other = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other")
    with transaction.atomic():
        metier = create_metier(published=False, missions=missions, synonyms=synonyms, **fields)
        for model, rows in ((FrequentQuestion, faq), (TypicalHour, days)):
            for position, row in enumerate(rows):
                model.objects.create(metier=metier, position=position, **row)
        for position, row in enumerate(numbers):
            Figure.objects.create(metier=metier, position=position, is_estimate=True, **row)
        before = document.dump(Metier.objects.get())
        list(export_content(one))
        Metier.objects.all().delete()

        import_content(one)
        list(export_content(other))

        assert document.dump(Metier.objects.get()) == before
        name = "metiers/menuisier.yaml"
        assert (other / name).read_bytes() == (one / name).read_bytes()
        transaction.set_rollback(True)
