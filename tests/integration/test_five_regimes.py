"""The five source documents, a period each from files to the report: totals, due moments, targets, special rules.

Every expectation was worked out by hand from the figures in this file; the clause that it follows is cited beside it.
Each authority keeps a group of its own, so that workers share the file.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cchc.catalogue import regime_terms
from cchc.consolidate.special import judged
from cchc.report.targets import COUNTS
from cchc.report.texts import label
from cchc.report.trace import Ledger, wrong
from tests.fives import NOTHING, Report, Sent, Year, produce
from tests.specials import material


def dossiers(online, direct, early, on_time, late, **more):
    """Area 3: what was received and settled; every late one with an apology, every one tracked."""
    received, done = online + direct, early + on_time + late
    return {
        "3.4.1": received, "3.4.2": online, "3.4.3": direct, "3.4.4": 0,
        "3.4.5": done, "3.4.6": early, "3.4.7": on_time, "3.4.8": late,
        "3.4.9": received - done, "3.4.10": received - done, "3.4.11": 0,
        "3.4.13a": late, "3.4.14a": received, **more,
    }  # fmt: skip


def commune(online, direct, early, on_time, late, **more):
    """A commune's dossiers, and area 7 agreeing with them."""
    received, done = online + direct, early + on_time + late
    digital = {"7.3.4": online, "7.4.2": received, "7.4.3": online, "7.5.1t": received, "7.5.1": received}
    return (
        dossiers(online, direct, early, on_time, late) | digital | {"7.5.5a": 0, "7.5.3t": done, "7.5.3": done} | more
    )


def tasks(in_time, late, running, overdue, owed=0):
    """Group 1.3: tasks given from above, documents owed."""
    given = in_time + late + running + overdue
    parts = {"1.3.2": in_time, "1.3.3": late, "1.3.4": running, "1.3.5": overdue, "1.3.7": owed}
    return {"1.3.1": given, **parts}


def tally(report):
    """Expected, on time, late, missing."""
    return tuple(report.board[key] for key in ("expected", "on_time", "late", "missing"))


def standings(rule):
    """Status by unit and subject."""
    return {(item.unit, item.subject): item.status for item in rule.items}


def of(standing):
    """State, value, distance."""
    return standing.state.value, standing.value, standing.distance


# -- 05/CT-UBND, thị xã Kinh Môn, 30/3/2023 ---------------------------------------------------------------------------

AN_LUU, BACH_DANG, PHU_THU, HIEP_SON, THAT_HUNG = "10675", "10678", "10714", "10726", "10681"


def _both(unit, points, maximum="20"):
    return [{"unit_code": unit, "area": area, "appraised": points, "maximum": maximum} for area in ("3", "7")]


KINH_MON_BOOK = Year(
    2023,
    "2023-06-20T08:00",
    {
        "ratings": [
            {"unit_code": AN_LUU, "rating": "good"},
            {"unit_code": BACH_DANG, "rating": "fair"},  # "Hoàn thành nhiệm vụ"
            {"unit_code": PHU_THU, "rating": "excellent"},
            {"unit_code": HIEP_SON, "rating": "failed"},  # "Không hoàn thành nhiệm vụ"
            {"unit_code": THAT_HUNG, "rating": "good"},
        ],
        "scores": [
            *_both(AN_LUU, "15"),  # 15/20 = 75%: not "dưới 75%"
            {"unit_code": AN_LUU, "area": "1", "appraised": "1", "maximum": "20"},  # 5%, but of another area
            *_both(BACH_DANG, "18"),
            {"unit_code": PHU_THU, "area": "3", "appraised": "20", "maximum": "20"},
            {"unit_code": PHU_THU, "area": "7", "appraised": "14.99", "maximum": "20"},  # 74,95%
            *_both(HIEP_SON, "19"),
        ],
        "remediation": [
            {"unit_code": BACH_DANG, "plan_on": date(2023, 4, 14), "review_on": date(2023, 4, 14)},
            {"unit_code": PHU_THU, "plan_on": date(2023, 4, 15), "review_on": date(2023, 4, 14)},
        ],
        "breakthrough": [
            {
                "unit_code": AN_LUU,
                "description": "Một cửa lưu động",
                "registered_on": date(2023, 4, 14),
                "due": date(2023, 5, 31),
            },
            {"unit_code": BACH_DANG, "description": "Trả kết quả tại nhà", "registered_on": date(2023, 4, 15)},
        ],
        "initiative": [{"unit_code": AN_LUU, "description": "Ngày không hẹn", "registered_on": date(2023, 3, 1)}],
        "deduction": [
            {
                "unit_code": AN_LUU,
                "area": "3",
                "criterion": "Hồ sơ trễ hạn",
                "points": "1.5",
                "cause": "Chậm luân chuyển",
                "responsible": "Bộ phận Một cửa",
                "solution": "Đôn đốc hằng ngày",
            },
            {"unit_code": PHU_THU, "area": "7", "criterion": "Số hóa", "points": "2", "cause": "Thiếu máy quét"},
        ],
        "procedure_events": [
            {
                "action": "announced",
                "change": "new",
                "number": 4,
                "decision": "12/QĐ-UBND",
                "decided_on": date(2023, 5, 2),
            },
            {
                "action": "process",
                "change": "amended",
                "number": 2,
                "decision": "13/QĐ-UBND",
                "decided_on": date(2023, 5, 3),
            },
        ],
    },
)
KINH_MON_H1 = (
    Sent("292-NV", "2023-06-09T10:00", {"1.1.1": 40, "1.1.2": 10, "1.7.1": 0}),
    Sent("292-TP", "2023-06-09T10:00", {}),
    Sent("292-VP", "2023-06-09T10:00", dossiers(200, 200, 300, 100, 0)),
    Sent("292-TC", "2023-06-09T10:00", {}),
    Sent("292-VHTT", "2023-06-09T10:00", {}),
    Sent(AN_LUU, "2023-06-10T23:59:59", commune(300, 100, 200, 150, 50, **{"1.1.1": 20, "1.1.2": 20, "1.7.1": 1})),
    Sent(BACH_DANG, "2023-06-09T10:00", commune(10, 90, 50, 49, 1, **{"1.1.1": 20, "1.1.2": 5, "1.7.1": 0})),
    Sent(PHU_THU, "2023-06-09T10:00", commune(0, 0, 0, 0, 0, **{"1.1.1": 20, "1.1.2": 5, "1.7.1": 0})),
    Sent(HIEP_SON, "2023-06-11T00:30", commune(100, 100, 100, 100, 0, **{"1.1.1": 20, "1.1.2": 5, "1.7.1": 0})),
)
_YEAR_END = {"1.7.1": 0, "1.7.2": 0, "1.7.3": 0, "1.7.4": 0}
KINH_MON_Y = (
    Sent("292-NV", "2023-12-08T10:00", {"1.1.1": 40, "1.1.2": 40, **_YEAR_END}),
    Sent(AN_LUU, "2023-12-08T10:00", {"1.1.1": 20, "1.1.2": 20, **_YEAR_END, "1.7.1": 1, "1.7.3": 1}),
    Sent(BACH_DANG, "2023-12-08T10:00", {"1.1.1": 20, "1.1.2": 19, **_YEAR_END, "1.7.3": 2}),
    Sent(PHU_THU, "2023-12-08T10:00", {"1.1.1": 0, "1.1.2": NOTHING, **_YEAR_END}),
)


