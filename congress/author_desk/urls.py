"""Proposals for delegates, and the public list."""

from django.urls import URLPattern, path

from congress.author_desk.views import lists, papers, ratings, steps, writing
from congress.author_desk.views.page import page

urlpatterns: list[URLPattern] = [
    path("proposals/", lists.mine, name="proposals"),
    path("proposals/new/", writing.new, name="proposal_new"),
    path("proposals/published/", lists.published, name="published"),
    path("proposals/published/<int:pk>/", lists.published_proposal, name="published_proposal"),
    path("proposals/<int:pk>/", page, name="proposal"),
    path("proposals/<int:pk>/edit/", writing.edit, name="proposal_edit"),
    path("proposals/<int:pk>/invite/", writing.invite, name="proposal_invite"),
    path("proposals/<int:pk>/submit/", steps.submit, name="proposal_submit"),
    path("proposals/<int:pk>/withdraw/", steps.withdraw, name="proposal_withdraw"),
    path("proposals/<int:pk>/second/", steps.second, name="proposal_second"),
    path("proposals/<int:pk>/invitations/<int:seconding_pk>/", steps.take_back, name="proposal_take_back"),
    path("proposals/<int:pk>/check/", steps.check, name="proposal_check"),
    path("proposals/<int:pk>/rate/", ratings.rate, name="proposal_rate"),
    path("proposals/<int:pk>/opinion/", ratings.opinion, name="proposal_opinion"),
    path("proposals/<int:pk>/form.pdf", papers.form, name="proposal_form"),
    path("proposals/<int:pk>/scan/", papers.scan, name="proposal_scan"),
    path("proposals/replies/<int:pk>/scan/", papers.reply_scan, name="proposal_reply_scan"),
    path("proposals/ratings/<int:pk>/scan/", papers.rating_scan, name="proposal_rating_scan"),
    path("proposals/opinions/<int:pk>/scan/", papers.opinion_scan, name="proposal_opinion_scan"),
]
