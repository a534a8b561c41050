"""Whom a union goes to see: 五必访 and the groups of people that school unions name in their reports."""

# Code, name, special group, whether it is about illness, death or want.
VISIT_KINDS = (
    ("illness", "伤病住院必访", "", True),
    ("bereavement", "家有丧事必访", "", True),
    ("hardship", "家庭困难必访", "hardship", True),
    ("family", "婚育必访", "", False),
    ("concern", "思想波动和矛盾纠纷必访", "", True),
    ("retirement", "退休必访", "", False),
    ("veteran_cadre", "离休干部", "veteran_cadre", False),
    ("retirees", "离退休教职工", "", False),
    ("model_worker", "劳模", "model_worker", False),
    ("martyr_family", "烈属", "martyr_family", False),
    ("fallen_family", "因公殉职人员家属", "", True),
    ("aid_family", "援派干部家属", "aid_family", False),
    ("famous_teacher", "名师和骨干教师", "", False),
    ("honoured", "获得荣誉的教职工", "", False),
    ("frontline", "一线值守教职工", "", False),
    ("other", "其他走访", "", False),
)
