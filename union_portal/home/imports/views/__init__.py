"""The import page, one for every kind of record: what it shows, and what is done on it."""

from union_portal.home.imports.views.pages import (
    import_columns,
    import_marked,
    import_preview,
    import_taking_back,
    import_template,
    upload,
)
from union_portal.home.imports.views.steps import (
    import_absent,
    import_answer,
    import_confirm,
    import_discard,
    import_recheck,
    import_retry,
    import_words,
)

__all__ = [
    "import_absent",
    "import_answer",
    "import_columns",
    "import_confirm",
    "import_discard",
    "import_marked",
    "import_preview",
    "import_recheck",
    "import_retry",
    "import_taking_back",
    "import_template",
    "import_words",
    "upload",
]
