"""How does a stack of paper forms become answers? One person keys it, a second checks a sample, then it counts.

Imports the rest of usecases and what they import.
Begin with `batches`, then `keying`, `checking`, `report`.
"""