@pytest.fixture(scope="module")
def kinh_mon(installed, tmp_path_factory):
    with installed():
        here = tmp_path_factory.mktemp("kinh-mon")
        first = produce(here, "292", "2023-H1", KINH_MON_H1, as_of="2023-07-01T08:00", registers=KINH_MON_BOOK)
        return {"H1": first, "Y": produce(here, "292", "2023-Y", KINH_MON_Y, as_of="2024-01-05T08:00")}


@pytest.mark.xdist_group("regime 292")
class TestKinhMon:
    """05/CT-UBND thị xã Kinh Môn, 30/3/2023."""

    def test_who_sent_in_time(self, kinh_mon):
        """Điểm 2.đ: "theo quy định", so the general day: the 10th, its last second included."""
        board = kinh_mon["H1"].board
        assert board["due_at"] == "2023-06-11T00:00:00+07:00"
        assert tally(kinh_mon["H1"]) == (27, 8, 1, 18)  # 5 offices and 22 communes; 5 + 3 in time, one late
        assert kinh_mon["H1"].late()[AN_LUU] == 0 and kinh_mon["H1"].late()[HIEP_SON] == 1

    def test_totals(self, kinh_mon):
        """Domain 2.6: Σ of parts over Σ of parts."""
        share = kinh_mon["H1"].total("3.4.12")
        # town (350 + 99 + 0 + 200 + 400) of (400 + 100 + 0 + 200 + 400); communes without the last
        assert (share.numerator, share.denominator) == (1049, 1100)
        assert share.value == Decimal("95.3636363636")
        assert share.tiers["commune"] == Decimal("92.7142857143")  # 649/700, not the mean of 87,5; 99; 100
        assert share.tiers["office"] == 100
        assert (share.reported, share.expected) == (5, 23)  # offices together are the town: one of 23
        assert kinh_mon["H1"].total("3.4.1").value == 1100

    def test_the_plan_is_judged_at_the_years_end_only(self, kinh_mon):
        """Điểm 1.a: "hằng năm đảm bảo hoàn thành 100% các chỉ tiêu"."""
        found = kinh_mon["H1"].targets
        assert (found["MT1-huyen"].authority.reason, found["MT1-huyen"].authority.value) == ("year_end", 25)  # 10/40
        assert {unit.state.value for unit in found["MT1-xa"].units if unit.value} == {"not_applicable"}

    def test_the_plan_at_the_years_end(self, kinh_mon):
        """Điểm 1.a, xã and huyện: met, not met, nothing arose, no data."""
        found = kinh_mon["Y"].targets
        units = kinh_mon["Y"].units("MT1-xa")
        assert units[AN_LUU] == ("met", 100, 0)
        assert units[BACH_DANG] == ("not_met", 95, -5)
        assert units[PHU_THU] == ("not_applicable", None, None)  # no plan: 0 of 0
        assert units[HIEP_SON] == ("no_data", None, None)
        counts = found["MT1-xa"].counts
        assert (counts.met, counts.not_met, counts.no_data, counts.not_applicable) == (1, 1, 19, 1)
        assert of(found["MT1-xa"].level) == ("not_met", Decimal("97.5"), Decimal("-2.5"))  # 39/40
        assert of(found["MT1-huyen"].authority) == ("met", 100, 0)  # the town's own 40/40, not 79/80 of all
        assert found["MT1-xa"].target.source == "05/CT-UBND thị xã Kinh Môn 30/3/2023, điểm 1.a"
        assert not found["MT2-xa"].judged  # "phấn đấu" a rating: listed, not scored

    def test_who_must_mend(self, kinh_mon):
        """Mục 3 ¶2: a rating or a score, two areas of seven, strictly below 75%."""
        found = {item.unit: item.status for item in kinh_mon["H1"].rules["R1"].items}
        assert found == {
            AN_LUU: "not_triggered",  # exactly 75% in both areas; 5% in area 1 does not count
            BACH_DANG: "triggered",  # rated "Hoàn thành nhiệm vụ"
            PHU_THU: "triggered",  # 74,95% in area 7 alone
            HIEP_SON: "triggered",  # rated "Không hoàn thành nhiệm vụ"
            THAT_HUNG: "unknown",  # rated well, no score known: nothing is guessed
        }

    def test_papers_before_the_15th_of_april(self, kinh_mon):
        """Mục 3 ¶2: "trước ngày 15/4/2023" leaves the 15th out."""
        items = {item.unit: item for item in kinh_mon["H1"].rules["R2"].items}
        assert {unit: item.status for unit, item in items.items()} == {
            BACH_DANG: "submitted",
            PHU_THU: "late",
            HIEP_SON: "missing",
        }
        assert {item.due for item in items.values()} == {date(2023, 4, 14)}
        assert "muộn 1 ngày" in items[PHU_THU].reason

    def test_breakthrough_work(self, kinh_mon):
        """Mục 3 ¶3: registered before 15/4/2023; the year's report beside the register."""
        half, year = kinh_mon["H1"].rules["R3"], kinh_mon["Y"].rules["R3"]
        assert standings(half)[AN_LUU, "Một cửa lưu động"] == "overdue"  # due 31/5, open on 14/6
        assert standings(half)[BACH_DANG, "Trả kết quả tại nhà"] == "registered_late"
        assert dict(half.counts)["not_registered"] == 25  # 27 bodies, two registered
        differing = [(item.unit, item.value, item.expected) for item in year.items if item.status == "differs"]
        assert differing == [(BACH_DANG, 1, 2)]

    def test_registers(self, kinh_mon):
        """Mục 3 ¶1, điểm 2.d, điểm 1.đ."""
        rules = kinh_mon["H1"].rules
        assert [(item.unit, item.status) for item in rules["R4"].items] == [
            (AN_LUU, "complete"),
            (PHU_THU, "incomplete"),  # neither responsible nor solution
        ]
        assert "tổng 3,5 điểm" in rules["R4"].summary
        assert [(item.status, item.value) for item in rules["R6"].items] == [("recorded", 4), ("recorded", 2)]
        assert standings(rules["R7"]) == {
            (AN_LUU, "Ngày không hẹn"): "registered"
        }  # 1 in book and report: no difference

    def test_what_is_printed(self, kinh_mon):
        report = kinh_mon["H1"]
        assert report.printed("3.4.12") == pytest.approx(95.3636363636)
        assert "ỦY BAN NHÂN DÂN\nTHỊ XÃ KINH MÔN" in report.words and "09/27 cơ quan, đơn vị" in report.words
        assert "95,36%" in report.words
        assert "Chỉ thị số 05/CT-UBND ngày 30 tháng 3 năm 2023" in report.words
        assert "Thường trực Thị ủy" in report.words and "4625/BNV-CCHC" not in report.words  # of 2025
        assert "Xã, phường" in report.cells("Tổng hợp").splitlines()
        assert "3 đơn vị phải khắc phục" in report.words and "3 đơn vị phải khắc phục" in report.cells(
            "Nghĩa vụ đặc thù"
        )


