"""The one way in for people's files: scans, evidence, pictures, documents.

`taking.take` looks at the content, refuses in words what cannot be kept, and returns a clean file; `keeping` stores it
under a random name and remembers what it was called; `forms` are the fields of a form, `union_portal.base.papers` those
of a model; `sweeping` removes what nobody refers to any more. Nothing that a file names is ever fetched or run.
"""
