"""Five instruments as data: every clause accounted for, every date and threshold as its clause says.

The outlines below were counted in the documents themselves (the documents are not in the repository).
"""

from datetime import date
from decimal import Decimal

import pytest

from cchc.catalogue import forms, indicators, regime_terms, regimes, units
from cchc.catalogue.regime_words import clause_words, due_words, validity_words
from cchc.catalogue.tables import rows

IDS = ("kinh-mon-2023", "thuong-hong-2025", "binh-phuoc-2023", "phuong-2023", "cam-my-2023")

# Ref of a part, then its marks: letters or numbers, "¶n" for n paragraphs, "gạch n" for n dashes, "" for itself.
OUTLINES = {
    "kinh-mon-2023": (
        ("Mở đầu", "¶3"),
        ("1", "a b c d đ e"),
        ("2", "a b c d đ e f"),
        ("3", "¶3"),
        ("4", ""),
        ("5", ""),
        ("Kết", "¶1"),
        ("Nơi nhận", ""),
    ),
    "thuong-hong-2025": (
        *((f"Căn cứ {number}", "") for number in range(1, 6)),
        *((f"Điều {number}", "") for number in range(1, 4)),
        ("Nơi nhận", ""),
        ("I.1", "gạch 2"),
        ("I.2", "gạch 5"),
        ("II", "1 2 3 5 6 7"),
        ("III.1", "gạch 6"),
        ("III.2", "gạch 4"),
        ("III.3", "gạch 4"),
        ("III.4", "gạch 4"),
        ("III.5", "gạch 6"),
        ("III.6", "gạch 4"),
        ("III.6 gạch 4 ¶2", ""),
        *((f"III.6 gạch {number}", "") for number in range(5, 9)),
        ("III.7 gạch 1", ""),
        ("III.7 gạch 1 ¶2", ""),
        ("III.7 gạch 2", ""),
        ("III.7 gạch 2 ¶2", ""),
        ("III.7 gạch 3", "cộng 3"),
        ("III.7 gạch 4", "cộng 3"),
        ("III.7 gạch 5", ""),
        ("III.7 gạch 6", ""),
        ("III.7 kết", ""),
        ("KINH PHÍ", ""),
        ("TỔ CHỨC THỰC HIỆN 1", "gạch 3"),
        ("TỔ CHỨC THỰC HIỆN 2.1", "gạch 6"),
        ("TỔ CHỨC THỰC HIỆN 2.2", "gạch 3"),
        ("TỔ CHỨC THỰC HIỆN 2.3", "gạch 3"),
        ("TỔ CHỨC THỰC HIỆN 2.4", "¶2"),
        ("TỔ CHỨC THỰC HIỆN 2.5", "gạch 2"),
        ("TỔ CHỨC THỰC HIỆN 2.6", ""),
        ("TỔ CHỨC THỰC HIỆN kết", ""),
    ),
    "binh-phuoc-2023": (
        ("Số, ngày", ""),
        ("Kính gửi", ""),
        ("Mở đầu", "¶3"),
        ("1", "a b c d đ e g h"),
        ("2", "a b"),
        ("3", "a b"),
        ("Kết", "¶2"),
        ("Nơi nhận", ""),
        ("CĐ 968 Kính gửi", ""),
        ("CĐ 968 Mở đầu", "¶2"),
        ("CĐ 968 1", "a b c d đ e g h"),
        ("CĐ 968 2", ""),
        ("CĐ 968 3", ""),
        ("CĐ 968 Kết", "¶1"),
        ("CĐ 968 Nơi nhận", ""),
    ),
    "phuong-2023": (
        ("Thể thức", ""),
        ("Mở đầu", "¶3"),
        ("1", "a b c d đ"),
        ("2", "a b c d đ"),
        ("3", "¶2"),
        ("4", ""),
        ("Kết", "¶1"),
        ("Nơi nhận", ""),
    ),
    "cam-my-2023": (
        ("Mở đầu", "¶4"),
        ("1.a", "¶3"),
        ("1", "b c d"),
        ("1.e", "¶4"),
        ("1", "g"),
        ("1.h", "¶4"),
        ("1", "k"),
        ("2", "¶3"),
        ("2", "a b c d e f"),
        ("3", "¶5"),
        ("4", ""),
        ("5", "¶3"),
        ("Kết", "¶1"),
        ("Nơi nhận", ""),
    ),
}