# -- 39/QĐ-UBND, xã Thượng Hồng, 31/7/2025 ----------------------------------------------------------------------------

CULTURE, ECONOMY, OFFICE, CENTRE = "10993-VHXH", "10993-KT", "10993-VP", "10993-HCC"
_SURVEY = {"1.4.1a": 200, "1.4.1b": 200}
THUONG_HONG_Q3 = (
    Sent(CULTURE, "2025-09-09T23:59:59", {"1.2.1": 10, "1.2.2": 3, "7.3.4": 150, **_SURVEY}),
    Sent(ECONOMY, "2025-09-10T00:30", {"6.2.1": 1000, "6.2.2": 400}),
    Sent(OFFICE, "2025-09-08T09:00", tasks(18, 0, 2, 0)),
    Sent(CENTRE, "2025-09-08T09:00", dossiers(150, 50, 100, 96, 4, **{"3.4.14a": 199, "3.6.1": 90})),
)
THUONG_HONG_Y = (
    Sent(CULTURE, "2025-12-08T09:00", {"1.2.1": 10, "1.2.2": 3, "7.3.4": 300, **_SURVEY, "1.7.1": 2, "1.7.2": 1}),
    Sent(ECONOMY, "2025-12-08T09:00", {"6.2.1": 1000, "6.2.2": 1000}),
    Sent(OFFICE, "2025-12-08T09:00", tasks(19, 1, 4, 0)),
    Sent(CENTRE, "2025-12-08T09:00", dossiers(300, 100, 200, 190, 10, **{"3.6.1": 89.9})),
)
THUONG_HONG_BOOK = Year(
    2025,
    "2025-12-20T08:00",
    {
        "initiative": [
            {
                "unit_code": CENTRE,
                "description": "Bưu điện nhận hồ sơ",
                "registered_on": date(2025, 8, 1),
                "recognised_on": date(2025, 11, 20),
                "level": "commune",
            }
        ]
    },
)


@pytest.fixture(scope="module")
def thuong_hong(installed, tmp_path_factory):
    with installed():
        here = tmp_path_factory.mktemp("thuong-hong")
        third = produce(here, "10993", "2025-Q3", THUONG_HONG_Q3, as_of="2025-09-15T08:00")
        year = produce(here, "10993", "2025-Y", THUONG_HONG_Y, as_of="2025-12-21T08:00", registers=THUONG_HONG_BOOK)
        return {"Q3": third, "Y": year}


