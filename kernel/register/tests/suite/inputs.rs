//! What people type, and what they are told.

use crate::common::{any_value, day, every_type, field};
use mc_base::number::Style;
use mc_base::{AgencyId, Day, Instant, PlaceId, Scaled};
use mc_ledger::canon::encode_value;
use mc_ledger::{Point, Value};
use mc_register::input::{expected, read, read_record};
use mc_register::{Input, InputKind, Record, Resolved, Resolver};
use proptest::prelude::*;

struct Names {
    style: Option<Style>,
}

impl Resolver for Names {
    fn place(&self, text: &str) -> Resolved<PlaceId> {
        match text {
            "Cam Đường" | "2671" => Resolved::One(PlaceId(7)),
            "Hợp Thành" => Resolved::Several(vec![
                "Hợp Thành (Lào Cai)".to_owned(),
                "Hợp Thành (Thái Nguyên)".to_owned(),
            ]),
            _ => Resolved::Unknown(vec!["Cam Đường".to_owned()]),
        }
    }
    fn agency(&self, text: &str) -> Resolved<AgencyId> {
        if text == "Sở KH&CN" {
            Resolved::One(AgencyId("so-khcn".to_owned()))
        } else {
            Resolved::Unknown(Vec::new())
        }
    }
    fn reference(&self, _: &str, text: &str) -> Resolved<String> {
        Resolved::One(text.to_owned())
    }
    fn reference_day(&self) -> Day {
        day("2025-11-17")
    }
    fn number_style(&self) -> Option<Style> {
        self.style
    }
}

const NAMES: Names = Names { style: None };

fn typed(id: &str, text: &str) -> Result<Value, String> {
    given(id, &Input::Text(text.to_owned()))
}

fn given(id: &str, input: &Input) -> Result<Value, String> {
    read(field(&every_type(), id), input, &NAMES).map_err(|error| error.to_string())
}

fn number(mantissa: i64, scale: u8) -> Input {
    Input::Number { mantissa, scale }
}

fn set(codes: &[&str]) -> Value {
    Value::CodeSet(codes.iter().map(|code| (*code).to_owned()).collect())
}

fn rate(mantissa: i64) -> Value {
    Value::Scaled(Scaled { mantissa, scale: 2 })
}

#[test]
fn texts_are_read() {
    let code = |text: &str| Value::Code(text.to_owned());
    let text = |text: &str| Value::Text(text.to_owned());
    let spot = Value::Point(Point { lon: 1_040_050_000, lat: 225_063_900 });
    let cases = [
        ("count", "1.234", Value::Int(1_234)),
        ("count", " 12 ", Value::Int(12)),
        ("count", "-5", Value::Int(-5)),
        ("rate", "84,2", rate(8_420)),
        ("rate", "84.2", rate(8_420)),
        ("rate", "84,2%", rate(8_420)),
        ("rate", "84.200", rate(8_420)),
        ("active", "Có", Value::Bool(true)),
        ("active", "x", Value::Bool(true)),
        ("active", "KHÔNG", Value::Bool(false)),
        ("begun", "1/3/25", Value::Day(day("2025-03-01"))),
        ("begun", "30/11", Value::Day(day("2025-11-30"))),
        ("month", "10/2025", Value::Month(day("2025-10-01").month())),
        ("month", "Tháng 10 năm 2025", Value::Month(day("2025-10-01").month())),
        (
            "seen",
            "17/11/2025 00:30",
            Value::Instant(Instant(Instant::start_of(day("2025-11-17")).0 + 1_800_000)),
        ),
        (
            "seen",
            "14h05 17/11/2025",
            Value::Instant(Instant(Instant::start_of(day("2025-11-17")).0 + 50_700_000)),
        ),
        (
            "seen",
            "2025-11-17T14:05:00+07:00",
            Value::Instant(Instant(Instant::start_of(day("2025-11-17")).0 + 50_700_000)),
        ),
        ("state", "live", code("live")),
        ("state", "Đang hoạt động", code("live")),
        ("state", "dang hoat dong", code("live")),
        ("state", "ĐANG  HOẠT ĐỘNG", code("live")),
        ("state", "Being built", code("built")),
        ("serial", "  LC  001 ", code("LC 001")),
        ("bands", "4G, 2G; 5g\n4g", set(&["2g", "4g", "5g"])),
        ("bands", "khác, không rõ; 4G", set(&["4g", "other"])),
        ("parent", "a/1", Value::Ref { register: "every_type".to_owned(), key: "a/1".to_owned() }),
        ("place", "Cam Đường", Value::Place(PlaceId(7))),
        ("agency", "Sở KH&CN", Value::Agency(AgencyId("so-khcn".to_owned()))),
        ("spot", "22.50639,104.005", spot.clone()),
        ("spot", "104.005, 22.50639", spot.clone()),
        ("spot", "22,50639; 104,005", spot.clone()),
        ("spot", "22,50639,104,005", spot.clone()),
        ("spot", "22,50639 104,005", spot),
        ("spot", "22°30'0\"N 104°0'18\"E", Value::Point(Point { lon: 1_040_050_000, lat: 225_000_000 })),
        ("spot", "22°30′B, 104°Đ", Value::Point(Point { lon: 1_040_000_000, lat: 225_000_000 })),
        ("note", " Số\u{200b} hóa\tnhanh\r\nđợt 2 ", text("Số hóa nhanh\nđợt 2")),
        ("note", "\u{d0}ất", text("Đất")),
        ("note", "Ho\u{300}a bi\u{300}nh", text("Hòa bình")),
        ("note", " \u{a0} ", Value::Null),
    ];
    for (id, from, value) in cases {
        assert_eq!(typed(id, from), Ok(value), "{id} ← {from}");
    }
}

