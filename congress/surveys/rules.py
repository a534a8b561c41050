"""Who may see and run surveys."""

from congress.bodies.rules import LOOKS, RUNS
from union_portal.accounts.rules import allow

allow("congress.survey", look=LOOKS, write=RUNS)
allow("congress.surveyquestion", look=LOOKS, write=RUNS)
