"""Figures that are no part of a pick-one question, and those of one, for tests of their errors."""

import numpy as np

from wbsim.inference.observation import ALONE, Figures

#: Publics in these tests.
PUBLICS = 6


def plain(share, survey=None, answer=None, size=1000.0, publics=None, month=None):
    """Figures of an answer each, or of those numbered in `answer`; `publics` holds a number for one, None for all."""
    count = len(share)
    answer = np.arange(count) if answer is None else np.asarray(answer)
    inside = answer[:, None] == np.arange(answer.max(initial=-1) + 1)
    return Figures(
        share=np.array(share, dtype=float),
        size=np.full(count, size),
        survey=np.zeros(count, np.int64) if survey is None else np.asarray(survey),
        question=np.full(count, ALONE),
        inside=inside,
        outside=np.zeros_like(inside),
        rest=np.zeros(inside.shape[1], dtype=bool),
        month=np.zeros(count) if month is None else np.asarray(month, dtype=float),
        publics=weights([0] * count if publics is None else publics),
        listed=np.zeros(count, dtype=bool),
    )


def choice(share, answers, rows=None, question=None, survey=None, publics=None, month=None, size=1000.0):
    """Rows of one pick-one question with so many `answers` and a rest, which is the last column.

    `rows`: the answers that each sums, by default one after another; `question` numbers, by default all one.
    """
    count = len(share)
    rows = [[n] for n in range(count)] if rows is None else rows
    inside = np.array([[n in row for n in range(answers + 1)] for row in rows])
    return Figures(
        share=np.array(share, dtype=float),
        size=np.full(count, size),
        survey=np.zeros(count, np.int64) if survey is None else np.asarray(survey),
        question=np.zeros(count, np.int64) if question is None else np.asarray(question),
        inside=inside,
        outside=~inside,
        rest=np.arange(answers + 1) == answers,
        month=np.zeros(count) if month is None else np.asarray(month, dtype=float),
        publics=weights([0] * count if publics is None else publics),
        listed=np.zeros(count, dtype=bool),
    )


def weights(publics):
    """Weights (K, PUBLICS) of one public each, or of all for None."""
    return np.array(
        [np.full(PUBLICS, 1 / PUBLICS) if one is None else np.eye(PUBLICS)[one] for one in publics]
    )
