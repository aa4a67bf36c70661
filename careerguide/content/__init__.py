"""The content in files: what each model's YAML looks like, read, checked, written.

An app says what its files hold in `<app>/content.py`, as a list `DOCUMENTS`; the engine here knows
no app. `parts` say how a piece of a document and the database answer to each other, `schema` what
is allowed, `reading` and `writing` do the rest.
"""
