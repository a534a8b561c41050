"""Invented names, some with characters that fonts and sorting find hard."""

from random import Random

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
DOUBLE_SURNAMES = ("欧阳", "上官", "司徒", "诸葛", "尉迟", "东方")
WOMEN = "芳娜敏静丽艳娟霞秀玲桂英洁雪琳婷颖蕾莉倩慧欣悦岚妍薇萍瑶琪茜雯筠柔彤汐荷蓉黛梅兰菊娴婉怡晴"
MEN = "伟强磊军洋勇杰涛明超刚平辉鹏飞鑫波斌宇浩凯健俊帆帅旭宁龙林峰瑞诚毅恒泽锋弘博睿晖昌盛松柏岩"
EITHER = "文晓子思雨嘉雅书志建国海云春永新华玉志金德世成立中天一安和景宏家承启允之向学"
# Names with characters outside everyday fonts and code tables; (name, gender).
RARE = (
    ("陶堃", "male"),
    ("金喆", "male"),
    ("毕昇远", "male"),
    ("林㛃", "female"),
    ("龚䶮", "male"),
    ("沈𬭎", "male"),
    ("曾祺祺", "female"),
    ("仇晓蕾", "female"),
    ("阿依古丽·买买提", "female"),
    ("尉迟岚", "female"),
)


def invent(random: Random, *, gender: str) -> str:
    """Return a name of two or three characters, now and then with a double surname."""
    surname = random.choice(DOUBLE_SURNAMES) if random.random() < 0.01 else random.choice(SURNAMES)
    own = WOMEN if gender == "female" else MEN
    if random.random() < 0.22:
        return surname + random.choice(own)
    return surname + random.choice(EITHER) + random.choice(own)
