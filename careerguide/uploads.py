"""What a file that somebody sends may take of our disk."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class LimitedUpload(TemporaryFileUploadHandler):
    """A temporary file that stops growing at `LARGEST_UPLOAD`, and still tells its whole size.

    The rest is read and forgotten, so that the form, with all else that was typed in it, reaches
    its view; a view that looks at `size` before the bytes refuses the file in words.
    """

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.kept = 0

    def receive_data_chunk(self, raw_data, start):
        room = settings.LARGEST_UPLOAD - self.kept
        self.kept += len(raw_data[:room])
        super().receive_data_chunk(raw_data[:room], start)
