"""Special rules with expectations worked out by hand from the clause that each test cites."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from cchc.catalogue import regime_terms
from cchc.catalogue.periods import ZONE
from cchc.consolidate.special.material import due_status
from tests.specials import material, register, rules, standing

KINH_MON, WARD, BINH_PHUOC, CAM_MY, THUONG_HONG = "292", "292-P", "70", "739", "10993"
A, B, C, D = "10675", "10678", "10714", "10726"
NAMES = {A: "Phường A", B: "Xã B", C: "Xã C", D: "Xã D"}


def _score(unit, area, appraised=None, own=None, maximum=None):
    told = {"unit_code": unit, "area": area, "appraised": appraised, "self": own, "maximum": maximum}
    return {key: value for key, value in told.items() if value is not None}


def _rating(unit, rating):
    return {"unit_code": unit, "rating": rating}


def _kinh_mon(entries, *, as_of=None, **more):
    given = {"as_of": as_of} if as_of else {}
    return rules(material(KINH_MON, "2023-H1", register(KINH_MON, 2023, entries), names=NAMES, **given, **more))


class TestRemediation:
    """05/CT-UBND thị xã Kinh Môn, 30/3/2023, mục 3 đoạn 2."""

    @pytest.mark.parametrize(
        ("points", "status"),
        [
            ("15", "not_triggered"),  # 15/20 = 75%: "dưới 75%" is strict
            ("14.99", "triggered"),  # 74,95%
            ("14.999999", "triggered"),  # 74,999995%: rounds to 75,00 and is below all the same
            ("15.01", "not_triggered"),
            ("0", "triggered"),
            ("20", "not_triggered"),
        ],
    )
    @pytest.mark.parametrize("area", ["3", "7"])
    def test_below_75_percent_is_strict_in_the_two_areas(self, area, points, status):
        other = "7" if area == "3" else "3"
        lines = [_score(A, area, points, maximum="20"), _score(A, other, "20", maximum="20")]
        found = _kinh_mon({"ratings": [_rating(A, "good")], "scores": lines})["R1"]
        assert [item.status for item in found.items] == [status]

    @pytest.mark.parametrize("area", ["1", "2", "4", "5", "6"])
    def test_the_other_five_areas_do_not_count(self, area):
        lines = [_score(A, area, "1", maximum="20"), *(_score(A, n, "16", maximum="20") for n in ("3", "7"))]
        found = _kinh_mon({"ratings": [_rating(A, "good")], "scores": lines})["R1"]
        assert [item.status for item in found.items] == ["not_triggered"]

    @pytest.mark.parametrize(
        ("rating", "status"),
        [
            ("failed", "triggered"),  # "Không hoàn thành nhiệm vụ"
            ("fair", "triggered"),  # "Hoàn thành nhiệm vụ"
            ("good", "not_triggered"),
            ("excellent", "not_triggered"),
        ],
    )
    def test_the_rating_of_the_head_alone_is_enough(self, rating, status):
        lines = [_score(A, n, "19", maximum="20") for n in ("3", "7")]
        found = _kinh_mon({"ratings": [_rating(A, rating)], "scores": lines})["R1"]
        assert [item.status for item in found.items] == [status]

    def test_the_two_groups_are_a_union(self):
        entries = {
            "ratings": [_rating(A, "fair"), _rating(B, "excellent"), _rating(C, "failed"), _rating(D, "good")],
            "scores": [
                *(_score(A, n, "18", maximum="20") for n in ("3", "7")),  # group (a) only
                *(_score(B, n, "10", maximum="20") for n in ("3", "7")),  # group (b) only
                *(_score(C, n, "10", maximum="20") for n in ("3", "7")),  # both
                *(_score(D, n, "18", maximum="20") for n in ("3", "7")),  # neither
            ],
        }
        found = _kinh_mon(entries)["R1"]
        assert {item.unit: item.status for item in found.items} == {
            A: "triggered",
            B: "triggered",
            C: "triggered",
            D: "not_triggered",
        }
        assert "3 đơn vị phải khắc phục trong 4 đơn vị đã xét: phường A; xã B; xã C" in found.summary
        assert "mục 3" in found.clause and "05/CT-UBND" in found.clause

    def test_without_a_maximum_nothing_is_guessed(self):
        found = _kinh_mon({"ratings": [_rating(A, "good")], "scores": [_score(A, "3", "1"), _score(A, "7", "1")]})["R1"]
        assert [item.status for item in found.items] == ["unknown"]
        assert "chưa có điểm tối đa" in found.items[0].reason

    def test_a_missing_score_leaves_open_what_the_other_does_not_settle(self):
        one_fine = [_score(A, "3", "18", maximum="20")]
        one_low = [_score(A, "3", "10", maximum="20")]
        assert _kinh_mon({"ratings": [_rating(A, "good")], "scores": one_fine})["R1"].items[0].status == "unknown"
        assert _kinh_mon({"ratings": [_rating(A, "good")], "scores": one_low})["R1"].items[0].status == "triggered"

    def test_an_appraised_score_goes_before_the_units_own_and_says_so(self):
        both = [_score(A, n, appraised="14", own="19", maximum="20") for n in ("3", "7")]
        own = [_score(A, n, own="14", maximum="20") for n in ("3", "7")]
        rated = [_rating(A, "good")]
        first = _kinh_mon({"ratings": rated, "scores": both})["R1"].items[0]
        second = _kinh_mon({"ratings": rated, "scores": own})["R1"].items[0]
        assert first.status == second.status == "triggered"
        assert "điểm thẩm định 14/20 = 70%" in first.reason and "điểm tự đánh giá 14/20 = 70%" in second.reason

    def test_scores_that_units_reported_for_the_year_before_are_taken_where_the_register_has_none(self):
        reported = {A: {"1.8.1.3": "16", "1.8.2.3": "14", "1.8.1.7": "18"}, KINH_MON: {"1.8.3.3": 20, "1.8.3.7": 20}}
        found = _kinh_mon({"ratings": [_rating(A, "good")]}, scores=reported)["R1"].items[0]
        # area 3: appraised 14/20 = 70%; area 7: own score 18/20 = 90%; the lowest is shown
        assert (found.status, found.value, found.expected) == ("triggered", Decimal("70.0000000000"), 75)
        assert [(b.role, b.value, b.code, b.scope, b.period) for b in found.behind] == [
            ("numerator", 14, "1.8.2.3", A, "2022-Y"),
            ("denominator", 20, "1.8.3.3", KINH_MON, "2022-Y"),
        ]

    def test_what_the_percentage_says_never_contradicts_the_verdict(self):
        lines = [_score(A, "3", "14.999999", maximum="20"), _score(A, "7", "20", maximum="20")]
        reason = _kinh_mon({"ratings": [_rating(A, "good")], "scores": lines})["R1"].items[0].reason
        assert "= 74,999995%, dưới 75%" in reason

    def test_the_ward_has_no_such_rule_and_takes_none_over(self):
        # Chỉ thị of the ward (2023) has neither the 75% nor the 15/4: mục 3 of it says less than that of the town
        entries = {"ratings": [_rating(A, "failed")], "scores": [_score(A, "3", "1", maximum="20")]}
        found = rules(material(WARD, "2023-H1", register(WARD, 2023, entries), names=NAMES))
        assert "remediation_75" not in {rule.kind for rule in found.values()}
        assert not [item for rule in found.values() for item in rule.items if item.due == date(2023, 4, 14)]


class TestRemediationFollowUp:
    """05/CT-UBND mục 3 đoạn 2: "trước ngày 15 tháng 4 năm 2023" is exclusive, so 14/4 is the last good day."""

    ENTRIES = {"ratings": [_rating(unit, "failed") for unit in (A, B, C)]}

    def _status(self, line, as_of):
        entries = {**self.ENTRIES, "remediation": [{"unit_code": A, **line}]}
        found = _kinh_mon(entries, as_of=as_of)["R2"]
        return next(item for item in found.items if item.unit == A)

    @pytest.mark.parametrize(
        ("plan", "review", "as_of", "status"),
        [
            ("2023-04-14", "2023-04-14", "2023-05-01", "submitted"),
            ("2023-04-15", "2023-04-14", "2023-05-01", "late"),
            ("2023-04-14", "2023-04-17", "2023-05-01", "late"),
            ("2023-04-14", None, "2023-05-01", "missing"),
            ("2023-04-14", None, "2023-04-14T23:59", "not_due"),
            (None, None, "2023-04-15", "missing"),
            ("2023-04-20", "2023-04-20", "2023-04-18", "missing"),  # as of the 18th they had not come
        ],
    )
    def test_both_papers_before_the_15th(self, plan, review, as_of, status):
        line = {key: day for key, day in (("plan_on", plan), ("review_on", review)) if day}
        item = self._status(line, datetime.fromisoformat(as_of).replace(tzinfo=ZONE))
        assert (item.status, item.due) == (status, date(2023, 4, 14))

    def test_who_is_to_be_reminded(self):
        sent = {"unit_code": A, "plan_on": "2023-04-10", "review_on": "2023-04-12"}
        late = {"unit_code": B, "plan_on": "2023-04-14", "review_on": "2023-04-16"}
        extra = {"unit_code": D, "plan_on": "2023-04-10", "review_on": "2023-04-12"}
        found = _kinh_mon({**self.ENTRIES, "remediation": [sent, late, extra]})["R2"]
        assert {item.unit: item.status for item in found.items} == {
            A: "submitted",
            B: "late",
            C: "missing",
            D: "not_required",
        }
        assert "1 đã nộp đúng hạn, 1 nộp muộn, 1 chưa nộp. Cần đôn đốc: xã C." in found.summary
        assert next(item.reason for item in found.items if item.unit == B).endswith("muộn 2 ngày")

    def test_where_nothing_could_be_judged_nobody_is_said_to_owe_nothing(self):
        assert "Chưa xét được" in _kinh_mon({})["R2"].summary
        fine, open_ = (
            (_rating(A, "good"), _score(A, 3, "18", None, "20"), _score(A, 7, "18", None, "20")),
            _rating(B, "good"),
        )
        some = _kinh_mon({"ratings": [fine[0], open_], "scores": [*fine[1:]]})["R2"].summary
        assert some == "Không có đơn vị nào phải nộp kế hoạch khắc phục; 1 đơn vị chưa kết luận được."
        assert _kinh_mon({"ratings": [fine[0]], "scores": [*fine[1:]]})["R2"].summary.endswith("khắc phục.")

    def test_without_a_due_day_nothing_is_late(self):
        assert due_status([None], None, datetime(2030, 1, 1, tzinfo=ZONE)) == "no_due_day"

    def test_the_day_of_2023_is_no_day_of_another_year(self):
        # the clause names a day for 2023 alone; of later years it only says "ngay sau hội nghị công bố"
        entries = {"ratings": [_rating(A, "failed")], "breakthrough": []}
        as_of = datetime(2024, 7, 1, tzinfo=ZONE)
        found = rules(material(KINH_MON, "2024-H1", register(KINH_MON, 2024, entries), names=NAMES, as_of=as_of))
        assert [(item.status, item.due) for item in found["R2"].items] == [("no_due_day", None)]
        assert found["R3"].items == ()


class TestBreakthroughWork:
    """05/CT-UBND mục 3 đoạn 3: registered before 15/4/2023; the year's figures are 1.7.3 and 1.7.4."""

    LINES = [
        {"unit_code": A, "description": "Việc 1", "registered_on": "2023-04-14", "completed_on": "2023-11-20"},
        {"unit_code": A, "description": "Việc 2", "registered_on": "2023-04-14", "due": "2023-10-31"},
        {"unit_code": B, "description": "Việc 3", "registered_on": "2023-04-15"},
    ]

    def _year(self, figures):
        as_of = datetime(2024, 1, 5, tzinfo=ZONE)
        told = register(KINH_MON, 2023, {"breakthrough": self.LINES})
        return rules(material(KINH_MON, "2023-Y", told, figures=figures, names=NAMES, as_of=as_of))["R3"]

    def test_in_time_late_done_and_silent(self):
        found = self._year({})
        assert standing(found) == {
            (A, "Việc 1"): "done",
            (A, "Việc 2"): "overdue",
            (B, "Việc 3"): "registered_late",
            (C, "Đăng ký công việc đột phá"): "not_registered",
            (D, "Đăng ký công việc đột phá"): "not_registered",
        }
        assert {item.due for item in found.items if item.unit == C} == {date(2023, 4, 14)}

    def test_differences_to_the_reports_are_told(self):
        # A registered 2 and reports 3; completed 1 and reports 1. B registered 1 and reports 1, completed 0, reports 0.
        figures = {A: {"1.7.3": 3, "1.7.4": 1}, B: {"1.7.3": 1, "1.7.4": 0}}
        differing = [item for item in self._year(figures).items if item.status == "differs"]
        assert [(item.unit, item.value, item.expected) for item in differing] == [(A, 2, 3)]
        assert differing[0].reason == "Sổ ghi 2, báo cáo 1.7.3 ghi: 3."

    def test_a_register_that_is_not_kept_is_no_register_without_work(self):
        as_of = datetime(2024, 1, 5, tzinfo=ZONE)
        empty = rules(material(KINH_MON, "2023-Y", None, figures={A: {"1.7.3": 2}}, names=NAMES, as_of=as_of))["R3"]
        assert empty.items == () and "không có nghĩa là không phát sinh" in empty.summary

    def test_the_office_speaks_for_the_town(self):
        # the town's own figure is that of its office in charge: its lines are one with the town's
        lines = [{"unit_code": "292-NV", "description": "Việc", "registered_on": "2023-04-01"}]
        told = register(KINH_MON, 2023, {"breakthrough": lines})
        as_of = datetime(2024, 1, 5, tzinfo=ZONE)
        given = {"figures": {"292-NV": {"1.7.3": 1}}, "names": {"292-NV": "Phòng Nội vụ"}, "offices": ["292-NV"]}
        found = rules(material(KINH_MON, "2023-Y", told, as_of=as_of, **given))["R3"]
        assert [item.status for item in found.items] == ["registered"]


