"""What people said, and how they meant it: one text or one transcript to a verdict. Pure.

    scoring      the verdict: the one function that the rest of Dragoman asks
    shapes       what goes in and what comes out
    parts        which sentences count, and how much
    language     whether they are English, the only language this engine knows
    lexicon      what the words of a sentence are worth
    topics       what it is about

Libraries and tables are loaded when the first text is scored, so that nobody else waits for them.
"""

from dragoman.sentiment.scoring import judge, score
from dragoman.sentiment.shapes import LONGEST, Evidence, Given, Turn, Verdict

__all__ = ["LONGEST", "Evidence", "Given", "Turn", "Verdict", "judge", "score"]
