"""Letters as offices send them."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import make_msgid
from functools import cache

from cchc import sample, template
from cchc.catalogue import periods, units

PERIOD = periods.parse("2026-Q3")
XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
SENDER = "vanphong@thuonghong.test"


@cache
def form(code: str = "10993") -> bytes:
    """An empty form of a unit: it is read and sent back."""
    unit = units.find(code, PERIOD.window_to)
    assert unit is not None
    return template.issue(unit, PERIOD)


@cache
def filled() -> tuple[bytes, ...]:
    """Sound workbooks of the unit 10993, each with other figures."""
    import tempfile
    from pathlib import Path

    made = []
    for seed in (7, 8, 9):
        folder = Path(tempfile.mkdtemp(prefix="cchc-l"))
        files = sample.city("31", PERIOD, folder, seed=seed)["files"]
        made.append(next((folder / file["file"]).read_bytes() for file in files if file["unit"] == "10993"))
    return tuple(made)


def letter(
    *files: tuple[str, bytes],
    sender: str = SENDER,
    subject: str = "Báo cáo CCHC quý III",
    **headings: str,
) -> EmailMessage:
    """A letter with workbooks attached; ``Auto_Submitted="no"`` makes a heading of that name."""
    made = EmailMessage()
    made["From"] = f"Văn phòng <{sender}>"
    made["To"] = "baocao@cchc.test"
    made["Subject"] = subject
    made["Message-ID"] = make_msgid(domain="thuonghong.test")
    for name, value in headings.items():
        made[name.replace("_", "-")] = value
    made.set_content("Kính gửi Sở Nội vụ, đơn vị gửi báo cáo kèm theo.\n")
    for name, data in files:
        made.add_attachment(data, maintype=XLSX[0], subtype=XLSX[1], filename=name)
    return made
