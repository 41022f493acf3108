"""Mail comes in: a real IMAP server holds it, and what registered senders attach is judged as any other file."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import text

from cchc import steps
from cchc.catalogue.periods import ZONE
from cchc.collect import mailbox as channel
from cchc.store.raw import raw_store
from tests.letters import SENDER, filled, form, letter

AT = datetime(2026, 9, 9, 8, 30, 15, tzinfo=ZONE)
NAME = "10993_2026-Q3.xlsx"
FIRST_BYTES = b"PK\x03\x04"


@pytest.fixture
def registered(engine, tmp_path):
    """Two units with their addresses."""
    _register(tmp_path, f"10993,{SENDER}\n10507,an.phu@haiphong.test; lanh.dao@haiphong.test\n")


def _register(folder, lines):
    file = folder / "danh-ba.csv"
    file.write_text("mã đơn vị,địa chỉ\n" + lines, encoding="utf-8")
    return steps.import_contacts(file)


def _rows(engine, query):
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def _deliveries(engine):
    return _rows(engine, "SELECT file_name, channel, sender, received_at FROM delivery ORDER BY received_at, file_name")


def test_an_attachment_is_received_as_a_file_of_the_folder_would_be(mailbox, registered, engine, installation):
    message = letter((NAME, form()))
    mailbox.deliver(message, AT)
    assert steps.ingest() == {
        "submissions": 1,
        "verdicts": {"rejected": 1},
        "periods": [],
        "mail": {"taken": 1},
    }
    assert _deliveries(engine) == [(NAME, "mail", SENDER, AT)]
    assert _rows(engine, "SELECT message_id, sender_units FROM delivery") == [(message["Message-ID"], ["10993"])]
    assert _rows(engine, "SELECT unit_code, channel, sender, received_at FROM submission") == [
        ("10993", "mail", SENDER, AT)
    ]
    assert raw_store(installation).get(hashlib.sha256(form()).hexdigest()) == form()
    assert mailbox.subjects() == []
    assert mailbox.subjects("CCHC-Da-nhan") == ["Báo cáo CCHC quý III"]


def test_over_tls_by_default_with_a_certificate_that_is_trusted(mailbox, registered, engine, monkeypatch):
    mailbox.deliver(letter((NAME, form())), AT)
    with pytest.raises(steps.MailError, match="certificate"):
        steps.fetch_mail(mailbox.tls_url)
    monkeypatch.setenv("SSL_CERT_FILE", str(mailbox.certificate))
    assert steps.fetch_mail(mailbox.tls_url) == {"taken": 1}


def test_without_tls_only_on_this_machine():
    asked = {url: channel._place(url).tls for url in ("imap://u:p@127.0.0.1/", "imap://u:p@mail.test/", "imaps://u@h/")}
    assert list(asked.values()) == ["none", "starttls", "tls"]


def test_a_server_that_is_away_holds_up_no_other_channel(installation, engine, monkeypatch, tmp_path):
    monkeypatch.setenv("CCHC_MAILBOX_URL", "imap://nobody:secret@127.0.0.1:9/INBOX")
    (tmp_path / NAME).write_bytes(form())
    steps.receive([tmp_path / NAME])
    done = steps.ingest()
    assert done["submissions"] == 1
    assert "máy chủ thư" in done["mail"]["error"].lower() and "secret" not in done["mail"]["error"]


def test_a_wrong_password_says_so_without_telling_it(mailbox, registered):
    with pytest.raises(steps.MailError) as told:
        steps.fetch_mail(mailbox.url.replace("kh%E1", "x%E1"))
    assert "AUTHENTICATIONFAILED" in str(told.value)


def test_three_versions_in_an_hour(mailbox, registered, engine):
    moments = [AT, AT + timedelta(minutes=20), AT + timedelta(minutes=55)]
    for data, moment in reversed(list(zip(filled(), moments, strict=True))):
        mailbox.deliver(letter((NAME, data)), moment)
    assert steps.ingest()["submissions"] == 3
    assert [row[3] for row in _deliveries(engine)] == moments
    counting = _rows(engine, "SELECT sha256 FROM current_submission WHERE unit_code = '10993'")
    assert counting == [(hashlib.sha256(filled()[2]).hexdigest(),)]


def test_letters_of_strangers_are_kept_and_taken_once_they_are_registered(mailbox, registered, engine, tmp_path):
    mailbox.deliver(letter((NAME, form()), sender="la.mat@noi.khac.test"), AT)
    assert steps.ingest()["mail"] == {"unregistered": 1}
    assert _deliveries(engine) == []
    assert mailbox.subjects(channel.STRANGERS) == ["Báo cáo CCHC quý III"]
    assert _rows(engine, "SELECT sender, state, answerable FROM mail") == [
        ("la.mat@noi.khac.test", "unregistered", False)
    ]
    assert steps.ingest()["mail"] == {}
    _register(tmp_path, "10993,la.mat@noi.khac.test\n")
    assert steps.ingest()["mail"] == {"taken": 1}
    assert _deliveries(engine) == [(NAME, "mail", "la.mat@noi.khac.test", AT)]
    assert mailbox.subjects(channel.STRANGERS) == []
    assert _rows(engine, "SELECT state FROM mail") == [("taken",)]


@pytest.mark.parametrize("step", ["put", "write_down", "move"])
def test_killed_and_run_again(mailbox, registered, engine, monkeypatch, step):
    mailbox.deliver(letter((NAME, form()), ("10993_2026-Q3 (2).xlsx", filled()[0])), AT)
    places = {
        "put": "cchc.collect.mailbox._Office._kept",
        "write_down": "cchc.collect.mailbox._Office._write_down",
        "move": "imap_tools.mailbox.BaseMailBox.move",
    }
    with monkeypatch.context() as patch:
        patch.setattr(places[step], _die)
        with pytest.raises(KeyboardInterrupt):
            steps.fetch_mail()
        steps.collect()  # what lies in the inbox by then may be collected before the letter is taken again
    steps.ingest()
    assert steps.ingest()["mail"] == {}
    assert len(_deliveries(engine)) == 2
    assert _rows(engine, "SELECT count(*) FROM submission") == [(2,)]
    assert _rows(engine, "SELECT state, jsonb_array_length(files) FROM mail") == [("taken", 2)]
    assert mailbox.subjects() == [] and len(mailbox.subjects("CCHC-Da-nhan")) == 1


def test_the_same_letter_twice_is_one_delivery(mailbox, registered, engine):
    message = letter((NAME, form()))
    mailbox.deliver(message, AT)
    steps.ingest()
    mailbox.deliver(message, AT + timedelta(hours=1))
    steps.ingest()
    assert _deliveries(engine) == [(NAME, "mail", SENDER, AT)]


def test_a_file_of_another_unit_is_marked(mailbox, registered, engine):
    mailbox.deliver(letter((NAME, filled()[0]), sender="an.phu@haiphong.test"), AT)
    assert steps.ingest()["verdicts"] == {"accepted_with_warnings": 1}
    assert _rows(engine, "SELECT rule, found FROM finding WHERE scope = 'file'") == [
        ("s57_sender_other_unit", "Phường Thành Đông (10507)")
    ]


def test_covering_papers_are_kept_beside_the_workbook(mailbox, registered, engine, installation):
    message = letter((NAME, form()))
    message.add_attachment(b"%PDF-1.7 scan", maintype="application", subtype="pdf", filename="Công văn 12.pdf")
    message.add_attachment(b"\x89PNG logo", maintype="image", subtype="png", cid="<logo@x>", disposition="inline")
    message.add_attachment(b"signed", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    mailbox.deliver(message, AT)
    assert steps.ingest()["submissions"] == 1
    ((files,),) = _rows(engine, "SELECT files FROM mail")
    assert [(file["name"], file["taken"]) for file in files] == [(NAME, True), ("Công văn 12.pdf", False)]
    assert raw_store(installation).get(files[1]["sha256"]) == b"%PDF-1.7 scan"


def test_a_scan_alone_is_judged_so_that_its_sender_is_told(mailbox, registered, engine):
    message = letter()
    message.add_attachment(b"%PDF-1.7 scan", maintype="application", subtype="pdf", filename="Báo cáo.pdf")
    mailbox.deliver(message, AT)
    assert steps.ingest()["verdicts"] == {"unreadable": 1}


def test_a_forwarded_letter_is_opened(mailbox, registered, engine):
    inner = letter((NAME, form()), sender="can.bo@gmail.test", subject="báo cáo")
    outer = letter(subject="Fwd: báo cáo")
    outer.add_attachment(inner)
    mailbox.deliver(outer, AT)
    assert steps.ingest()["submissions"] == 1
    assert _deliveries(engine) == [(NAME, "mail", SENDER, AT)]


NAMES = {
    b'attachment; filename="=?UTF-8?B?QsOhbyBjw6FvIHF1w70gSUlJLnhsc3g=?="': "Báo cáo quý III.xlsx",
    b"attachment; filename*=UTF-8''B%C3%A1o%20c%C3%A1o.xlsx": "Báo cáo.xlsx",
    b"attachment; filename*0*=UTF-8''B%C3%A1o; filename*1*=%20c%C3%A1o; filename*2=.xlsx": "Báo cáo.xlsx",
    'attachment; filename="Báo cáo thô.xlsx"'.encode(): "Báo cáo thô.xlsx",
    b'attachment; filename="C:\\\\Users\\\\me\\\\10993.xlsx"': "10993.xlsx",
    b'attachment; filename="../../delivery.json"': "delivery.json",
    b"attachment": "dinh-kem.xlsx",
    b'attachment; filename="' + b"a" * 400 + b'.xlsx"': "a" * 255,
    b'attachment; filename="=?x-unknown?B?QsOhbw==?="': "=?x-unknown?B?QsOhbw==?=",
}


@pytest.mark.parametrize(("disposition", "name"), NAMES.items(), ids=[str(n) for n in range(len(NAMES))])
def test_odd_names(mailbox, registered, engine, disposition, name):
    head = f"From: {SENDER}\r\nMessage-ID: <odd@x>\r\nMIME-Version: 1.0\r\n".encode()
    kind = b"Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\r\n"
    mailbox.deliver(head + kind + b"Content-Disposition: " + disposition + b"\r\n\r\n" + FIRST_BYTES, AT)
    steps.ingest()
    assert _deliveries(engine) == [(name, "mail", SENDER, AT)]


def _bounce() -> EmailMessage:
    made = letter((NAME, form()), Return_Path="<>")
    made.replace_header("From", "MAILER-DAEMON@thuonghong.test")
    return made


AUTOMATIC = {
    "away": letter((NAME, form()), Auto_Submitted="auto-replied"),
    "away with a comment": letter((NAME, form()), Auto_Submitted="auto-replied (vacation)"),
    "bounce": _bounce(),
    "this mailbox": letter((NAME, form()), sender="BaoCao@cchc.test"),
    "old answering machine": letter((NAME, form()), Precedence="auto_reply"),
}


@pytest.mark.parametrize("message", AUTOMATIC.values(), ids=AUTOMATIC)
def test_machines_are_neither_taken_in_nor_answered(mailbox, engine, tmp_path, message):
    _register(tmp_path, f"10993,{SENDER} baocao@cchc.test mailer-daemon@thuonghong.test\n")
    mailbox.deliver(message, AT)
    assert steps.ingest()["mail"] == {"automatic": 1}
    assert _deliveries(engine) == []
    assert _rows(engine, "SELECT answerable FROM mail") == [(False,)]
    assert len(mailbox.subjects("CCHC-Tu-dong")) == 1


def test_what_a_program_sends_is_taken_in(mailbox, registered, engine):
    mailbox.deliver(letter((NAME, form()), Auto_Submitted="auto-generated"), AT)
    assert steps.ingest()["mail"] == {"taken": 1}
    mailbox.deliver(letter(Auto_Submitted="auto-generated"), AT)
    assert steps.ingest()["mail"] == {"no_file": 1}
    assert _rows(engine, "SELECT answerable FROM mail WHERE state = 'no_file'") == [(False,)]


def test_an_attachment_of_thirty_megabytes_is_kept_and_refused(mailbox, registered, engine, installation):
    data = bytes(30 * 2**20)
    mailbox.deliver(letter((NAME, data)), AT)
    assert steps.ingest()["verdicts"] == {"unreadable": 1}
    assert _rows(engine, "SELECT rule, found FROM finding") == [("s03_file_too_large", "30 MB")]
    assert raw_store(installation).get(hashlib.sha256(data).hexdigest()) == data


def test_a_letter_beyond_all_measure_is_not_fetched(mailbox, registered, engine, monkeypatch):
    mailbox.deliver(letter((NAME, form())), AT)
    monkeypatch.setattr(channel, "MOST_LETTER_BYTES", 10_000)
    monkeypatch.setattr(channel._Office, "_fetched", _die)
    assert steps.ingest()["mail"] == {"too_large": 1}
    assert _rows(engine, "SELECT state, answerable FROM mail") == [("too_large", True)]
    assert len(mailbox.subjects("CCHC-Can-xem")) == 1


BROKEN = {
    "nothing at all": b"\r\n",
    "no heading": b"hello\r\n",
    "boundary never found": f"From: {SENDER}\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\nnone\r\n".encode(),
    "broken code": f"From: {SENDER}\r\nContent-Disposition: attachment; filename=a.xlsx\r\n"
    f"Content-Transfer-Encoding: base64\r\n\r\n!!!not base64!!!\r\n".encode(),
    "zero bytes": b"From: a\0@x.vn\r\nMessage-ID: <a\0b@x>\r\nSubject: =?utf-8?q?a=00b?=\r\n\r\nx\r\n",
    "raw bytes": b"From: \xff\xfe <x>\r\nSubject: \xe1\xba\xa3 \xff\r\n\r\n\xff\r\n",
}


@pytest.mark.parametrize("raw", BROKEN.values(), ids=BROKEN)
def test_a_broken_letter_holds_up_no_other(mailbox, registered, engine, raw):
    mailbox.deliver(raw, AT)
    mailbox.deliver(letter((NAME, form())), AT + timedelta(minutes=1))
    steps.ingest()
    assert (NAME, "mail", SENDER, AT + timedelta(minutes=1)) in _deliveries(engine)
    assert mailbox.subjects() == []


def test_a_letter_that_breaks_our_own_work_is_set_aside(mailbox, registered, engine, monkeypatch):
    mailbox.deliver(letter((NAME, form())), AT)
    monkeypatch.setattr(channel, "open_letter", _fail)
    assert steps.ingest()["mail"] == {"failed": 1}
    assert len(mailbox.subjects("CCHC-Can-xem")) == 1


def test_a_heading_that_breaks_our_own_work_is_set_aside(mailbox, registered, engine, monkeypatch):
    mailbox.deliver(letter((NAME, form())), AT)
    monkeypatch.setattr(channel, "head", _fail)
    assert steps.ingest()["mail"] == {"unregistered": 1}
    assert len(mailbox.subjects(channel.STRANGERS)) == 1


def _die(*_arguments):
    raise KeyboardInterrupt


def _fail(*_arguments):
    raise ValueError
