"""Seats, and how a mandate begins and ends."""

from django.db import models


class Seat(models.TextChoices):
    """代表类别: only delegates vote; observers and guests listen and speak."""

    DELEGATE = "delegate", "正式代表"
    OBSERVER = "observer", "列席代表"
    GUEST = "guest", "特邀代表"


class MandateStart(models.TextChoices):
    ELECTED = "elected", "单位选举"
    BY_ELECTION = "by_election", "补选"
    INVITED = "invited", "受邀"
    RECORDED = "recorded", "建册登记"


class MandateEnd(models.TextChoices):
    TERM = "term", "届满"
    RECALLED = "recalled", "原单位罢免"
    RESIGNED = "resigned", "辞去"
    LEFT = "left", "离校"
    MOVED = "moved", "调离原单位"
    DECEASED = "deceased", "去世"
