"""What the coding workspace asks of a suggester, and what it tells one that learns.

A suggester is any callable from a transcript to suggestions. The other parts are optional: an
object with a method `learn` is told what was decided, one with `queue` may say what to decide
first, one with `reliability` how far it can be believed. No two calls of one workspace overlap;
`learn`, and what is asked right after it, run in a thread beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    from qualcode.model import Transcript

__all__ = ["Decision", "Learns", "Queues", "Suggester", "TellsReliability"]

#: start, end, code, score, why
Suggestion = tuple[int, int, str, float, str]
#: transcript, start, end, code, score, why
QueueItem = tuple[str, int, int, str, float, str]


class Decision(NamedTuple):
    """Whether a coder gives a code to a span.

    Parameters
    ----------
    transcript_id : str
        The transcript.
    start, end : int
        Half-open span in code points of its text.
    code_id : str
        The code.
    accepted : bool
        True for an accepted suggestion and for a coding by hand. False for a declined suggestion,
        and for a coding that was taken away after it had been told, unless other words there have
        the code now.

    Examples
    --------
    >>> Decision("ward-1", 0, 9, "breaks", accepted=False).accepted
    False
    """

    transcript_id: str
    start: int
    end: int
    code_id: str
    accepted: bool


class Suggester(Protocol):
    """What offers passages for coding; a plain function will do.

    Its attribute `model`, else its name, is written to the journal with what is accepted.

    Examples
    --------
    >>> from qualcode.model import Transcript
    >>> def greetings(transcript):
    ...     at = transcript.text.find("Hello")
    ...     return [] if at < 0 else [(at, at + 5, "greeting", 0.9, "the word Hello")]
    >>> greetings(Transcript("a", "Well. Hello."))
    [(6, 11, 'greeting', 0.9, 'the word Hello')]
    """

    def __call__(self, transcript: Transcript, /) -> Iterable[Suggestion]:
        r"""Suggest codes for spans of one transcript.

        Parameters
        ----------
        transcript : Transcript
            The transcript.

        Returns
        -------
        iterable of tuple
            ``(start, end, code, score, why)``: a half-open span in code points, the id of a code,
            a score from 0 to 1, and the reason in plain text. The first line of the reason is said
            with the suggestion. Further lines are shown in the details: one that begins with a
            quotation mark as a quote, with what follows the closing mark as its place, and
            ``name: word, word`` as a list of words. For example ``"like 2 passages coded so\n“We
            waited” (ward-1, 00:00:09)\nwords that tell: waited, queue"``.
        """


@runtime_checkable
class Learns(Protocol):
    """A suggester that takes in decisions.

    Examples
    --------
    >>> isinstance(print, Learns)
    False
    """

    def learn(self, decisions: Sequence[Decision], /) -> None:
        """Take in decisions, so that what is suggested next is the better for them.

        Parameters
        ----------
        decisions : sequence of Decision
            What was decided since the last call; what was taken back meanwhile is not among it. If
            this raises, the workspace goes on with the suggestions that it has, and does not tell
            the same decisions again.

        Examples
        --------
        >>> class Counting:
        ...     told = 0
        ...
        ...     def learn(self, decisions):
        ...         self.told += len(decisions)
        >>> isinstance(Counting(), Learns)
        True
        """


@runtime_checkable
class Queues(Protocol):
    """A suggester that says what it would learn most from.

    Examples
    --------
    >>> isinstance(print, Queues)
    False
    """

    def queue(self, transcripts: Sequence[Transcript], limit: int, /) -> Sequence[QueueItem]:
        """Choose what to decide first, in all transcripts.

        Parameters
        ----------
        transcripts : sequence of Transcript
            All transcripts of the study.
        limit : int
            How many at most.

        Returns
        -------
        sequence of tuple
            ``(transcript_id, start, end, code, score, why)``, what tells most first. It need not
            be among what the suggester offers for the transcript.

        Examples
        --------
        >>> class Longest:
        ...     def queue(self, transcripts, limit):
        ...         return [(t.id, 0, len(t.text), "long", 0.5, "") for t in transcripts][:limit]
        >>> isinstance(Longest(), Queues)
        True
        """


@runtime_checkable
class TellsReliability(Protocol):
    """A suggester that says how often it is right.

    Examples
    --------
    >>> isinstance(print, TellsReliability)
    False
    """

    def reliability(self, code_id: str, /) -> str:
        """Say how far suggestions of one code can be believed.

        Parameters
        ----------
        code_id : str
            The code.

        Returns
        -------
        str
            A line such as ``on held-out interviews 62 of 100 such suggestions were right``, or
            nothing.

        Examples
        --------
        >>> class Tested:
        ...     def reliability(self, code_id):
        ...         return "on held-out interviews 62 of 100 such suggestions were right"
        >>> isinstance(Tested(), TellsReliability)
        True
        """