#[test]
fn cells_are_read() {
    let november = day("2025-11-17");
    let noon = Instant(Instant::start_of(november).0 + 43_200_000);
    let cases = [
        ("count", number(12, 0), Value::Int(12)),
        ("count", number(120, 1), Value::Int(12)),
        ("rate", number(842, 1), rate(8_420)),
        ("active", Input::Bool(false), Value::Bool(false)),
        ("active", number(1, 0), Value::Bool(true)),
        ("begun", Input::Day(november), Value::Day(november)),
        ("begun", Input::Instant(noon), Value::Day(november)),
        ("month", Input::Day(november), Value::Month(november.month())),
        ("seen", Input::Instant(noon), Value::Instant(noon)),
        ("seen", Input::Day(november), Value::Instant(Instant::start_of(november))),
        ("serial", number(12_340, 1), Value::Code("1234".to_owned())),
        ("serial", number(125, 2), Value::Code("1.25".to_owned())),
        ("place", number(2_671, 0), Value::Place(PlaceId(7))),
        ("note", Input::Empty, Value::Null),
    ];
    for (id, input, value) in cases {
        assert_eq!(given(id, &input), Ok(value), "{id} ← {input:?}");
    }
}

#[test]
fn refusals_say_what_where_and_what_is_needed() {
    let floors = "cột “Số tầng” cần số nguyên từ -5 đến 2.000.";
    let share = "cột “Tỷ lệ” cần số có tối đa 2 chữ số lẻ, từ 0,00 đến 100,00.";
    let begun = "cột “Ngày bắt đầu” cần ngày, ví dụ 17/11/2025.";
    let states = "cột “Trạng thái” cần một trong: Đang hoạt động, Đang xây dựng.";
    let spot = "cột “Tọa độ” cần vĩ độ và kinh độ trong lãnh thổ Việt Nam, ví dụ 22,5064; 104,0050.";
    let cases = [
        ("name", "  ", "Để trống; cột “Tên” cần văn bản tối đa 40 ký tự.".to_owned()),
        ("count", "1.234,5", format!("“1.234,5” không phải số nguyên; {floors}")),
        ("count", "2001", format!("“2001” nằm ngoài khoảng cho phép; {floors}")),
        ("count", "mười", format!("“mười” không phải là số; {floors}")),
        ("count", "12%", format!("“12%” không phải là số; {floors} Cột này không tính bằng phần trăm.")),
        ("count", "١٢", format!("“١٢” không phải là số; {floors} Chữ số “١” không thuộc 0 đến 9.")),
        ("count", "1e3", format!("“1e3” không phải là số; {floors} Cần viết đủ các chữ số.")),
        ("count", "99999999999999999999", format!("“99999999999999999999” nằm ngoài khoảng cho phép; {floors}")),
        ("rate", "84,215", format!("“84,215” có quá nhiều chữ số lẻ; {share}")),
        ("rate", "100,01", format!("“100,01” nằm ngoài khoảng cho phép; {share}")),
        ("active", "có lẽ", "“có lẽ” không đúng kiểu; cột “Đang dùng” cần “có” hoặc “không”.".to_owned()),
        ("begun", "hôm qua", format!("“hôm qua” không phải ngày có thật; {begun}")),
        ("begun", "3/25/2025", format!("“3/25/2025” không phải ngày có thật; {begun} Có phải là ngày 25/03/2025.")),
        (
            "month",
            "Quý III/2025",
            "“Quý III/2025” không phải tháng có thật; cột “Tháng” cần tháng, ví dụ 10/2025.".to_owned(),
        ),
        (
            "seen",
            "17/11/2025",
            "“17/11/2025” không phải ngày giờ có thật; cột “Thời điểm ghi nhận” cần ngày và giờ, ví dụ 17/11/2025 \
             14:05."
                .to_owned(),
        ),
        (
            "state",
            "Đang hoạt đông lại",
            format!("“Đang hoạt đông lại” không có trong danh mục; {states} Có phải là: “Đang hoạt động”."),
        ),
        ("state", "zzz", format!("“zzz” không có trong danh mục; {states}")),
        (
            "place",
            "Hợp Thành",
            "“Hợp Thành” trùng tên với nhiều mục; cột “Xã, phường” cần tên hoặc mã của một địa bàn. Có thể là: \
             “Hợp Thành (Lào Cai)”, “Hợp Thành (Thái Nguyên)”."
                .to_owned(),
        ),
        (
            "place",
            "Cam Đương",
            "“Cam Đương” không có trong danh mục; cột “Xã, phường” cần tên hoặc mã của một địa bàn. Có phải là: “Cam \
             Đường”."
                .to_owned(),
        ),
        ("spot", "10,20", format!("“10,20” nằm ngoài khoảng cho phép; {spot}")),
        (
            "spot",
            "2489123.45; 412345.6",
            format!(
                "“2489123.45; 412345.6” nằm ngoài khoảng cho phép; {spot} Có vẻ là tọa độ VN-2000 tính bằng mét; cần \
                 đổi ra độ."
            ),
        ),
        ("spot", "gần chợ", format!("“gần chợ” không đúng kiểu; {spot}")),
        (
            "identity_no",
            "0123456789012",
            "“••• (13 ký tự)” quá dài; cột “Số định danh” cần văn bản tối đa 12 ký tự.".to_owned(),
        ),
        ("note", "a\u{7}b", "“ab” có ký tự điều khiển; cột “Ghi chú” cần văn bản tối đa 4.000 ký tự.".to_owned()),
    ];
    for (id, text, sentence) in cases {
        assert_eq!(typed(id, text), Err(sentence), "{id} ← {text}");
    }
}

