"""Mail goes out: whoever sent a file gets its receipt and the marked workbook, once; servers are real ones."""

from __future__ import annotations

import email
import json
import subprocess
import sys
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import text

from cchc import cli_text, steps
from cchc.catalogue.forms import RETURN_SHEET
from cchc.catalogue.periods import ZONE
from cchc.notify import letters, outbox, post
from cchc.steps import mail
from tests.letters import SENDER, filled, form, letter

NAME = "10993_2026-Q3.xlsx"
OTHER = "lanh.dao@thuonghong.test"


def _ago(**span):
    return datetime.now(ZONE).replace(microsecond=0) - timedelta(**span)


@pytest.fixture(autouse=True)
def registered(engine, tmp_path):
    file = tmp_path / "danh-ba.csv"
    file.write_text(f"mã đơn vị;địa chỉ\n10993;{SENDER}, {OTHER}\n10507;an.phu@haiphong.test\n", encoding="utf-8-sig")
    steps.import_contacts(file)


def _rows(engine, query):
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def _files(answer):
    return {part.get_filename(): part.get_content() for part in answer.iter_attachments()}


def _body(answer):
    return answer.get_body(("plain",)).get_content()


def test_a_faulty_report_comes_back_marked_with_its_receipt(mailbox, postman, engine):
    asked = letter((NAME, form()), subject="Báo cáo quý III")
    mailbox.deliver(asked, _ago(minutes=5))
    steps.ingest()
    assert postman.letters == []  # judging does not send
    assert steps.send() == {"sent": 1, "queued": 0, "failed": 0}
    (answer,), (recipients,) = postman.letters, postman.recipients
    assert recipients == [answer["To"]] == [SENDER]
    assert answer["Subject"] == "[CCHC] Chưa đạt, đề nghị sửa và gửi lại: Xã Thượng Hồng, quý III năm 2026"
    assert (answer["From"], answer["Auto-Submitted"]) == ("baocao@cchc.test", "auto-replied")
    assert answer["In-Reply-To"] == answer["References"] == asked["Message-ID"]
    assert "«10993_2026-Q3.xlsx»" in _body(answer) and "Kính gửi Xã Thượng Hồng!" in _body(answer)
    files = _files(answer)
    workbook = next(data for name, data in files.items() if name.endswith(".xlsx"))
    receipt = next(data for name, data in files.items() if name.endswith(".docx"))
    assert len(files) == 2
    assert load_workbook(BytesIO(workbook)).sheetnames[0] == RETURN_SHEET
    words = "\n".join(
        cell.text for table in Document(BytesIO(receipt)).tables for row in table.rows for cell in row.cells
    )
    assert "Thượng Hồng" in words and "10993" in words


def test_the_marked_workbook_sent_back_is_a_version_of_its_own(mailbox, postman, engine):
    mailbox.deliver(letter((NAME, form())), _ago(minutes=9))
    steps.ingest()
    steps.send()
    workbook = next(data for name, data in _files(postman.letters[0]).items() if name.endswith(".xlsx"))
    mailbox.deliver(letter((NAME, workbook)), _ago(minutes=1))
    assert steps.ingest()["submissions"] == 1
    assert steps.send() == {"sent": 2, "queued": 0, "failed": 0}


def test_each_version_is_answered_once(mailbox, postman, engine):
    for minutes, data in zip((50, 30, 10), filled(), strict=True):
        mailbox.deliver(letter((NAME, data)), _ago(minutes=minutes))
        steps.ingest()
        steps.send()
        steps.send()
    assert len(postman.letters) == 3
    assert len({answer["Message-ID"] for answer in postman.letters}) == 3


def test_the_same_bytes_again_are_told_so_instead_of_silence(mailbox, postman, engine):
    again = [letter((NAME, form())) for _ in range(5)]
    for minutes, asked in zip((9, 7, 5, 3, 1), again, strict=True):
        mailbox.deliver(asked, _ago(minutes=minutes))
        steps.ingest()
        steps.send()
        steps.send()
    # Told three times and no more: a program that sends everything back must not be talked to for ever.
    assert [answer["In-Reply-To"] for answer in postman.letters] == [asked["Message-ID"] for asked in again[:4]]
    for answer in postman.letters[1:]:
        assert answer["Subject"].endswith("(tệp gửi lại không thay đổi)")
        assert "giống hệt" in _body(answer) and "giống hệt" not in _body(postman.letters[0])
        assert _files(answer).keys() == _files(postman.letters[0]).keys()


def test_the_same_bytes_in_two_letters_fetched_at_once_are_both_answered(mailbox, postman):
    for minutes in (9, 1):
        mailbox.deliver(letter((NAME, form())), _ago(minutes=minutes))
    steps.ingest()
    steps.send()
    steps.send()
    steps.send()
    assert len({answer["In-Reply-To"] for answer in postman.letters}) == len(postman.letters) == 2


def test_what_a_program_sends_again_is_not_answered_again(mailbox, postman):
    for minutes in (9, 1):
        mailbox.deliver(letter((NAME, form()), Auto_Submitted="auto-generated"), _ago(minutes=minutes))
        steps.ingest()
        steps.send()
        steps.send()
    assert len(postman.letters) == 1


