import re

from django.template.loaders.filesystem import Loader as FilesystemLoader

INDENTATION = re.compile(r"\n[ \t]+")


class Loader(FilesystemLoader):
    """Reads our templates without the indentation that only their authors need.

    A ninth of a fiche was spaces at the start of lines; taken away here they cost nothing at each
    request. No template of ours holds `<pre>` or `<textarea>`.
    """

    def get_contents(self, origin):
        return INDENTATION.sub("\n", super().get_contents(origin))
