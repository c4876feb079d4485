"""Who vouches that an account is the person's whose name it has: whoever made the link by which its password was set.

Bagian Organisasi makes such links for its heads and counter staff. Whoever then gives the account more than that has
to know that it did not keep the password. Until now only admins made links; "" stands for them.
"""

STATEMENTS = """
ALTER TABLE links ADD COLUMN vouched TEXT NOT NULL DEFAULT '';
ALTER TABLE officers ADD COLUMN vouched TEXT NOT NULL DEFAULT '';
"""
