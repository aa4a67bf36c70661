"""A process of the site on a database that others use too: commands in, answers out, a line each.

{"open": address, "user": name} keeps the fields of a page's form, {"send": address} sends them.
"""

import json
import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"


def main():
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.test import Client

    from tests.desk_editor import shown_fields

    client, fields = Client(raise_request_exception=False, SERVER_NAME="localhost"), {}
    for line in sys.stdin:
        asked = json.loads(line)
        if "user" in asked:
            client.force_login(User.objects.get(username=asked["user"]))
        if "open" in asked:
            response = client.get(asked["open"])
            fields = shown_fields(response.content.decode())
        elif "send" in asked:
            response = client.post(asked["send"], fields | asked.get("changes", {}))
        else:
            response = client.get(asked["get"])
        answer = {"status": response.status_code, "text": response.content.decode()}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
