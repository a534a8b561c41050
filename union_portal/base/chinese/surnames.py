"""How surnames are read where the usual reading of the character is another one; tones 1 to 4."""

SINGLE = {
    "曾": "zeng1", "单": "shan4", "仇": "qiu2", "解": "xie4", "查": "zha1", "区": "ou1", "朴": "piao2",
    "翟": "zhai2", "盖": "ge3", "覃": "qin2", "缪": "miao4", "任": "ren2", "员": "yun4", "贠": "yun4",
    "乜": "nie4", "秘": "bi4", "冼": "xian3", "折": "she2", "黑": "he4", "祭": "zhai4", "逄": "pang2",
    "繁": "po2", "华": "hua4", "纪": "ji3", "葛": "ge3", "应": "ying1", "佴": "nai4", "郇": "xun2",
    "郗": "xi1", "隗": "wei3", "卜": "bu3", "车": "che1", "柏": "bai3", "种": "chong2", "召": "shao4",
    "哈": "ha3", "观": "guan4", "过": "guo1", "那": "na1", "能": "nai4", "宁": "ning4", "宿": "su4",
    "牟": "mu4", "钭": "tou3", "阚": "kan4", "阙": "que1", "燕": "yan1", "於": "yu1", "藏": "zang4",
    "尉": "wei4", "谌": "chen2", "费": "fei4", "亓": "qi2", "撒": "sa3", "莘": "shen1", "訾": "zi1",
    "相": "xiang4", "盛": "sheng4", "沈": "shen3", "万": "wan4", "薄": "bo2", "占": "zhan1", "乐": "yue4",
    "石": "shi2", "曲": "qu1", "鲍": "bao4", "贾": "jia3", "冯": "feng2", "陆": "lu4", "强": "qiang2",
    "晁": "chao2", "洗": "xian3", "适": "kuo4", "瞿": "qu2", "晏": "yan4", "褚": "chu3", "臧": "zang1",
    "候": "hou4", "长": "zhang3", "行": "xing2", "重": "chong2", "俞": "yu2", "令": "ling2", "仉": "zhang3",
    "幺": "yao1", "句": "gou1", "弗": "fu2", "呙": "guo1", "伍": "wu3", "娄": "lou2", "蕃": "bo2",
    "角": "jue2", "校": "xiao4", "称": "cheng1", "会": "gui4", "厘": "xi1", "尹": "yin3", "奇": "qi2",
    "朝": "chao2", "都": "du1", "缴": "jiao3", "戴": "dai4", "闫": "yan2", "兴": "xing1", "少": "shao4",
    "六": "lu4", "不": "fou3", "炅": "gui4", "干": "gan1", "扎": "za1", "难": "nan4", "粘": "nian2", "肖": "xiao1",
    "泥": "ni4", "俱": "ju1", "术": "zhu2", "蔚": "yu4", "要": "yao1", "么": "yao1", "舍": "she4", "什": "shi2",
    "仆": "pu2", "塞": "sai4", "艮": "gen4", "莞": "guan1", "冠": "guan4", "勒": "le4", "沓": "ta4", "颉": "xie2",
    "番": "pan1", "泌": "bi4", "且": "ju1", "散": "san3", "甯": "ning4", "耶": "ye1", "铫": "yao2",
    "子": "zi3", "为": "wei2", "便": "pian2", "监": "jian4", "予": "yu2", "弹": "tan2",
}  # fmt: skip

# Readings under which people also look for these surnames.
ALSO = {
    "覃": ("tan",), "缪": ("miu", "mou"), "乐": ("le",), "隗": ("kui",), "郇": ("huan",), "郗": ("chi",),
    "牟": ("mou",), "谌": ("shen",), "莘": ("xin",), "盖": ("gai",), "翟": ("di",), "柏": ("bo",),
    "宓": ("fu",), "亓": ("qi",), "逯": ("lu",), "洗": ("xi",), "令": ("ling",), "阿": ("e",),
}  # fmt: skip

COMPOUND = {
    "欧阳": "ou1 yang2", "太史": "tai4 shi3", "端木": "duan1 mu4", "上官": "shang4 guan1", "司马": "si1 ma3",
    "东方": "dong1 fang1", "独孤": "du2 gu1", "南宫": "nan2 gong1", "万俟": "mo4 qi2", "闻人": "wen2 ren2",
    "夏侯": "xia4 hou2", "诸葛": "zhu1 ge3", "尉迟": "yu4 chi2", "公羊": "gong1 yang2", "赫连": "he4 lian2",
    "澹台": "tan2 tai2", "皇甫": "huang2 fu3", "宗政": "zong1 zheng4", "濮阳": "pu2 yang2", "公冶": "gong1 ye3",
    "太叔": "tai4 shu1", "申屠": "shen1 tu2", "公孙": "gong1 sun1", "慕容": "mu4 rong2", "仲孙": "zhong4 sun1",
    "钟离": "zhong1 li2", "长孙": "zhang3 sun1", "宇文": "yu3 wen2", "司徒": "si1 tu2", "鲜于": "xian1 yu2",
    "司空": "si1 kong1", "令狐": "ling2 hu2", "百里": "bai3 li3", "呼延": "hu1 yan2", "东郭": "dong1 guo1",
    "南门": "nan2 men2", "西门": "xi1 men2", "左丘": "zuo3 qiu1", "第五": "di4 wu3", "梁丘": "liang2 qiu1",
    "拓跋": "tuo4 ba2", "轩辕": "xuan1 yuan2", "完颜": "wan2 yan2", "耶律": "ye1 lv4", "纳兰": "na4 lan2",
    "叶赫": "ye4 he4", "单于": "chan2 yu2", "淳于": "chun2 yu2", "公良": "gong1 liang2", "漆雕": "qi1 diao1",
    "乐正": "yue4 zheng4", "亓官": "qi2 guan1", "谷梁": "gu3 liang2", "闾丘": "lv2 qiu1", "巫马": "wu1 ma3",
    "公西": "gong1 xi1", "夹谷": "jia2 gu3", "宰父": "zai3 fu3", "段干": "duan4 gan1", "东野": "dong1 ye3",
    "微生": "wei1 sheng1", "羊舌": "yang2 she2", "贺兰": "he4 lan2", "司寇": "si1 kou4", "哥舒": "ge1 shu1",
    "爱新觉罗": "ai4 xin1 jue2 luo2",
}  # fmt: skip
