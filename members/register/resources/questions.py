"""What the HR spreadsheet does not say and the portal does not assume."""

from union_portal.base.importing.questions import Question

NEWCOMERS, JOINED_ON, RECORDED_ON, MOVED_ON = "newcomers", "joined_on", "recorded_on", "moved_on"
FOUNDED_ON = "founded_on"
RECORDED, JOINED = "recorded", "joined"

QUESTIONS = (
    Question(
        key=FOUNDED_ON,
        words="一并新建的分工会，成立于哪一天？",
        help="分工会从成立之日起计入各项统计；早已存在的，填建会的日期。",
    ),
    Question(
        key=NEWCOMERS,
        words="新登记的会员没有写入会时间，按什么登记？",
        choices={RECORDED: "首次建册（早已是会员，不计入新会员）", JOINED: "新入会（计入新会员）"},
        help="首次建册的，会籍自来校时间起；写了入会时间的不受影响。",
    ),
    Question(key=JOINED_ON, words="新入会的，自哪一天起是会员？", when=(NEWCOMERS, JOINED)),
    Question(
        key=RECORDED_ON,
        words="首次建册而没有来校时间的，会籍自哪一天起？",
        help="年度报告从这一天起把他们计入会员，不确定时可填建会的日期。",
    ),
    Question(key=MOVED_ON, words="换了分工会的人，自哪一天起属于新的分工会？"),
)
