"""How is an installation looked after? Copies of all of it, bringing one back, and whether it is in order.

Imports `deed` and what usecases imports; of the other rooms `answering`, which knows when the clock is behind.
Begin with `backup`.
"""