#[test]
fn a_number_in_a_date_column_is_explained() {
    assert_eq!(
        given("begun", &number(45_978, 0)),
        Err("“45.978” không đúng kiểu; cột “Ngày bắt đầu” cần ngày, ví dụ 17/11/2025. Ô chứa số; nếu là ngày \
             17/11/2025 thì đặt định dạng ô là Ngày."
            .to_owned())
    );
    assert_eq!(
        given("count", &Input::Day(day("2025-11-17"))),
        Err("“17/11/2025” không đúng kiểu; cột “Số tầng” cần số nguyên từ -5 đến 2.000.".to_owned())
    );
}

#[test]
fn two_readings_are_asked_back_once_per_file() {
    let schema = every_type();
    let mut wide = field(&schema, "rate").clone();
    wide.max = Some(1_000_000_000);
    let input = Input::Text("1.230".to_owned());
    let error = read(&wide, &input, &NAMES).expect_err("1230 or 1,23");
    assert_eq!(error.kind, InputKind::Ambiguous);
    assert!(error.to_string().ends_with(" Là 1.230 hay 1,230; chọn kiểu số cho cả tệp."), "{error}");
    let english = Names { style: Some(Style::English) };
    assert_eq!(read(&wide, &input, &english), Ok(rate(123)));
    let vietnamese = Names { style: Some(Style::Vietnamese) };
    assert_eq!(read(&wide, &input, &vietnamese), Ok(rate(123_000)));
}

