"""Requests that no browser of a person sends, each made from a seed: no answer may be a fault of ours.

`pool` gathers what the pages offer: their addresses, and their forms as they would be sent. `odd` spoils one of them.
"""
