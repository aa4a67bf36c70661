from django.conf import settings

STYLE_SHEETS = [
    f"css/{name}.css" for name in ("tokens", "base", "layout", "components", "utilities")
]


def site(request):
    visitor = getattr(request, "visitor", None)
    return {
        "SITE_NAME": settings.SITE_NAME,
        "CONTACT_EMAIL": settings.CONTACT_EMAIL,
        "STYLE_SHEETS": STYLE_SHEETS,
        "origin": lambda: f"{request.scheme}://{request.get_host()}",
        "visitor": visitor,
        "carried": visitor.query if visitor else "",  # after each address within the guide
    }
