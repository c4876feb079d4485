"""How does a stack of paper forms become answers? One person keys it, a second checks a sample, then it counts.

Imports city, answering, people, log and `deed`.
Begin with `batches`, then `keying` and `checking`.
"""