class TestOverdueAndOwed:
    """Công văn 392?/UBND-NC tỉnh Bình Phước mục 3.a: "nhiệm vụ, văn bản … quá hạn, nợ đọng", two lists."""

    ENTRIES = {
        "overdue": [
            {"unit_code": A, "task": "T1", "due": "2023-11-30"},
            {"unit_code": A, "task": "T2", "due": "2023-11-30", "completed_on": "2023-12-10"},  # done, late
            {"unit_code": B, "task": "T3", "due": "2023-12-14"},  # due on the cut-off: not past yet
            {"unit_code": B, "task": "T4", "due": "2023-10-01", "completed_on": "2023-12-20"},  # open on 14/12
        ],
        "owed": [
            {"unit_code": A, "document": "V1", "kind": "issue", "due": "2023-12-01"},
            {"unit_code": C, "document": "V2", "kind": "opinion", "due": "2023-11-10", "issued_on": "2023-11-15"},
            {
                "unit_code": C,
                "document": "V3",
                "kind": "answer",
                "due": "2023-11-10",
                "issued_on": "2023-11-09",
                "opinion": "no",
            },
        ],
    }

    def _rules(self, figures):
        as_of = datetime(2024, 1, 5, tzinfo=ZONE)
        told = register(BINH_PHUOC, 2023, self.ENTRIES)
        return rules(material(BINH_PHUOC, "2023-Y", told, figures=figures, names=NAMES, as_of=as_of))

    def test_the_two_lists_are_not_mixed(self):
        found = self._rules({})
        assert standing(found["R1a"]) == {(B, "T4"): "overdue", (A, "T1"): "overdue"}
        assert standing(found["R1b"]) == {(A, "V1"): "owed"}
        assert [item.subject for item in found["R1a"].items] == ["T4", "T1"]  # longest overdue first
        assert "Quá hạn 14 ngày" in found["R1a"].items[1].reason  # 30/11 to 14/12

    def test_each_beside_the_number_reported(self):
        # A: 1 overdue, reports 1; B: 1 overdue, reports 0 → differs. Owed: A 1 and reports 1; C 0, reports 2 → differs.
        figures = {A: {"1.3.5": 1, "1.3.7": 1}, B: {"1.3.5": 0, "1.3.7": 0}, C: {"1.3.5": 0, "1.3.7": 2}}
        found = self._rules(figures)
        told = {
            key: [(i.unit, i.value, i.expected) for i in found[key].items if i.status == "differs"]
            for key in ("R1a", "R1b")
        }
        assert told == {"R1a": [(B, 1, 0)], "R1b": [(C, 0, 2)]}

    def test_late_answers_and_answers_without_an_opinion_are_faults(self):
        # mục 1.d and the opening: "chậm tham gia ý kiến hoặc tham gia ý kiến nhưng không có chính kiến"
        found = self._rules({})["R3"]
        assert standing(found) == {(C, "V2"): "answered_late", (C, "V3"): "no_opinion"}
        assert "Trong 2 lần được hỏi ý kiến có 2 lần sai sót" in found.summary