@pytest.mark.xdist_group("regime 10993")
class TestThuongHong:
    """39/QĐ-UBND xã Thượng Hồng, 31/7/2025."""

    def test_before_the_tenth_leaves_the_tenth_out(self, thuong_hong):
        """Tổ chức thực hiện 1: "gửi trước ngày 10 của tháng cuối quý"; half past midnight of the 10th is late."""
        assert thuong_hong["Q3"].board["due_at"] == "2025-09-10T00:00:00+07:00"
        assert tally(thuong_hong["Q3"]) == (4, 3, 1, 0)
        assert thuong_hong["Q3"].late() == {CULTURE: 0, ECONOMY: 1, OFFICE: 0, CENTRE: 0}
        assert tally(thuong_hong["Y"]) == (4, 4, 0, 0)

    def test_offices_are_one_commune(self, thuong_hong):
        """Mục 2.1 to 2.4: each office its areas; a figure of one office is a figure of the commune."""
        online = thuong_hong["Q3"].total("7.3.5")  # asked in area 7, made of area 3: 150/200
        assert (online.value, online.reported, online.expected) == (75, 1, 1)
        assert thuong_hong["Q3"].total("3.4.12").value == 98  # (100 + 96)/200
        assert thuong_hong["Q3"].total("3.6.1").value == 90  # weighed by the ballots of another office

    def test_targets_of_the_third_quarter(self, thuong_hong):
        """Mục II, by the source's numbers."""
        found = thuong_hong["Q3"].targets
        assert of(found["CT2"].authority) == ("met", 100, 0)  # 18/18; two are running and not yet due
        assert of(found["CT6a"].authority) == ("not_met", Decimal("99.5"), Decimal("-0.5"))  # 199/200
        assert of(found["CT7"].authority) == ("met", 90, 0)  # "90% trở lên"
        assert (found["CT3"].authority.reason, found["CT3"].authority.value) == (
            "part_of_year",
            30,
        )  # 3/10 in a quarter
        # 400/1000 of a year's revenue says nothing in September: "vượt chỉ tiêu thu ngân sách năm 2025"
        assert found["CT5a"].authority.state.value == "not_applicable" and found["CT5a"].authority.value == 40

    def test_targets_of_the_year(self, thuong_hong):
        """Mục II."""
        found = thuong_hong["Y"].targets
        assert of(found["CT2"].authority) == ("not_met", 95, -5)  # 19/20, one done too late
        assert of(found["CT3"].authority) == ("met", 30, 0)  # "tối thiểu 30%"
        assert of(found["CT5a"].authority) == ("not_met", 100, 0)  # "vượt": 100% is not above 100%
        assert of(found["CT6a"].authority) == ("met", 100, 0)
        assert of(found["CT7"].authority) == ("not_met", Decimal("89.9"), Decimal("-0.1"))

    def test_there_is_no_target_4(self, thuong_hong):
        """Mục II: 1, 2, 3, 5, 6, 7; what has no threshold is listed, not scored."""
        found = thuong_hong["Y"].targets
        assert {target.target.source_no for target in found.values()} == {"1", "2", "3", "5", "6", "7"}
        assert {key for key, target in found.items() if not target.judged} == {"CT1a", "CT1b", "CT5b", "CT6b"}
        numbers = {str(row[0]) for row in thuong_hong["Y"].sheet("Mục tiêu") if row[0]}
        assert {"2", "3", "5", "6", "7"} <= numbers and "4" not in numbers

    def test_special_rules(self, thuong_hong):
        """Mục II.3 and Tổ chức thực hiện 1 (initiatives)."""
        third, year = thuong_hong["Q3"].rules, thuong_hong["Y"].rules
        assert [item.status for item in third["R1"].items] == ["part_of_year"]
        assert [(item.status, item.value, item.expected) for item in year["R1"].items] == [("met", 30, 30)]
        assert third["R2"].items == () and "không có nghĩa là không phát sinh" in third["R2"].summary
        # the book: one registered, one recognised; the commune's report: two and one
        assert [(i.unit, i.value, i.expected) for i in year["R2"].items if i.status == "differs"] == [("10993", 1, 2)]

    def test_what_is_printed(self, thuong_hong):
        report = thuong_hong["Q3"]
        assert report.printed("3.4.14") == 99.5
        assert "ỦY BAN NHÂN DÂN\nXÃ THƯỢNG HỒNG" in report.words and "04/04 cơ quan, đơn vị" in report.words
        assert "24:00 ngày 09/09/2025" in report.cells("Tổng hợp")
        assert "4625/BNV-CCHC" in report.words and "Quyết định số 39/QĐ-UBND" in report.words


# -- 392?/UBND-NC, tỉnh Bình Phước, 11/2023, with Công điện 968/CĐ-TTg -----------------------------------------------

HOME, JUSTICE, PHUOC_LONG, DONG_XOAI = "70-SNV", "70-STP", "688", "689"
INTERNAL = {"3.2.4": 200, "3.2.5": 199, "3.2.6": 100, "3.2.7": 20, "3.2.8a": 1000, "3.2.8b": 810}
BINH_PHUOC_Y = (
    Sent("70", "2023-12-08T08:00", INTERNAL),
    Sent(HOME, "2023-12-08T08:00", tasks(40, 2, 5, 1)),
    Sent(JUSTICE, "2023-12-08T08:00", tasks(30, 0, 0, 0, owed=1)),
    Sent(PHUOC_LONG, "2023-12-10T23:30", tasks(60, 0, 0, 1)),
    Sent(DONG_XOAI, "2023-12-11T08:00", tasks(50, 3, 0, 0)),
)
BINH_PHUOC_BOOK = Year(
    2023,
    "2023-12-18T08:00",
    {
        "overdue": [
            {"unit_code": HOME, "task": "Đề án vị trí việc làm", "due": date(2023, 11, 30)},
            {
                "unit_code": JUSTICE,
                "task": "Kế hoạch rà soát",
                "due": date(2023, 11, 30),
                "completed_on": date(2023, 12, 10),
            },
            {"unit_code": PHUOC_LONG, "task": "Báo cáo đất đai", "due": date(2023, 12, 14)},
        ],
        "owed": [
            {
                "unit_code": JUSTICE,
                "document": "Quyết định phân cấp",
                "kind": "issue",
                "due": date(2023, 12, 1),
            },
            {
                "unit_code": DONG_XOAI,
                "document": "Góp ý quy hoạch",
                "kind": "opinion",
                "due": date(2023, 11, 10),
                "issued_on": date(2023, 11, 15),
            },
            {
                "unit_code": DONG_XOAI,
                "document": "Trả lời cử tri",
                "kind": "answer",
                "due": date(2023, 11, 10),
                "issued_on": date(2023, 11, 9),
                "opinion": "no",
            },
        ],
    },
)


