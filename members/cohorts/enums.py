"""The special groups (特殊群体) to start with."""

# 特殊群体 to start with; staff add and rename. Code, name, whether belonging to it says something about health.
COHORT_KINDS = (
    ("model_worker", "劳模", False),
    ("craftsman", "工匠", False),
    ("veteran", "退役军人", False),
    ("disabled", "残疾", True),
    ("aid_family", "援疆援藏家属", False),
    ("aid_staff", "援派干部教师", False),
    ("veteran_cadre", "离休", False),
    ("martyr_family", "烈属", False),
    ("military_family", "军属", False),
    ("single_parent", "单亲", True),
    ("only_child_lost", "失独家庭", True),
    ("hardship", "困难职工", True),
    ("overseas_returnee", "归侨侨眷", False),
    ("young_staff", "青年教职工", False),
)
