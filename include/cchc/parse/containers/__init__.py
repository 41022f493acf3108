"""Readers of every container but .xlsx; they run in a process of their own (``cchc.parse.apart``)."""