@pytest.fixture(scope="module")
def binh_phuoc(installed, tmp_path_factory):
    with installed():
        here = tmp_path_factory.mktemp("binh-phuoc")
        return produce(here, "70", "2023-Y", BINH_PHUOC_Y, as_of="2024-01-05T08:00", registers=BINH_PHUOC_BOOK)


@pytest.mark.xdist_group("regime 70")
class TestBinhPhuoc:
    """Công văn 392?/UBND-NC tỉnh Bình Phước, 11/2023; Công điện 968/CĐ-TTg, 16/10/2023."""

    def test_who_sent_in_time(self, binh_phuoc):
        """The clauses set no day for reports, so the general one: the 10th, to midnight."""
        assert tally(binh_phuoc) == (29, 4, 1, 24)
        assert binh_phuoc.late()[PHUOC_LONG] == 0 and binh_phuoc.late()[DONG_XOAI] == 8

    def test_totals(self, binh_phuoc):
        share = binh_phuoc.total("1.3.6")
        # done in time 40 + 30 + 60 + 50 of (40+2+1) + 30 + (60+1) + (50+3)
        assert (share.numerator, share.denominator, share.reported) == (180, 187, 4)
        assert (binh_phuoc.total("1.3.5").value, binh_phuoc.total("1.3.7").value) == (2, 1)

    def test_internal_procedures(self, binh_phuoc):
        """Điểm 1.e and CĐ 968 1.e: 100% published, 50% with a plan, cut of 20% of procedures and of cost."""
        items = {item.subject.split()[0]: item for item in binh_phuoc.rules["R2"].items}
        assert {key: (item.status, item.value) for key, item in items.items()} == {
            "N1": ("not_met", Decimal("99.5")),  # 199/200
            "N2": ("met", 50),  # 100/200: "ít nhất 50%"
            "N3": ("met", 20),  # 20/100: of the procedures in the plans
            "N4": ("not_met", 19),  # (1000 - 810)/1000
        }
        assert {item.due for item in items.values()} == {date(2023, 12, 31)}
        target = binh_phuoc.targets["N4"]
        assert of(target.authority) == ("not_met", 19, -1)
        assert target.target.source == "392?/UBND-NC tỉnh Bình Phước 11/2023, điểm 1.e"

    def test_the_denominator_of_the_cut_is_a_setting(self, binh_phuoc):
        """Điểm 1.e: "20% số TTHC" does not say of which; of all internal procedures it is 20/200."""
        given = {total.indicator: total.value for total in binh_phuoc.made.totals if total.value is not None}
        found = material("70", "2023-Y", None, totals=given)
        rule = regime_terms.rule_of("70", date(2023, 12, 14), "internal_procedures")
        of_all = replace(rule, params={**rule.params, "cut_denominator": "all"})
        terms = replace(regime_terms.terms_of("70", date(2023, 12, 14)), rules=(of_all,))
        cut = judged(terms, found)[0].items[2]
        assert (cut.status, cut.value) == ("not_met", 10)

    def test_overdue_and_owed_are_two_lists(self, binh_phuoc):
        """Điểm 3.a: "nhiệm vụ, văn bản quá hạn, nợ đọng", as of the window's last day, 14/12."""
        overdue, owed = binh_phuoc.rules["R1a"], binh_phuoc.rules["R1b"]
        # done on 10/12 is not open; due on 14/12 is not past
        assert [(i.unit, i.subject) for i in overdue.items if i.status == "overdue"] == [
            (HOME, "Đề án vị trí việc làm")
        ]
        assert "Quá hạn 14 ngày" in overdue.items[0].reason
        assert [(i.unit, i.value, i.expected) for i in overdue.items if i.status == "differs"] == [(PHUOC_LONG, 0, 1)]
        assert standings(owed) == {(JUSTICE, "Quyết định phân cấp"): "owed"}

    def test_late_answers_and_answers_without_an_opinion(self, binh_phuoc):
        """Điểm 1.d: "chậm tham gia ý kiến hoặc … không có chính kiến"."""
        assert standings(binh_phuoc.rules["R3"]) == {
            (DONG_XOAI, "Góp ý quy hoạch"): "answered_late",
            (DONG_XOAI, "Trả lời cử tri"): "no_opinion",
        }

    def test_what_is_printed(self, binh_phuoc):
        assert binh_phuoc.printed("1.3.6") == pytest.approx(100 * 180 / 187)
        assert "SỞ NỘI VỤ" in binh_phuoc.words and "05/29 cơ quan, đơn vị" in binh_phuoc.words
        assert "392?/UBND-NC" in binh_phuoc.cells("Nghĩa vụ đặc thù")  # the doubtful digit stays doubtful
        assert "Công điện số 968/CĐ-TTg ngày 16 tháng 10 năm 2023" in binh_phuoc.words
        assert "- UBND các huyện, thị xã, thành phố;" in binh_phuoc.words


# -- Chỉ thị of a ward, 2023 ------------------------------------------------------------------------------------------

