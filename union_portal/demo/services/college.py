"""The invented college: its branches, festivals, prices and standards, as data."""

import datetime as dt

from welfare.benefits.enums import CapBasis, Festival, Form

NAME = "星湖职业技术学院"
UNION = "星湖学院工会"
PROFILE = {"short_name": "星湖院工会", "document_prefix": "星院工", "contact": "行政楼 203，0571-88000000"}
MEMBERS = 1200

# name, weight (how many people), posts most of them hold
BRANCHES = (
    ("机关第一分工会", 70, "management"),
    ("机关第二分工会", 64, "management"),
    ("后勤保障分工会", 86, "worker"),
    ("图书信息分工会", 48, "support"),
    ("智能制造学院分工会", 98, "teacher"),
    ("汽车工程学院分工会", 84, "teacher"),
    ("信息工程学院分工会", 104, "teacher"),
    ("建筑工程学院分工会", 76, "teacher"),
    ("经济管理学院分工会", 92, "teacher"),
    ("现代商务学院分工会", 70, "teacher"),
    ("艺术设计学院分工会", 66, "teacher"),
    ("护理与健康学院分工会", 82, "teacher"),
    ("学前教育学院分工会", 58, "teacher"),
    ("轨道交通学院分工会", 62, "teacher"),
    ("生物与食品学院分工会", 52, "teacher"),
    ("马克思主义学院分工会", 40, "teacher"),
)
DIRECT_GROUPS = (
    ("体育教学部直属工会小组", 26, "teacher"),
    ("继续教育学院直属工会小组", 18, "management"),
    ("产教融合中心直属工会小组", 14, "support"),
)
SUPPLIERS = ("星湖百联供应链有限公司", "湖畔优选商贸有限公司", "惠工农产品合作社（消费帮扶）")
OTHER_UNIONS = ("明湖师范学院工会", "东岭理工大学工会", "青屿科技学院工会", "云麓市总工会")

# festival, benefit, price in yuan, goods
FESTIVALS = (
    (Festival.SPRING, "spring", 500, "米、油、干果礼盒"),
    (Festival.DRAGON_BOAT, "dragon_boat", 300, "粽子礼盒、咸鸭蛋"),
    (Festival.MID_AUTUMN, "mid_autumn", 400, "月饼、应季水果"),
    (Festival.NATIONAL, "national", 200, "杂粮、食用油"),
)

# benefit, variant, form, standard, cap, basis, clause, years from the anchor (from, to or None)
STANDARDS = (
    *(
        (code, "", Form.GOODS, price, 1500, CapBasis.PER_CATEGORY_YEAR, "第六条 节日慰问", -3, None)
        for _festival, code, price, _goods in FESTIVALS
    ),
    ("birthday", "", Form.COUPON, 300, 300, CapBasis.PER_YEAR, "第七条 生日慰问", -3, None),
    ("wedding", "", Form.GOODS, 600, 600, CapBasis.PER_EVENT, "第八条 结婚慰问", -3, None),
    ("birth", "", Form.GOODS, 600, 600, CapBasis.PER_EVENT, "第九条 生育慰问", -3, -2),
    ("birth", "", Form.GOODS, 1000, 1000, CapBasis.PER_EVENT, "第九条 生育慰问（修订）", -1, None),
    ("hospital", "", Form.CASH, 800, 1000, CapBasis.PER_EVENT, "第十条 住院慰问", -3, None),
    ("hospital", "手术", Form.CASH, 1500, 1500, CapBasis.PER_EVENT, "第十条 住院慰问（手术）", -3, None),
    ("bereavement", "", Form.CASH, 1000, 1000, CapBasis.PER_EVENT, "第十一条 丧事慰问", -3, None),
    ("death", "", Form.CASH, 2000, 2000, CapBasis.PER_EVENT, "第十一条 丧事慰问", -3, None),
    ("retirement", "", Form.GOODS, 1000, 1000, CapBasis.PER_EVENT, "第十二条 退休慰问", -3, None),
)
STANDARDS_DOCUMENT = "《星湖学院工会会员慰问办法》（星院工〔{year}〕1号）"

# code, how many people
COHORTS = (
    ("model_worker", 8),
    ("craftsman", 4),
    ("veteran", 28),
    ("disabled", 5),
    ("aid_family", 6),
    ("aid_staff", 7),
    ("military_family", 9),
    ("single_parent", 6),
    ("hardship", 12),
    ("overseas_returnee", 8),
)


def festival_day(year: int, festival: Festival) -> dt.date:
    """Return the day of a festival in a year, its first where it has none of its own."""
    return festival.day_in(year) or dt.date(year, 1, 1)
