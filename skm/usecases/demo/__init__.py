"""What does the demo city consist of? The tree of Denpasar with invented answers, the same from the same seed.

Imports every other room; nothing in usecases imports it.
Begin with `build`.
"""
