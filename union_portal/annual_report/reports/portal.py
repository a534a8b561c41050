"""The report that may be begun from every page of the desk."""

from union_portal.base.portal import Contribution, Place, contribute

_NEW = Place(
    *(
        "reports",
        "新建年度报告",
        "admin:annual_report_annualreport_add",
        "annual_report.add_annualreport",
        "description",
    )
)
contribute(Contribution(creates=(_NEW,)))
