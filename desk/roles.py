"""The three groups of the desk, and what each may do.

They are made by a migration and set again after each one, so that a new kind of content has its
rights without anybody thinking of it.
"""

from django.apps import apps as global_apps

WRITING = "Rédaction"
REVIEWING = "Relecture"
ADMINISTRATION = "Administration"

ROWS = (
    *("interestevidence", "typicalhour", "belgianfact", "trainingstep", "frequentquestion"),
    *("figure", "salaryscale", "demand", "testimony", "schooloffer", "similarmetier"),
)
LISTS = (
    *("school", "source", "glossaryterm", "area", "picture"),
    *("sector", "criterion", "paybenchmark"),
)
WRITER = {
    "metiers": {
        **dict.fromkeys(ROWS, ("view", "add", "change", "delete")),
        "metier": ("view", "add", "change"),
        **dict.fromkeys(("school", "source", "glossaryterm", "area"), ("view", "add", "change")),
        "picture": ("view", "add", "change"),
        **dict.fromkeys(("sector", "criterion", "paybenchmark"), ("view",)),
    },
    "quiz": dict.fromkeys(("questionset", "question"), ("view",)),
    "desk": {
        **dict.fromkeys(("revision", "tally"), ("view",)),
        "report": ("view", "change"),
        "previewlink": ("view", "add", "change"),
    },
}
REVIEWER = {
    "metiers": {
        **dict.fromkeys(ROWS, ("view", "add", "change", "delete")),
        "metier": ("view", "add", "change", "delete", "publish"),
        **dict.fromkeys(LISTS, ("view", "add", "change", "delete")),
    },
    "quiz": dict.fromkeys(("questionset", "question"), ("view", "add", "change", "delete")),
    "desk": {
        **dict.fromkeys(("revision", "tally"), ("view",)),
        "report": ("view", "change", "delete"),
        "previewlink": ("view", "add", "change", "delete"),
    },
}
ADMINISTRATOR = {
    "auth": {"user": ("view", "add", "change", "delete"), "group": ("view",)},
    "axes": {"accessattempt": ("view", "delete")},  # deleted, it locks nobody any more
    "metiers": dict.fromkeys(REVIEWER["metiers"], ("view",)),
    "quiz": dict.fromkeys(("questionset", "question"), ("view",)),
    "desk": dict.fromkeys(("revision", "tally", "report", "previewlink"), ("view",)),
}
ROLES = {WRITING: WRITER, REVIEWING: REVIEWER, ADMINISTRATION: ADMINISTRATOR}


def set_roles(sender, *, using, apps=global_apps, **kwargs):
    """Give each group its permissions and no other; a receiver of the last app's `post_migrate`.

    The permissions of the earlier apps are there by then; those that no migration has made yet are
    left for their own turn.
    """
    if not {"desk", "auth", "axes", "metiers", "quiz"} <= {c.label for c in apps.get_app_configs()}:
        return
    groups = apps.get_model("auth", "Group").objects.using(using)
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    for name, rights in ROLES.items():
        group, _ = groups.get_or_create(name=name)
        wanted = {
            (app, f"{verb}_{model}")
            for app, models in rights.items()
            for model, verbs in models.items()
            for verb in verbs
        }
        found = permissions.filter(content_type__app_label__in=rights).select_related(
            "content_type"
        )
        group.permissions.set(
            [row for row in found if (row.content_type.app_label, row.codename) in wanted]
        )
