"""The flat data as sheets: a row a salary, a figure, a region's demand, a school.

`workbook` or `text` makes lines of a file, `reading` rows of those, `cells` values of what they
hold, `plan` says what they would change, `writing` does it. A column names a thing by its slug
(`metier`, `source`, `slug`), as the content files do. A sheet has no rows of drafts; those that say
the same as their fiche follow it.
"""
