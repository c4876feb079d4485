"""What a unit did because of earlier answers.

Imports figures and store.
Begin with `improvements`.
"""