def _expanded(part, marks):
    if not marks:
        return [part]
    if marks.startswith("¶"):
        return [f"{part} ¶{number}" for number in range(1, int(marks[1:]) + 1)]
    word, _, count = marks.partition(" ")
    if word in ("gạch", "cộng"):
        return [f"{part} {word} {number}" for number in range(1, int(count) + 1)]
    return [f"{part}.{mark}" for mark in marks.split()]


def _cites(terms):
    cited = {datum.id: set(datum.clauses) for datum in (*terms.offices, *terms.duties, *terms.rules)}
    cited |= {datum.id: set(datum.clauses) for datum in (*terms.registers, *terms.traps)}
    return cited | {target.id: {target.clause, *target.also} for target in terms.targets}


def _targets(regime_id):
    return {target.id: target for target in regimes.regime(regime_id).targets}


def _duties(regime_id):
    return {duty.id: duty for duty in regime_terms.terms(regime_id).duties}


@pytest.mark.parametrize("regime_id", IDS)
def test_no_clause_of_the_outline_is_unaccounted_for(regime_id):
    outline = [ref for part, marks in OUTLINES[regime_id] for ref in _expanded(part, marks)]
    assert [clause.ref for clause in regime_terms.terms(regime_id).clauses] == outline


@pytest.mark.parametrize(
    ("regime_id", "count"),
    zip(IDS, (23, 90, 35, 19, 40), strict=True),
)
def test_how_many_clauses_each_document_has(regime_id, count):
    assert len(regime_terms.terms(regime_id).clauses) == count


def test_no_clause_belongs_to_a_regime_that_is_not_there():
    assert {row["regime"] for row in rows("regime_clauses")} == set(IDS)


@pytest.mark.parametrize("regime_id", IDS)
def test_every_clause_became_something_or_says_why_not(regime_id):
    for clause in regime_terms.terms(regime_id).clauses:
        assert bool(clause.why) == (clause.becomes == ("none",)), clause.ref
        assert set(clause.measured_by) <= set(indicators.by_code()), clause.ref


@pytest.mark.parametrize("regime_id", IDS)
def test_data_cite_clauses_and_those_clauses_name_the_data(regime_id):
    terms = regime_terms.terms(regime_id)
    cited = _cites(terms)
    number = sum(map(len, (terms.offices, terms.duties, terms.targets, terms.rules, terms.registers, terms.traps)))
    assert len(cited) == number, "ids are unique within a regime"
    named = {}
    for clause in terms.clauses:
        for one in clause.ids:
            named.setdefault(one, set()).add(clause.ref)
    assert cited == named


@pytest.mark.parametrize("regime_id", IDS)
def test_a_target_is_whole(regime_id):
    targets = _targets(regime_id)
    rules = {rule.id for rule in regime_terms.terms(regime_id).rules}
    for row in regimes.raw_regime(regime_id)["targets"]:
        assert row.get("rule", "R1") in rules
    for target in targets.values():
        assert not target.indicator or target.indicator in indicators.by_code()
        assert not target.displaced_by or targets[target.displaced_by].indicator == target.indicator
        assert target.valid_from <= target.valid_to
        assert target.source.endswith(clause_words(target.clause))


@pytest.mark.parametrize("regime_id", IDS)
def test_rules_name_figures_and_registers_and_duties_that_exist(regime_id):
    terms = regime_terms.terms(regime_id)
    registers, duties = {one.id for one in terms.registers}, {one.id for one in terms.duties}
    targets = {one.id for one in terms.targets}
    for rule in terms.rules:
        named = rule.params
        assert {value for key, value in named.items() if key.endswith("register")} <= registers, rule.id
        assert named.get("obligation") in {None, *duties}, rule.id
        assert {value for key, value in named.items() if key in ("judged", "target")} <= targets, rule.id
        assert {*named.get("goals", ()), *named.get("kept", ())} <= targets, rule.id
        codes = {value for value in named.values() if isinstance(value, str) and value.count(".") >= 2}
        assert codes <= set(indicators.by_code()) | {"1.8.3"}, rule.id
    for duty in terms.duties:
        assert duty.register in {"", *registers}