CLERK, REGISTRAR, ACCOUNTANT, SOCIAL = "292-P-VPTK", "292-P-TPHT", "292-P-TCKT", "292-P-VHXH"
WARD_H1 = (
    Sent(CLERK, "2023-06-10T23:00", {**dossiers(80, 120, 100, 90, 10), "1.1.1": 12, "1.1.2": 12, "1.7.1": 0}),
    Sent(REGISTRAR, "2023-06-08T08:00", {}),
    Sent(SOCIAL, "2023-06-12T00:00", {"7.3.4": 80}),
)
WARD_Y = (Sent(CLERK, "2023-12-08T08:00", {"1.1.1": 12, "1.1.2": 11, **_YEAR_END, "1.7.3": 1}),)
WARD_BOOK = Year(
    2023,
    "2023-06-20T08:00",
    {
        "breakthrough": [
            {"unit_code": REGISTRAR, "description": "Khai sinh tại nhà", "registered_on": date(2023, 5, 20)}
        ],
        "deduction": [
            {"unit_code": CLERK, "area": "3", "criterion": "Niêm yết chậm", "points": "0.5", "cause": "Thiếu người"}
        ],
        "ratings": [{"unit_code": CLERK, "rating": "failed"}],
        "scores": _both(CLERK, "1"),
    },
)


@pytest.fixture(scope="module")
def ward(installed, tmp_path_factory):
    with installed():
        here = tmp_path_factory.mktemp("ward")
        half = produce(here, "292-P", "2023-H1", WARD_H1, as_of="2023-07-01T08:00", registers=WARD_BOOK)
        return {"H1": half, "Y": produce(here, "292-P", "2023-Y", WARD_Y, as_of="2024-01-05T08:00")}


@pytest.mark.xdist_group("regime 292-P")
class TestWard:
    """Chỉ thị of the ward's Chủ tịch, 2023: no number, no date, no day of its own."""

    def test_who_sent_in_time(self, ward):
        """Điểm 2.d: "hằng quý, 6 tháng, hằng năm" without a day: the general one, the 10th to midnight."""
        assert tally(ward["H1"]) == (4, 2, 1, 1)
        assert ward["H1"].late() == {CLERK: 0, REGISTRAR: 0, SOCIAL: 24}

    def test_totals_say_what_is_missing(self, ward):
        assert ward["H1"].total("3.4.12").value == 95  # (100 + 90)/200
        money = ward["H1"].total("6.1.1")  # the accountant did not send: missing is not 0
        assert (money.value, money.reported, money.expected) == (None, 0, 1)

    def test_targets(self, ward):
        """Điểm 1.a: 100% of the year's plan; judged at the year's end."""
        assert ward["H1"].targets["MT1"].authority.reason == "year_end"
        value = Decimal("91.6666666667")  # 11/12
        assert of(ward["Y"].targets["MT1"].authority) == ("not_met", value, value - 100)

    def test_nothing_is_inherited_from_the_town(self, ward):
        """Mục 3: neither the 75% nor the 15/4 stand in it, though its clerk would be caught by both."""
        kinds = {rule.kind for rule in ward["H1"].made.special}
        assert kinds == {"breakthrough_register", "deduction_log", "rating_history", "initiative_register"}
        assert {item.due for rule in ward["H1"].made.special for item in rule.items} == {None}

    def test_registers(self, ward):
        """Mục 3 ¶1, ¶2: registered after the conference, whenever that was; a deduction with nobody responsible."""
        assert standings(ward["H1"].rules["R1"]) == {(REGISTRAR, "Khai sinh tại nhà"): "registered"}
        assert [item.status for item in ward["H1"].rules["R2"].items] == ["incomplete"]
        # at the year's end the ward reports one, as its book says
        assert standings(ward["Y"].rules["R1"]) == {(REGISTRAR, "Khai sinh tại nhà"): "registered"}

    def test_what_is_printed(self, ward):
        report = ward["H1"]
        assert report.printed("3.4.12") == 95
        assert report.printed("6.1.1") is None
        assert "- Phòng Nội vụ (để báo cáo);" in report.words and "Chỉ thị năm 2023 của Chủ tịch" in report.words
        assert "ỦY BAN NHÂN DÂN\nPHƯỜNG" in report.words and "03/04 cơ quan, đơn vị" in report.words


# -- 03/CT-UBND, huyện Cẩm Mỹ, 14/6/2023 ------------------------------------------------------------------------------

SONG_NHAN, XUAN_QUE, NHAN_NGHIA, XUAN_DUONG, LONG_GIAO = "26329", "26332", "26335", "26338", "26341"


def _survey(ballots, share):
    return {"1.4.1a": ballots, "1.4.1b": ballots, "1.4.3": share}


def _petitions(received, settled):
    return {"3.5.1a": 0, "3.5.1b": received, "3.5.2": settled}


def _digital(paid, scanned, results):
    """Of 100 dossiers with a fee, 200 to scan, 200 with a result."""
    return {
        "7.4.2": 100,
        "7.4.3": paid,
        "7.5.1t": 200,
        "7.5.1": scanned,
        "7.5.5a": 0,
        "7.5.3t": 200,
        "7.5.3": results,
    }


