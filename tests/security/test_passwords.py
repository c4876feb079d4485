"""Passwords as they are stored."""

from argon2 import Type, extract_parameters

from skm.security import passwords

PASSWORD = "sepeda hujan lima kopi tua"


def test_a_password_is_stored_as_costly_as_rfc_9106_asks_of_small_machines():
    found = extract_parameters(passwords.hash_password(PASSWORD))
    assert (found.type, found.memory_cost, found.time_cost) == (Type.ID, 64 * 1024, 3)


def test_nobodys_password_costs_as_much_work_as_anybodys():
    assert extract_parameters(passwords.NOBODY) == extract_parameters(passwords.hash_password(PASSWORD))


def test_only_the_same_password_is_right():
    stored = passwords.hash_password("Café di sudut jalan")
    assert passwords.verify(stored, "Cafe\u0301 di sudut jalan")
    assert not passwords.verify(stored, "Cafe di sudut jalan")
    assert not passwords.verify(None, "Café di sudut jalan")
