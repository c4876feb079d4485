"""What did a unit improve because of earlier answers?

Imports city, answering, people, log and `deed`.
Begin with `improvements`.
"""