# -- 05/CT-UBND of Kinh Môn, 30/3/2023


def test_kinh_mon_mends_by_the_14th_of_april():
    """Mục 3 đoạn 2 and đoạn 3: "trước ngày 15 tháng 4", a Saturday, which is not on time any more."""
    for one in ("K3", "K4"):
        duty = _duties("kinh-mon-2023")[one]
        assert (duty.due_date, duty.inclusive, duty.via) == (date(2023, 4, 15), False, "Phòng Nội vụ")
        words = due_words(duty.due_date, duty.due_day, duty.inclusive)
        assert words == "trước ngày 15/4/2023 (thứ Bảy), tức chậm nhất hết ngày 14/4/2023 (thứ Sáu)"


def test_kinh_mon_75_percent_rule():
    """Mục 3 đoạn 2: two ratings, two of the seven areas, "dưới 75%", either is enough."""
    rule = regime_terms.rule_of("292", date(2023, 6, 14), "remediation_75")
    assert rule.clauses == ("3 ¶2",)
    assert rule.params["areas"] == [3, 7]
    assert rule.params["ratings"] == ["Hoàn thành nhiệm vụ", "Không hoàn thành nhiệm vụ"]
    assert Decimal(rule.params["share"]) == Decimal("0.75")
    assert (rule.params["strict"], rule.params["joined"]) == (True, "or")


def test_kinh_mon_plans_are_done_whole_each_year():
    """Điểm 1.a: "hằng năm đảm bảo hoàn thành 100% các chỉ tiêu"."""
    for one, level in (("MT1-xa", "xã"), ("MT1-huyen", "huyện")):
        target = _targets("kinh-mon-2023")[one]
        assert (target.indicator, target.op, target.value, target.level) == ("1.1.3", ">=", 100, level)
        assert target.source == "05/CT-UBND thị xã Kinh Môn 30/3/2023, điểm 1.a"


# -- 39/QĐ-UBND of xã Thượng Hồng, 31/7/2025


def test_thuong_hong_targets_by_their_numbers():
    """Mục II: 1, 2, 3, 5, 6, 7; there is no number 4 and none is made."""
    targets = _targets("thuong-hong-2025")
    assert sorted({target.source_no for target in targets.values()}) == ["1", "2", "3", "5", "6", "7"]
    judged = {
        (target.source_no, target.indicator, target.op, target.value)
        for target in targets.values()
        if target.kind == "quantitative"
    }
    assert judged == {
        ("2", "1.3.6", ">=", 100),
        ("3", "1.2.3", ">=", 30),
        ("5", "6.2.3", ">", 100),
        ("6", "3.4.14", ">=", 100),
        ("7", "3.6.1", ">=", 90),
    }
    assert {target.level for target in targets.values()} == {"xã"}
    assert {one for one, target in targets.items() if target.kind == "qualitative"} == {"CT1a", "CT1b", "CT5b", "CT6b"}
    assert targets["CT5a"].judged_in == ("Y",)


def test_thuong_hong_reports_by_the_9th():
    """Tổ chức thực hiện 1: "trước ngày 10 của tháng cuối quý"; the general day, the 10th, is inclusive."""
    duty = _duties("thuong-hong-2025")["T1"]
    assert (duty.due_day, duty.inclusive) == (10, False)
    due = regimes.regime("thuong-hong-2025").due
    assert (due.day, due.inclusive) == (10, False)
    assert due_words(None, 10, False) == "trước ngày 10 của tháng cuối kỳ báo cáo, tức chậm nhất hết ngày 9"
    assert regimes.regime().due.inclusive


def test_thuong_hong_offices_by_area():
    """Tổ chức thực hiện 2.1 to 2.4."""
    led = {office.area: office.lead for office in regimes.regime("thuong-hong-2025").offices if office.area}
    society, staff = "Phòng Văn hóa - Xã hội", "Văn phòng HĐND và UBND"
    assert led == {
        1: society,
        2: staff,
        3: "Trung tâm Phục vụ hành chính công",
        4: society,
        5: society,
        6: "Phòng Kinh tế",
        7: society,
    }


