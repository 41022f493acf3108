"""The register of senders: what a file of it may look like, and what is said of one that cannot be used."""

import pytest

from cchc.collect.contacts import read_register

HEAD = "mã đơn vị,địa chỉ\n"


def _read(text):
    return read_register(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "10993,A@x.vn\n10993,b@x.vn\n",
        HEAD + '10993,"a@x.vn, B@x.vn"\n',
        HEAD + "10993,a@x.vn b@x.vn\n\n",
        "\ufeffĐịa chỉ;Ghi chú;Mã đơn vị\na@x.vn;;10993\nb@x.vn;x;10993\n".lower(),
        "unit\taddress\n10993\ta@x.vn;b@x.vn\n",
    ],
)
def test_several_addresses_in_a_cell_or_in_rows_by_any_delimiter(text):
    register = _read(text)
    assert (dict(register.addresses), register.faults) == ({"10993": ("a@x.vn", "b@x.vn")}, ())


def test_an_empty_address_takes_the_unit_out():
    assert _read(HEAD + "10993,\n").addresses == {"10993": ()}


def test_every_fault_is_told_with_its_line():
    register = _read(HEAD + "99999,a@x.vn\n10993,khong-phai\n10993,a@x.vn\n")
    assert register.faults == (
        "Dòng 2: không có đơn vị mang mã «99999» trong danh mục.",
        "Dòng 3: «khong-phai» không phải địa chỉ thư điện tử.",
    )


@pytest.mark.parametrize(
    "address", ["a@b", "a b@x.vn <", "a@x.vn\\nBcc:c@x.vn", "@x.vn", "a@@x.vn", 'a"@x.vn', "à@x.vn"]
)
def test_what_is_no_address(address):
    assert _read(f"{HEAD}10993,{address}\n").faults


@pytest.mark.parametrize("data", ["mã,thư\n1,2\n".encode(), b"", "mã đơn vị,địa chỉ".encode("utf-16")])
def test_a_file_without_the_two_columns_is_refused(data):
    register = read_register(data)
    assert len(register.faults) == 1 and not register.addresses
