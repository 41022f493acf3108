"""Passwords and keys of a local installation: made once, never readable by others."""

from __future__ import annotations

import stat

from cchc.local import credentials


def test_passwords_are_made_once_for_every_user(tmp_path):
    first = credentials.passwords(tmp_path)
    assert set(first) == {"quantri", "kysu", "noivu", "lanhdao", "lanhdao-dongnai"}
    assert len(set(first.values())) == len(first)
    assert min(map(len, first.values())) >= 12
    assert credentials.passwords(tmp_path) == first


def test_a_password_changed_by_hand_stays(tmp_path):
    credentials.passwords(tmp_path)
    path = tmp_path / "passwords.json"
    path.write_text(path.read_text().replace(credentials.passwords(tmp_path)["noivu"], "mật-khẩu-mới"))
    assert credentials.passwords(tmp_path)["noivu"] == "mật-khẩu-mới"


def test_only_the_owner_may_read_them(tmp_path):
    credentials.passwords(tmp_path)
    credentials.keys(tmp_path)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"passwords.json": 0o600, "keys.json": 0o600}


def test_two_installations_share_no_secret(tmp_path):
    one, other = credentials.keys(tmp_path / "a"), credentials.keys(tmp_path / "b")
    assert credentials.keys(tmp_path / "a") == one
    assert not set(one.values()) & set(other.values())