def test_a_file_of_the_folder_is_answered_to_the_addresses_of_its_unit(postman, engine, tmp_path):
    (tmp_path / NAME).write_bytes(form())
    steps.receive([tmp_path / NAME], _ago(minutes=5))
    steps.ingest()
    steps.send()
    assert sorted(postman.recipients) == [[OTHER], [SENDER]]


def test_without_an_address_nothing_is_sent(postman, engine, tmp_path):
    (tmp_path / "10525_2026-Q3.xlsx").write_bytes(form("10525"))
    steps.receive([tmp_path / "10525_2026-Q3.xlsx"], _ago(minutes=5))
    steps.ingest()
    assert steps.send() == {"sent": 0, "queued": 0, "failed": 0}
    assert _rows(engine, "SELECT count(*) FROM outgoing") == [(0,)]


def test_what_came_long_ago_is_not_answered_any_more(postman, tmp_path):
    (tmp_path / NAME).write_bytes(form())
    steps.receive([tmp_path / NAME], _ago(days=mail.ANSWERED_DAYS + 1))
    steps.ingest()
    assert steps.send()["sent"] == 0


def test_a_sender_who_left_the_register_gets_nothing(mailbox, postman, tmp_path):
    mailbox.deliver(letter((NAME, form())), _ago(minutes=5))
    steps.ingest()
    (tmp_path / "ra.csv").write_text("mã đơn vị,địa chỉ\n10993,\n", encoding="utf-8")
    steps.import_contacts(tmp_path / "ra.csv")
    assert steps.send()["sent"] == 0


def test_an_unreadable_file_gets_an_empty_form(mailbox, postman):
    mailbox.deliver(letter((NAME, b"PK\x03\x04 broken")), _ago(minutes=5))
    steps.ingest()
    steps.send()
    (answer,) = postman.letters
    sheets = [load_workbook(BytesIO(data)) for name, data in _files(answer).items() if name.endswith(".xlsx")]
    assert len(sheets) == 1 and RETURN_SHEET not in sheets[0].sheetnames
    assert "Biểu trống" in _body(answer)


def test_a_letter_without_a_report_is_answered_once_and_asks_for_it(mailbox, postman):
    asked = letter(subject="Gửi báo cáo")
    code = b"=?utf-8?q?G=E1=BB=ADi_b=C3=A1o_c=C3=A1o=0D=0ABcc:_x=40y.test?="
    asked = asked.as_bytes().replace(b"Subject: =?utf-8?b?R+G7rWkgYsOhbyBjw6Fv?=", b"Subject: " + code)
    assert code in asked
    asked_id = email.message_from_bytes(asked)["Message-ID"]
    mailbox.deliver(asked, _ago(minutes=5))
    steps.ingest()
    for _ in range(2):
        steps.send()
    (answer,) = postman.letters
    assert answer["Subject"].startswith("[CCHC] Thư không có tệp báo cáo: Gửi báo cáo")
    assert answer["Bcc"] is None and postman.recipients == [[SENDER]]
    assert answer["In-Reply-To"] == asked_id
    assert "không thấy tệp báo cáo" in _body(answer) and "winmail" not in _body(answer)


