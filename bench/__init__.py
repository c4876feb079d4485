"""How fast is it, next to the plainest program that does the same?

May import everything of `skm`; nothing imports it, and no test needs it.
Begin with `__main__`; README.md says what each number means.
"""