_SILENT = ("7.4.2", "7.4.3", "7.5.1t", "7.5.1", "7.5.5a", "7.5.3t", "7.5.3", "7.2.1", "7.2.2")
CAM_MY_Q3 = (
    Sent("739-NV", "2023-09-08T08:00", _survey(100, 50) | {"1.7.1": 0}),
    Sent("739-VP", "2023-09-08T08:00", dossiers(60, 140, 90, 100, 10) | _petitions(10, 5)),
    Sent("739-VHTT", "2023-09-08T08:00", {"7.3.4": 60, "7.5.3t": 100, "7.5.3": 29}),
    Sent(
        SONG_NHAN,  # everywhere exactly the threshold
        "2023-09-08T08:00",
        dossiers(40, 160, 96, 96, 8, **{"7.3.4": 40, "7.2.1": 50, "7.2.2": 50, "1.7.1": 1})
        | _digital(5, 30, 40)
        | _survey(100, 93)
        | _petitions(25, 24),
    ),
    Sent(
        XUAN_QUE,  # everywhere just below
        "2023-09-10T23:59:59",
        dossiers(39, 161, 100, 91, 9, **{"7.3.4": 39, "7.2.1": 100, "7.2.2": 99, "3.4.13a": 5, "1.7.1": 2})
        | _digital(4, 29, 39)
        | _survey(300, 92.9)
        | _petitions(24, 23),
    ),
    Sent(
        NHAN_NGHIA,  # nothing arose
        "2023-09-11T00:00:01",
        commune(0, 0, 0, 0, 0, **{"7.2.1": 0, "7.2.2": 0, "1.7.1": 0}) | _survey(0, NOTHING) | _petitions(0, 0),
    ),
    Sent(
        XUAN_DUONG,  # left out what may be left out
        "2023-09-09T08:00",
        dossiers(100, 0, 100, 0, 0, **{"7.3.4": 100, "1.7.1": 0})
        | dict.fromkeys(_SILENT)
        | _survey(None, None)
        | _petitions(None, None),
    ),
)
CAM_MY_BOOK = Year(
    2023,
    "2023-09-20T08:00",
    {
        "initiative": [
            {
                "unit_code": SONG_NHAN,
                "description": "Tổ lưu động",
                "registered_on": date(2023, 7, 1),
                "recognised_on": date(2023, 9, 1),
                "level": "province",
            }
        ]
    },
)
EXACT = {"C1": 96, "C2-xa": 20, "C3": 5, "C4": 15, "C5-xa": 20, "C8": 93, "C9": 96, "C10": 100}
"""Điểm 1.b (C1, C3, C4, C8, C9) and 1.h (C2, C5, C10)."""
BELOW = {
    "C1": "95.5",  # 191/200
    "C2-xa": "19.5",  # 39/200
    "C3": "4",  # 4/100
    "C4": "14.5",  # 29/200
    "C5-xa": "19.5",  # 39/200
    "C8": "92.9",
    "C9": "95.8333333333",  # 23/24
    "C10": "99",
}
TOGETHER = {
    "C1": "96.6",  # (192 + 191 + 100)/(200 + 200 + 100)
    "C2-xa": "35.8",  # (40 + 39 + 100)/500
    "C3": "4.5",  # 9/200
    "C4": "14.75",  # 59/400
    "C5-xa": "19.75",  # 79/400
    "C8": "92.925",  # (93×100 + 92,9×300)/400
    "C9": "95.9183673469",  # 47/49
    "C10": "99.3333333333",  # 149/150
}


@pytest.fixture(scope="module")
def cam_my(installed, tmp_path_factory):
    with installed():
        here = tmp_path_factory.mktemp("cam-my")
        return produce(here, "739", "2023-Q3", CAM_MY_Q3, as_of="2023-10-01T08:00", registers=CAM_MY_BOOK)