# -- 392?/UBND-NC of Bình Phước, 11/2023, with 968/CĐ-TTg


def test_binh_phuoc_keeps_its_doubts():
    instrument = regime_terms.terms("binh-phuoc-2023").instrument
    assert (instrument.number, instrument.date) == ("392?/UBND-NC", "2023-11-??")
    assert instrument.doubt


def test_binh_phuoc_internal_procedures():
    """Điểm 1.e and 968/CĐ-TTg, 1.e: 100, 50, 20 and 20% by the end of 2023."""
    targets = _targets("binh-phuoc-2023")
    assert [(one, target.value) for one, target in targets.items()] == [("N1", 100), ("N2", 50), ("N3", 20), ("N4", 20)]
    assert {target.valid_to for target in targets.values()} == {date(2023, 12, 31)}
    assert {target.also for target in targets.values()} == {("CĐ 968 1.e",)}
    rule = regime_terms.rule_of("70", date(2023, 12, 14), "internal_procedures")
    assert rule.params["cut_denominator"] == "plans"
    assert rule.params["cut_denominator_choices"] == ["plans", "all"]
    assert rule.params["thresholds"] == {"published": "100", "planned": "50", "cut": "20", "cost": "20"}


def test_binh_phuoc_has_two_lists():
    """Điểm 3.a: "quá hạn, nợ đọng"."""
    rule = regime_terms.rule_of("70", date(2023, 12, 14), "overdue_and_owed")
    assert (rule.params["overdue_register"], rule.params["owed_register"]) == ("overdue", "owed")
    assert (rule.params["overdue"], rule.params["owed"]) == ("1.3.5", "1.3.7")


# -- the ward's directive, 2023


def test_the_ward_inherits_neither_the_75_percent_rule_nor_its_date():
    """The ward copied 05/CT-UBND and left both out."""
    terms = regime_terms.terms("phuong-2023")
    assert "remediation_75" not in {rule.kind for rule in terms.rules}
    assert "remediation" not in {register.id for register in terms.registers}
    assert {duty.due_date for duty in terms.duties} == {None}
    assert due_words(None, None, None) == "nguồn không ấn định ngày"
    assert (terms.instrument.number, terms.instrument.date) == ("", "2023")


# -- 03/CT-UBND of Cẩm Mỹ, 14/6/2023


def test_cam_my_thresholds():
    """Điểm 1.b, 1.h and mục 3."""
    expected = {
        "C1": ("3.4.12", 96, "xã", "1.b"),
        "C1-1e": ("3.4.12", 96, "xã", "1.e ¶3"),
        "C2-1b": ("7.3.5", 30, "xã", "1.b"),
        "C2-huyen": ("7.3.5", 30, "huyện", "1.h ¶2"),
        "C2-xa": ("7.3.5", 20, "xã", "1.h ¶2"),
        "C3": ("7.4.4", 5, "xã", "1.b"),
        "C4": ("7.5.2", 15, "xã", "1.b"),
        "C5-huyen": ("7.5.4", 30, "huyện", "1.h ¶3"),
        "C5-xa": ("7.5.4", 20, "xã", "1.h ¶3"),
        "C6-xa": ("3.2.3", 10, "xã", "1.b"),
        "C6-huyen": ("3.2.3", 10, "huyện", "3 ¶5"),
        "C7": ("", 20, "huyện", "3 ¶5"),
        "C8": ("1.4.3", 93, "xã", "1.b"),
        "C9": ("3.5.3", 96, "xã", "1.b"),
        "C10": ("7.2.3", 100, "xã", "1.h ¶4"),
        "C11-xa": ("", 0, "xã", "1.b"),
        "C11-huyen": ("", 0, "huyện", "2 ¶1"),
    }
    targets = _targets("cam-my-2023")
    assert {one: (t.indicator, t.value, t.level, t.clause) for one, t in targets.items()} == expected
    assert {one for one, t in targets.items() if t.kind == "qualitative"} == {"C11-xa", "C11-huyen"}


