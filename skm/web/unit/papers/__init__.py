"""Papers: stacks of forms that are keyed, checked by a second person, and then counted.

Imports usecases and web's own parts.
Begin with `batches`, then `sheets`.
"""