class TestInternalProcedures:
    """Công điện 968/CĐ-TTg mục 1.e, Công văn 392?/UBND-NC mục 1.e: 100%, 50%, 20%, 20% to the end of 2023."""

    FIGURES = {"3.2.4": 200, "3.2.5": 200, "3.2.6": 100, "3.2.7": 20, "3.2.8a": 1000, "3.2.8b": 801}

    def _items(self, changes=None, period="2023-Y", as_of=datetime(2024, 1, 5, tzinfo=ZONE)):
        totals = {code: value for code, value in {**self.FIGURES, **(changes or {})}.items() if value is not None}
        return rules(material(BINH_PHUOC, period, None, totals=totals, as_of=as_of))["R2"].items

    def test_four_thresholds(self):
        # 200/200 = 100; 100/200 = 50; 20/100 of the plans = 20; (1000 - 801)/1000 = 19,9 < 20
        items = self._items()
        assert [(item.value, item.expected, item.status) for item in items] == [
            (Decimal("100.0000000000"), 100, "met"),
            (Decimal("50.0000000000"), 50, "met"),
            (Decimal("20.0000000000"), 20, "met"),
            (Decimal("19.9000000000"), 20, "not_met"),
        ]
        assert [item.subject[:2] for item in items] == ["N1", "N2", "N3", "N4"]

    def test_the_denominator_of_n3_is_a_setting(self):
        from cchc.consolidate.special.shares import internal_procedures

        terms = regime_terms.terms("binh-phuoc-2023")
        rule = next(rule for rule in terms.rules if rule.kind == "internal_procedures")
        given = material(BINH_PHUOC, "2023-Y", None, totals=self.FIGURES)
        by_setting = {}
        for setting in ("plans", "all"):
            changed = regime_terms.Rule(
                rule.id, rule.kind, rule.text, {**rule.params, "cut_denominator": setting}, rule.clauses
            )
            by_setting[setting] = internal_procedures(changed, "x", given).items[2]
        assert rule.params["cut_denominator"] == "plans"  # the default: TTHC reviewed in the plans
        assert (by_setting["plans"].value, by_setting["plans"].status) == (20, "met")  # 20/100
        assert (by_setting["all"].value, by_setting["all"].status) == (10, "not_met")  # 20/200

    def test_missing_is_not_zero_and_zero_plans_is_nothing_arisen(self):
        assert [item.status for item in self._items({"3.2.5": None})][:1] == ["no_data"]
        assert [item.status for item in self._items({"3.2.6": 0, "3.2.7": 0})][2] == "nothing_arose"

    def test_just_below_is_not_met_and_does_not_read_as_met(self):
        item = self._items({"3.2.4": 300_000, "3.2.5": 299_999})[0]
        assert item.status == "not_met" and item.reason.endswith("→ 99,9997%")


