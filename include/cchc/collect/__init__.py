"""From the channels to the raw store: nothing received is lost, edited or counted twice."""

from cchc.collect.inbox import receive
from cchc.collect.registry import collect, waiting

__all__ = ["collect", "receive", "waiting"]
