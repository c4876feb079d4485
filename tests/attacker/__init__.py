"""An attacker: opens every page that somebody without access to single answers may open, and works out what he can.

`readings` looks at numbers alone: do two of them differ by one to four people who exist? `people` knows more than an
attacker could: of every number, whose answers are in it. `pages` reads the pages and finds those people; a number that
fits nobody is a fault. `solver` asks what all the numbers together determine. `doors` says which pages there are.
"""