@pytest.mark.xdist_group("regime 739")
class TestCamMy:
    """03/CT-UBND huyện Cẩm Mỹ, 14/6/2023."""

    def test_who_sent_in_time(self, cam_my):
        """Điểm 1.a: "thường xuyên", "kịp thời", no day: the general one, the 10th to midnight."""
        assert tally(cam_my) == (18, 6, 1, 11)
        assert (cam_my.late()[XUAN_QUE], cam_my.late()[NHAN_NGHIA]) == (
            0,
            1,
        )  # one second after midnight: an hour begun

    @pytest.mark.parametrize("target", EXACT)
    def test_the_threshold_itself_is_enough(self, cam_my, target):
        """Whether "tối thiểu", "từ … trở lên" or no word stands beside it."""
        assert cam_my.units(target)[SONG_NHAN] == ("met", EXACT[target], 0)

    @pytest.mark.parametrize("target", BELOW)
    def test_below_is_not(self, cam_my, target):
        value = Decimal(BELOW[target])
        assert cam_my.units(target)[XUAN_QUE] == ("not_met", value, value - EXACT[target])

    @pytest.mark.parametrize("target", EXACT)
    def test_nothing_arose_and_no_data_are_neither(self, cam_my, target):
        units = cam_my.units(target)
        assert units[NHAN_NGHIA] == ("not_applicable", None, None)
        assert units[LONG_GIAO] == ("no_data", None, None)  # sent nothing
        if target not in ("C1", "C2-xa"):
            assert units[XUAN_DUONG] == ("no_data", None, None)  # sent, but not this

    @pytest.mark.parametrize("target", TOGETHER)
    def test_all_communes_together(self, cam_my, target):
        """Parts are added before they are divided (domain 2.6)."""
        level, value = cam_my.targets[target].level, Decimal(TOGETHER[target])
        assert (level.value, level.state.value) == (value, "met" if value >= EXACT[target] else "not_met")

    def test_places(self, cam_my):
        ranks = {s.body: s.rank for s in cam_my.targets["C1"].units if s.rank}
        assert ranks == {XUAN_DUONG: 1, SONG_NHAN: 2, XUAN_QUE: 3}  # 100; 96; 95,5

    def test_the_district_is_judged_by_its_own_offices(self, cam_my):
        """Điểm 1.h: 30% for the district, 20% for communes."""
        found = cam_my.targets
        assert of(found["C2-huyen"].authority) == ("met", 30, 0)  # 60/200
        assert of(found["C5-huyen"].authority) == ("not_met", 29, -1)  # 29/100
        whole = found["C1"].authority  # binds communes: the district's figure stands beside it and is not judged
        assert of(whole) == ("orientation", Decimal("96.1428571429"), Decimal("0.1428571429"))  # 673/700
        assert found["C8"].authority.value == Decimal("84.34")  # (37170 + 50×100)/500

    def test_conflicting_clauses(self, cam_my):
        """Điểm 1.b says 30% where 1.h says 20% for communes; 1.e says "trên 96%" where 1.b says "tối thiểu 96%"."""
        found = cam_my.targets
        assert not found["C2-1b"].judged and not found["C1-1e"].judged
        assert [(item.expected, item.status) for item in cam_my.rules["R1"].items] == [
            (20, "threshold_judged"),
            (30, "threshold_kept"),
        ]
        assert [item.status for item in cam_my.rules["R2"].items] == ["threshold_judged", "threshold_kept"]

    def test_what_no_form_asks_is_not_judged(self, cam_my):
        """Mục 3 ¶5: "rà soát TTHC nội bộ 20%" has no figure; the 10% of the year's review is asked of no commune."""
        assert not cam_my.targets["C7"].judged
        assert cam_my.targets["C6-huyen"].authority.reason == "not_asked"
        assert cam_my.targets["C6-xa"].counts.not_applicable == 13

    def test_thresholds_behind_schedule_are_no_figures(self, cam_my):
        """Mở đầu ¶2: "rà soát đơn giản hóa TTHC đạt 10%" names a threshold: nobody reported it, nothing holds it."""
        assert not [c for c in cam_my.made.contributions if c.indicator in ("3.2.2", "3.2.3")]
        assert "3.2.3" not in {total.indicator for total in cam_my.made.totals}

    def test_an_apology_for_each_late_dossier(self, cam_my):
        """Điểm 1.e ¶3."""
        found = {item.unit: (item.status, item.value, item.expected) for item in cam_my.rules["R5"].items}
        assert found == {
            SONG_NHAN: ("apology_sent", 8, 8),
            XUAN_QUE: ("apology_lacking", 5, 9),
            "739-VP": ("apology_sent", 10, 10),
        }

    def test_initiatives(self, cam_my):
        """Điểm 1.d: the book beside the reports."""
        assert standings(cam_my.rules["R3"])[SONG_NHAN, "Tổ lưu động"] == "recognised"
        differing = [(i.unit, i.value, i.expected) for i in cam_my.rules["R3"].items if i.status == "differs"]
        assert differing == [(XUAN_QUE, 0, 2)]

    def test_what_is_printed(self, cam_my):
        assert cam_my.printed("3.4.12") == pytest.approx(96.1428571429)
        assert "ỦY BAN NHÂN DÂN\nHUYỆN CẨM MỸ" in cam_my.words and "07/18 cơ quan, đơn vị" in cam_my.words
        assert "96,14%" in cam_my.words
        # 1.h: the district's own 29%, not the 21,6% of all that stand in the total
        assert "tỷ lệ kết quả giải quyết điện tử (đạt 29%, mục tiêu từ 30% trở lên)" in cam_my.words
        assert "Chỉ thị số 03/CT-UBND ngày 14 tháng 6 năm 2023" in cam_my.words and "4625" not in cam_my.words
        assert "Thường trực Huyện ủy" in cam_my.words and "Xã, thị trấn" in cam_my.cells("Tổng hợp").splitlines()
        noted = [r for r in cam_my.sheet("Tổng hợp") if "đánh giá theo số liệu của các cơ quan thuộc đơn vị" in str(r)]
        assert {r[1] for r in noted} == {"7.3.5", "7.5.4"}  # judged by 30% and 29%, printed beside 34,14% and 21,6%
        row = next(r for r in cam_my.sheet("Mục tiêu") if "Giải quyết hồ sơ đúng hạn tối thiểu 96%" in r)
        assert {2, 1, 9, 13, "03/CT-UBND huyện Cẩm Mỹ 14/6/2023, điểm 1.b"} <= set(row)


@pytest.mark.parametrize(
    ("made", "code", "sources"),
    [
        pytest.param("kinh_mon", "3.4.12", 5, marks=pytest.mark.xdist_group("regime 292")),
        pytest.param("thuong_hong", "7.3.5", 1, marks=pytest.mark.xdist_group("regime 10993")),
        pytest.param("binh_phuoc", "1.3.6", 4, marks=pytest.mark.xdist_group("regime 70")),
        pytest.param("ward", "3.4.12", 1, marks=pytest.mark.xdist_group("regime 292-P")),
        pytest.param("cam_my", "3.4.12", 5, marks=pytest.mark.xdist_group("regime 739")),
    ],
)
def test_a_total_walks_back_to_the_cells_it_came_from(request, made, code, sources):
    """Domain 2.6: the printed share is made anew from the cells of those who gave both parts."""
    found = request.getfixturevalue(made)
    report = found if isinstance(found, Report) else next(iter(found.values()))
    told = report.traced(code)
    assert told["check"]["equals"]
    assert len({cell["unit"] for cell in told["contributions"]}) == sources


@pytest.mark.parametrize(
    "made",
    [
        pytest.param("kinh_mon", marks=pytest.mark.xdist_group("regime 292")),
        pytest.param("thuong_hong", marks=pytest.mark.xdist_group("regime 10993")),
        pytest.param("binh_phuoc", marks=pytest.mark.xdist_group("regime 70")),
        pytest.param("ward", marks=pytest.mark.xdist_group("regime 292-P")),
        pytest.param("cam_my", marks=pytest.mark.xdist_group("regime 739")),
    ],
)
def test_every_figure_of_its_targets_walks_back(request, made):
    """Issue 4, item 9: figures, distances, places and counts, on the sheets and in the document, of every tier."""
    found = request.getfixturevalue(made)
    for report in (found,) if isinstance(found, Report) else found.values():
        workbook, document = Ledger(report.xlsx), Ledger(report.docx)
        sheets = {label("sheet_targets"), label("sheet_target_units")}
        of_targets = [row for row in (*workbook.tables["figure"], *workbook.grid()) if row["sheet"] in sheets]
        in_words = [row for row in document.tables["figure"] if row["scope"] in ("targets", "distance", *COUNTS)]
        assert of_targets and not wrong(workbook, of_targets)
        assert in_words and not wrong(document, in_words)
