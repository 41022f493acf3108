"""A unit writes its own text; of three directives of 2023 one was written from another."""

from cchc.settings import REPOSITORY
from cchc.validate.likeness import alike, letters_of, pieces, sentences, share
from tests.rules.warehouse import FAR, NEAR, OWN, found, send

DIRECTIVES = REPOSITORY / "tests" / "fixtures" / "directives"
RULE = "x12_same_words_as_other_unit"
MINE = (
    "Trung tâm Phục vụ hành chính công bố trí thêm hai quầy tiếp nhận tại khu vực xã Thái Hòa cũ vào các ngày thứ bảy. "
    "Tổ công nghệ số cộng đồng thôn Bá Thủy hướng dẫn nộp hồ sơ trực tuyến cho người cao tuổi trong ba đợt cao điểm. "
    "Việc luân chuyển công chức địa chính sang bộ phận một cửa giúp rút ngắn thời gian xác minh hồ sơ đất đai. "
    "Nhân dân khu vực Bình Xuyên đánh giá cao mô hình trả kết quả tại nhà qua bưu tá. "
    "Xã đã sửa chữa trụ sở cũ của Đảng ủy xã làm nơi lưu trữ hồ sơ của bốn đơn vị nhập lại."
)
OTHERS = (
    "Phường tổ chức ngày hội chuyển đổi số ở nhà văn hóa khu dân cư số bảy, thu hút đông đảo đoàn viên thanh niên. "
    "Công an phường phối hợp kích hoạt định danh điện tử lưu động tại chợ Thanh Bình và bến xe phía tây. "
    "Kết quả lấy ý kiến cho thấy thái độ phục vụ tốt nhưng thời gian chờ lấy số vẫn còn lâu vào đầu tuần. "
    "Ban quản lý chợ được giao tự chủ chi thường xuyên, thu gom phí không dùng tiền mặt bằng mã thanh toán. "
    "Phường kiến nghị sớm bàn giao kho lưu trữ của quận trước đây để số hóa theo lộ trình."
)


def test_holds_where_each_wrote_its_own(engine):
    send(engine, "2026-Q3", {}, OWN, words={"II.2": MINE})
    send(engine, "2026-Q3", {}, NEAR, words={"II.2": OTHERS})
    assert found(engine, RULE) == []


def test_both_are_found_each_with_the_other_and_a_sentence(engine):
    send(engine, "2026-Q3", {}, OWN, words={"I.1": "Hoàn thành 12 nhiệm vụ.", "II.2": MINE})
    send(engine, "2026-Q3", {}, NEAR, words={"II.2": OTHERS.split(". ")[0] + ". " + MINE.replace("hai quầy", "3 quầy")})
    send(engine, "2026-Q3", {}, FAR, words={"II.2": OTHERS})
    faults = found(engine, RULE)
    assert [(f.severity, f.sheet, f.cell, f.expected) for f in faults] == [
        ("warning", "Thuyết minh", cell, "Thuyết minh của chính đơn vị") for cell in ("C5", "C6")
    ]
    assert all("nội dung trùng" in f.found and "ví dụ: “Tổ công nghệ số" in f.found for f in faults)


def test_short_texts_and_what_everybody_writes_say_nothing(engine):
    send(engine, "2026-H1", {}, OWN, words={"I.1": MINE[:200]})
    send(engine, "2026-H1", {}, NEAR, words={"I.1": MINE[:200]})
    for unit in (OWN, NEAR, FAR, "10675", "10678"):
        send(engine, "2026-Q3", {}, unit, words={"II.2": MINE})
    assert found(engine, RULE, "2026-H1") == found(engine, RULE) == []


def test_figures_dates_and_diacritics_do_not_hide_a_copy():
    spoilt = MINE.replace("ô", "o").replace("hai", "12").upper()
    assert share(pieces(MINE), pieces(spoilt)) > 0.9
    assert alike({"a": MINE, "b": spoilt, "c": OTHERS}).keys() == {("a", "b")}
    assert letters_of("Quý III/2026: 15,5 %") == "quyiii"
    assert list(sentences("Một. " + MINE))[0].startswith("Trung tâm")


def test_the_directive_that_was_written_from_another_is_found_though_one_is_full_of_misprints():
    names = ("kinh_mon_2023", "ward_2023", "cam_my_2023")
    texts = {name: (DIRECTIVES / f"{name}.txt").read_text(encoding="utf-8") for name in names}
    town, ward, district = (pieces(texts[name]) for name in names)
    assert alike(texts).keys() == {("kinh_mon_2023", "ward_2023")}
    assert share(town, ward) > 0.5 > 0.2 > max(share(town, district), share(ward, district))