class TestSelfInspection:
    """39/QĐ-UBND xã Thượng Hồng mục II.3: "tối thiểu 30% số cơ quan, đơn vị thuộc và trực thuộc"."""

    @pytest.mark.parametrize(
        ("inspected", "units", "period", "status"),
        [
            (3, 10, "2025-Y", "met"),  # exactly 30%
            (2, 7, "2025-Y", "not_met"),  # 28,57%
            (0, 0, "2025-Y", "nothing_arose"),
            (2, 10, "2025-Q3", "part_of_year"),  # a quarter alone says nothing of the year's share
        ],
    )
    def test_thirty_percent_of_units(self, inspected, units, period, status):
        given = material(
            THUONG_HONG,
            period,
            None,
            totals={"1.2.2": inspected, "1.2.1": units},
            as_of=datetime(2026, 1, 1, tzinfo=ZONE),
        )
        assert [item.status for item in rules(given)["R1"].items] == [status]


class TestCamMy:
    """03/CT-UBND huyện Cẩm Mỹ, 14/6/2023."""

    def _rules(self, figures=None, entries=None):
        told = register(CAM_MY, 2023, entries) if entries else None
        return rules(material(CAM_MY, "2023-H1", told, figures=figures, names=NAMES))

    def test_an_apology_for_each_late_dossier(self):
        # mục 1.e: "thực hiện nghiêm việc xin lỗi người dân khi hồ sơ trễ hạn"
        figures = {A: {"3.4.8": 5, "3.4.13a": 5}, B: {"3.4.8": 5, "3.4.13a": 3}, C: {"3.4.8": 0}, D: {"3.4.8": 1}}
        found = self._rules(figures)["R5"]
        assert {item.unit: item.status for item in found.items} == {
            A: "apology_sent",
            B: "apology_lacking",
            D: "not_reported",
        }

    def test_conflicting_thresholds_keep_both_clauses(self):
        # 1.b says 30% online, 1.h says 20% for communes: the more specific 1.h is judged
        items = self._rules()["R1"].items
        assert [(item.expected, item.status) for item in items] == [(20, "threshold_judged"), (30, "threshold_kept")]

    def test_initiatives_of_the_window_beside_the_reports(self):
        # 1.7.1 is of the window 15/12/2022 to 14/6/2023: the line of 20/6 is not in it
        lines = [
            {"unit_code": A, "description": "S1", "registered_on": "2023-02-01", "recognised_on": "2023-05-05"},
            {"unit_code": A, "description": "S2", "registered_on": "2023-06-20"},
        ]
        found = self._rules({A: {"1.7.1": 1}, B: {"1.7.1": 2}}, {"initiative": lines})["R3"]
        assert standing(found) == {
            (A, "S1"): "recognised",
            (B, "Số đã đăng ký trong sổ và số đã báo cáo (1.7.1)"): "differs",
        }

    def test_what_no_figure_measures_is_said_to_be_followed_otherwise(self):
        found = self._rules()
        assert {"theo dõi trực tiếp" in found[rule].summary for rule in ("R4", "R6")} == {True}


