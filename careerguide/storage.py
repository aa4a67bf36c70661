"""How the static files are named and kept in production."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = ("desk/", "js/")


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Our scripts import each other by their hashed names, as the pages name them.

    By its plain name a script would be another module to the browser, and run a second time. The
    scripts of packages stay as they are: some name modules that only a bundler finds.
    """

    support_js_module_import_aggregation = True

    def url_converter(self, name, hashed_files, template=None):
        if name.endswith(".js") and not name.startswith(OURS):
            return lambda found: found[0]
        return super().url_converter(name, hashed_files, template)