#[test]
fn a_row_reports_every_fault() {
    let schema = every_type();
    let inputs = [(2, Input::Text("x".to_owned())), (3, Input::Text("y".to_owned()))];
    let errors = read_record(&schema, &inputs, &NAMES).expect_err("three faults");
    let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, ["name", "count", "rate"]);
    let inputs = [(1, Input::Text("a".to_owned())), (2, number(3, 0))];
    let record = read_record(&schema, &inputs, &NAMES).expect("a record");
    assert_eq!(record.iter().count(), 2);
}

#[test]
fn records_are_checked_whatever_way_they_came() {
    let schema = every_type();
    let sound: Record = [(1, Value::Text("a".to_owned())), (2, Value::Int(1))].into_iter().collect();
    assert_eq!(sound.check(&schema), Ok(()));
    let cases = [
        (2, Value::Int(2_001), InputKind::OutOfRange),
        (2, Value::Null, InputKind::Missing),
        (2, Value::Bool(true), InputKind::WrongType),
        (3, Value::Scaled(Scaled { mantissa: 1, scale: 3 }), InputKind::WrongType),
        (7, Value::Instant(Instant(i64::MAX)), InputKind::OutOfRange),
        (8, Value::Code("sold".to_owned()), InputKind::Unknown),
        (9, Value::Code(" a".to_owned()), InputKind::NotCanonical),
        (9, Value::Code("a\nb".to_owned()), InputKind::Control),
        (9, Value::Code("a".repeat(21)), InputKind::TooLong),
        (10, set(&["4g", "2g"]), InputKind::NotCanonical),
        (10, set(&["3g"]), InputKind::Unknown),
        (11, Value::Ref { register: "mast".to_owned(), key: "a".to_owned() }, InputKind::WrongType),
        (
            11,
            Value::Ref { register: "every_type".to_owned(), key: "50%".to_owned() },
            InputKind::NotCanonical,
        ),
        (12, Value::Place(PlaceId(0)), InputKind::OutOfRange),
        (14, Value::Point(Point { lon: 0, lat: 900_000_001 }), InputKind::OutOfRange),
        (18, Value::Text("e\u{301}".to_owned()), InputKind::NotCanonical),
        (18, Value::Commitment(mc_base::Hash32::ZERO), InputKind::WrongType),
        (99, Value::Bool(true), InputKind::NoField),
    ];
    for (no, value, kind) in cases {
        let mut record = sound.clone();
        record.set(no, value.clone());
        let errors = record.check(&schema).expect_err("a fault");
        let kinds: Vec<InputKind> = errors.iter().map(|error| error.kind).collect();
        assert_eq!(kinds, [kind], "{no} {value:?}");
    }
    let mut hidden = sound;
    hidden.set(16, Value::Commitment(mc_base::Hash32::ZERO));
    assert_eq!(hidden.check(&schema), Ok(()));
}

#[test]
fn every_type_says_what_it_needs() {
    for field in &every_type().field {
        assert!(!expected(field).is_empty(), "{}", field.id);
    }
}

proptest! {
    #[test]
    fn generated_values_are_sound(values in every_type().field.iter().map(any_value).collect::<Vec<_>>()) {
        let schema = every_type();
        let record: Record = schema.field.iter().map(|field| field.no).zip(values).collect();
        for (no, value) in record.iter() {
            prop_assert_eq!(encode_value(value, &mut Vec::new()), Ok(()), "{}", no);
        }
        if record.get(1) != &Value::Text(String::new()) {
            prop_assert_eq!(record.check(&schema), Ok(()));
        }
    }

    #[test]
    fn nothing_typed_breaks_the_reader(text in "\\PC{0,40}") {
        let schema = every_type();
        for field in &schema.field {
            if let Ok(value) = read(field, &Input::Text(text.clone()), &NAMES) {
                prop_assert_eq!(encode_value(&value, &mut Vec::new()), Ok(()), "{}", field.id);
                let mut record = Record::new();
                record.set(field.no, value);
                let faults = record.check(&schema).err().unwrap_or_default();
                prop_assert!(faults.iter().all(|fault| fault.kind == InputKind::Missing), "{:?}", faults);
            }
        }
    }

    #[test]
    fn coordinates_never_overflow(text in "[0-9.,;°'\" -]{0,40}") {
        let _ = typed("spot", &text);
    }
}
