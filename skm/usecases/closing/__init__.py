"""What happens when a period has ended? Its figures are frozen, then published.

Imports city, answering, people, log and `deed`.
Begin with `freezing`, then `publishing`.
"""
