"""How is a file that somebody sent read without harm to the service?

In a process of its own, with limits. Imports `survey`. Begin with `limits`, then `run.in_sandbox`.
"""