def test_deductions_need_cause_responsibility_and_solution():
    # 05/CT-UBND mục 3 đoạn 1
    whole = {"cause": "Chậm", "responsible": "Công chức một cửa", "solution": "Tập huấn"}
    lines = [
        {"unit_code": A, "area": "3", "criterion": "Trễ hạn", "points": "1.5", **whole},
        {"unit_code": B, "area": "7", "criterion": "Số hóa", "points": "2", "cause": "Thiếu máy"},
    ]
    found = _kinh_mon({"deduction": lines})["R4"]
    assert [(item.unit, item.status, item.value) for item in found.items] == [
        (A, "complete", Decimal("1.5")),
        (B, "incomplete", 2),
    ]
    assert "tổng 3,5 điểm; 1 nội dung chưa đủ" in found.summary
    assert "Thiếu tập thể, cá nhân chịu trách nhiệm, giải pháp khắc phục" in found.items[1].reason


def test_announcements_beside_the_figures_of_the_report():
    # 05/CT-UBND mục 2.d: new, amended/supplemented, replaced, abolished; 3.1.4 holds three of the five
    def event(change, number, day="2023-05-02", action="announced"):
        return {
            "action": action,
            "change": change,
            "number": number,
            "decision": f"{change}/QĐ",
            "decided_on": day,
        }

    lines = [
        event("new", 4),
        event("amended", 2),
        event("replaced", 1),
        event("abolished", 3),
        event("new", 9, "2023-06-20"),  # after the window
        event("new", 5, action="process"),  # internal processes are no announced TTHC
    ]
    figures = {KINH_MON: {"3.1.3": 4, "3.1.4": 3, "3.1.5": 2}}
    found = _kinh_mon({"procedure_events": lines}, figures=figures)["R6"]
    assert [(i.value, i.expected) for i in found.items if i.status == "differs"] == [(3, 2)]
    assert "5 lần công bố, phê duyệt với 15 TTHC, quy trình; 1 chỗ" in found.summary