def test_outlooks_parcel_is_kept_and_its_sender_told_how_to_mend_it(mailbox, postman, engine):
    message = letter()
    message.add_attachment(b"\x78\x9f\x3e\x22", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    mailbox.deliver(message, _ago(minutes=5))
    assert steps.ingest()["mail"] == {"no_file": 1}
    steps.send()
    assert "winmail.dat" in _body(postman.letters[0])


def test_a_letter_too_large_is_told_so(mailbox, postman, monkeypatch):
    monkeypatch.setattr("cchc.collect.mailbox.MOST_LETTER_BYTES", 2 * 2**20)
    mailbox.deliver(letter((NAME, bytes(3 * 2**20))), _ago(minutes=5))
    assert steps.ingest()["mail"] == {"too_large": 1}
    steps.send()
    assert "vượt mức 2 MB" in _body(postman.letters[0])


def test_answers_do_not_answer_each_other(mailbox, postman):
    mailbox.deliver(letter((NAME, form())), _ago(minutes=9))
    steps.ingest()
    steps.send()
    # Both ends answer by themselves: what we sent comes back, and an answering machine speaks.
    mailbox.deliver(bytes(postman.letters[0]), _ago(minutes=8))
    mailbox.deliver(
        letter(Auto_Submitted="auto-replied", In_Reply_To=postman.letters[0]["Message-ID"]), _ago(minutes=7)
    )
    assert steps.ingest()["mail"] == {"automatic": 2}
    steps.send()
    assert len(postman.letters) == 1


def test_a_workbook_too_large_for_a_letter_stays_here(mailbox, postman, monkeypatch):
    monkeypatch.setattr(letters, "MOST_ATTACHED_BYTES", 1000)
    mailbox.deliver(letter((NAME, form())), _ago(minutes=5))
    steps.ingest()
    steps.send()
    assert [name.endswith(".docx") for name in _files(postman.letters[0])] == [True]
    assert "không kèm theo thư này" in _body(postman.letters[0])


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_while_sending_and_run_again(mailbox, postman, engine, monkeypatch, moment):
    mailbox.deliver(letter((NAME, form())), _ago(minutes=5))
    steps.ingest()
    with monkeypatch.context() as patch:
        patch.setattr(*((post, "hand_in") if moment == "before" else (outbox, "sent")), _die)
        with pytest.raises(KeyboardInterrupt):
            steps.send()
    assert steps.send() == {"sent": 1, "queued": 0, "failed": 0}
    steps.send()
    numbers = [answer["Message-ID"] for answer in postman.letters]
    assert len(numbers) == (1 if moment == "before" else 2) and len(set(numbers)) == 1


def test_a_refused_address_is_given_up_and_shown_others_go_on(postman, engine, tmp_path):
    postman.refuse[OTHER] = "550 no such user"
    (tmp_path / NAME).write_bytes(form())
    steps.receive([tmp_path / NAME], _ago(minutes=5))
    steps.ingest()
    assert steps.send() == {"sent": 1, "queued": 0, "failed": 1}
    assert steps.send() == {"sent": 1, "queued": 0, "failed": 1}
    assert _rows(engine, "SELECT recipient, attempts, last_error FROM outgoing WHERE state = 'failed'") == [
        (OTHER, 1, "550 no such user")
    ]


def test_a_server_that_is_busy_is_asked_again_but_not_for_ever(postman, engine, tmp_path, monkeypatch):
    monkeypatch.setattr(outbox, "MOST_ATTEMPTS", 3)
    postman.refuse |= {OTHER: "451 later", SENDER: "451 later"}
    (tmp_path / NAME).write_bytes(form())
    steps.receive([tmp_path / NAME], _ago(minutes=5))
    steps.ingest()
    assert steps.send() == {"sent": 0, "queued": 2, "failed": 0}
    postman.refuse.pop(SENDER)
    assert steps.send() == {"sent": 1, "queued": 1, "failed": 0}
    assert steps.send() == {"sent": 1, "queued": 0, "failed": 1}


def test_a_server_that_is_away_loses_nothing(mailbox, postman, monkeypatch):
    mailbox.deliver(letter((NAME, form())), _ago(minutes=5))
    steps.ingest()
    with pytest.raises(steps.MailError, match="không trả lời"):
        steps.send("smtp://127.0.0.1:9?from=a@b.test")
    assert steps.send() == {"sent": 1, "queued": 0, "failed": 0}


def test_only_one_sends_at_a_time(mailbox, postman, engine):
    mailbox.deliver(letter((NAME, form())), _ago(minutes=5))
    steps.ingest()
    with outbox.only_sender(engine) as free:
        assert free
        assert steps.send()["sent"] == 0
    assert steps.send()["sent"] == 1


def test_what_needs_a_person_stands_in_the_status(mailbox, postman, tmp_path):
    postman.refuse[SENDER] = "550 no such user"
    mailbox.deliver(letter((NAME, form())), _ago(minutes=5))
    mailbox.deliver(letter((NAME, form()), sender="la.mat@noi.khac.test", subject="Báo cáo"), _ago(minutes=4))
    steps.ingest()
    steps.send()
    found = steps.status("31", "2026-Q3")
    assert [(row["sender"], row["state"]) for row in found["letters"]["set_aside"]] == [
        ("la.mat@noi.khac.test", "unregistered")
    ]
    assert found["letters"]["unsent"] == [{"recipient": SENDER, "last_error": "550 no such user"}]
    said = cli_text.status_report(found)
    assert "la.mat@noi.khac.test: Báo cáo (địa chỉ chưa đăng ký)" in said
    assert f"{SENDER}: 550 no such user" in said


def test_tls_unless_on_this_machine_or_told_otherwise():
    kinds = {
        "smtp://127.0.0.1:25?from=a@b.test": "none",
        "smtp://u:p@mail.test:587?from=a@b.test": "starttls",
        "smtps://u%40b.test:p@mail.test": "tls",
        "smtp://u:p@mail.test:465/?from_email=a%40b.test": "tls",
        "smtp://relay.test:25?from=a@b.test&disable_tls=true": "none",
        "smtp://mail.test/?__extra__=%7B%22from_email%22%3A+%22a%40b.test%22%7D": "starttls",
    }
    assert {url: post.office(url).tls for url in kinds} == kinds


def test_the_command_line(mailbox, postman, installation):
    mailbox.deliver(letter((NAME, form())), _ago(minutes=5))
    assert _cchc("contacts", "list", "--json") == {
        "contacts": [
            {"unit": "10507", "address": "an.phu@haiphong.test"},
            {"unit": "10993", "address": OTHER},
            {"unit": "10993", "address": SENDER},
        ]
    }
    assert _cchc("ingest", "--json")["mail"] == {"taken": 1}
    assert _cchc("send", "--json") == {"sent": 1, "queued": 0, "failed": 0}


def _cchc(*arguments):
    done = subprocess.run([sys.executable, "-m", "cchc.cli", *arguments], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def _die(*_arguments, **_named):
    raise KeyboardInterrupt
