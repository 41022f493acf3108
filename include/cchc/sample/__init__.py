"""A plausible city: figures that hang together over time, and on request the faults that real senders make."""

from cchc.sample.city import city

__all__ = ["city"]