def test_cam_my_conflicting_thresholds():
    """1.b says 30% online for communes, 1.h says 20%: the clause that speaks of each level is judged, both are kept."""
    targets = _targets("cam-my-2023")
    assert {one: t.displaced_by for one, t in targets.items() if t.displaced_by} == {"C2-1b": "C2-xa", "C1-1e": "C1"}
    kept = {
        rule.params["judged"]: rule.params["kept"]
        for rule in regime_terms.terms("cam-my-2023").rules
        if rule.kind == "conflicting_thresholds"
    }
    assert kept == {"C2-xa": ["C2-1b"], "C1": ["C1-1e"]}


def test_cam_my_reached_that_are_targets_are_a_trap_not_figures():
    """Mở đầu đoạn 2: "đạt 10%", "đạt 5%", "đạt 20%" are thresholds that are behind schedule."""
    clause = next(one for one in regime_terms.terms("cam-my-2023").clauses if one.ref == "Mở đầu ¶2")
    assert clause.becomes == ("trap",)
    assert not clause.measured_by


# -- what is in force when


@pytest.mark.parametrize(
    ("authority", "day", "count"),
    [
        ("292", date(2023, 6, 14), 4),
        ("292", date(2024, 6, 14), 2),
        ("10993", date(2025, 9, 14), 9),
        ("10993", date(2026, 9, 14), 0),
        ("739", date(2023, 6, 14), 17),
        ("739", date(2024, 1, 1), 0),
        ("70", date(2023, 12, 14), 4),
    ],
)
def test_targets_in_force(authority, day, count):
    assert len(regimes.targets_for(authority, day)) == count


def test_nobody_is_bound_before_the_instrument():
    with pytest.raises(KeyError):
        regimes.targets_for("292", date(2023, 3, 29))


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("1.a", "điểm 1.a"),
        ("1.đ", "điểm 1.đ"),
        ("3 ¶2", "mục 3 đoạn 2"),
        ("1.e ¶3", "điểm 1.e đoạn 3"),
        ("4", "mục 4"),
        ("II.3", "mục II.3"),
        ("III.7 gạch 3 cộng 1", "mục III.7 gạch đầu dòng 3 dấu cộng 1"),
        ("CĐ 968 1.e", "Công điện 968, điểm 1.e"),
        ("KINH PHÍ", "Kinh phí"),
        ("TỔ CHỨC THỰC HIỆN 2.4 ¶1", "Tổ chức thực hiện 2.4 đoạn 1"),
        ("Mở đầu ¶2", "Phần mở đầu đoạn 2"),
        ("Kết ¶1", "Phần kết đoạn 1"),
        ("Điều 1", "Điều 1"),
    ],
)
def test_clauses_are_cited_in_words(ref, words):
    assert clause_words(ref) == words


def test_validity_in_words():
    assert validity_words(date(2023, 3, 30), date(2025, 6, 30)) == "từ ngày 30/3/2023, đến hết ngày 30/6/2025"
    assert validity_words(date(2025, 2, 1), None) == "từ ngày 01/02/2025"
    assert validity_words(None, None) == "không giới hạn ngày bắt đầu"


def test_weaknesses_are_a_vocabulary():
    assert len(regime_terms.weaknesses()) == 15
    assert {int(row["area"]) for row in rows("weaknesses")} <= set(range(1, 8))


@pytest.mark.parametrize(("authority", "day"), [("292", "2023-06-14"), ("739", "2023-09-14"), ("10993", "2025-09-14")])
def test_who_leads_an_area_is_who_is_asked_for_it(authority, day):
    """Domain 1.6: the office that an instrument puts in charge of an area gets the form of that area, by its name."""
    on = date.fromisoformat(day)
    leads = {lead.area: lead.lead for lead in regimes.regime_of(authority, on).offices if lead.area}
    asked = {}
    for office in units.units_of(authority, on):
        if office.kind == "office":
            for area in forms.form(office.form, "Y").sheets:
                asked.setdefault(area, set()).add(office.name)
    assert set(leads) == set(asked) == set(range(1, 8))
    for area, lead in leads.items():
        assert lead in asked[area], area
    # Area 1 alone is shared: who follows the tasks given from above (group 1.3) is not who leads the rest
    assert {area for area, names in asked.items() if len(names) > 1} <= {1}
