"""Ratings (满意度) of replies, their correction, and the opinions of joint proposers."""

from congress.ratings.services.correcting import correct_rating, void_ratings
from congress.ratings.services.opinions import enter_opinion, give_opinion, opinions_due, silent
from congress.ratings.services.rating import Paper, close_unrated, enter_rating, rate

__all__ = [
    "Paper",
    "close_unrated",
    "correct_rating",
    "enter_opinion",
    "enter_rating",
    "give_opinion",
    "opinions_due",
    "rate",
    "silent",
    "void_ratings",
]
