"""A role may end on a day that is known when it is given: that of an acting head (Plt., pelaksana tugas).

`until` is the last day by the clock of the city. Nothing has to happen on the day after: who asks for the roles that
somebody holds says which day it is.
"""

STATEMENTS = """
ALTER TABLE memberships ADD COLUMN until TEXT;
"""
