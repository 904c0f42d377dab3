//! Workbooks are read back cell by cell.

mod common;

use std::io::{Cursor, Read as _};

use calamine::{Data, Range, Reader as _, Xlsx};
use common::{ADDRESS, MISMATCH, answer, made};
use mc_checking::Standing;
use mc_documents::xlsx;

fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    assert_eq!(workbook.sheet_names(), ["Con số", "Phép tính", "Sổ", "Tóm tắt"]);
    workbook.worksheet_range(name).expect("a sheet")
}

/// The cell below the header that is called so.
fn cell(range: &Range<Data>, row: usize, column: &str) -> Data {
    let headers = range.headers().expect("a header");
    let at = headers.iter().position(|header| header == column).expect(column);
    range.get((row, at)).expect("a cell").clone()
}

fn text(text: &str) -> Data {
    Data::String(text.to_owned())
}

#[test]
fn numbers_are_numbers_and_days_are_days() {
    let said = "Từ đầu năm đến hết tháng 10, tỉnh tiếp nhận hơn 2,6 triệu tấn hàng, tăng 3–5%.";
    let bytes = made(said, vec![answer(0, Standing::None, None, "nhiều kỳ hợp")], xlsx).expect("a workbook");
    let range = sheet(&bytes, "Con số");
    assert_eq!(range.height(), 3);
    assert_eq!(cell(&range, 1, "Giá trị"), Data::Float(2_600_000.0));
    assert_eq!(cell(&range, 1, "Viết trong bài"), text("2,6 triệu tấn"));
    assert_eq!((cell(&range, 1, "Đơn vị"), cell(&range, 1, "Từ rào")), (text("tấn"), text("hơn")));
    assert_eq!(cell(&range, 1, "Trong sổ"), text("Chưa so được với sổ; nhiều kỳ hợp"));
    assert_eq!(cell(&range, 2, "Câu trong bài"), text(said));
    let serial = |data: Data| match data {
        Data::DateTime(date) => date.as_f64(),
        other => panic!("not a date: {other:?}"),
    };
    assert_eq!(
        (serial(cell(&range, 1, "Từ ngày")), serial(cell(&range, 1, "Đến ngày"))),
        (45_658.0, 45_961.0)
    );
    let ends = (cell(&range, 2, "Giá trị"), cell(&range, 2, "Đến giá trị"));
    assert_eq!(ends, (Data::Float(3.0), Data::Float(5.0)));
    assert_eq!(cell(&range, 2, "Đơn vị"), text("%"));
}

#[test]
fn arithmetic_is_told_with_verdict_and_reason() {
    let bytes = made(MISMATCH, Vec::new(), xlsx).expect("a workbook");
    let range = sheet(&bytes, "Phép tính");
    assert_eq!(cell(&range, 1, "Loại"), text("Tổng các phần"));
    assert_eq!(cell(&range, 1, "TT các con số"), text("1; 2; 3; 4"));
    assert_eq!(cell(&range, 1, "Phép tính"), text("1.250 + 308 + 42 = 1.600, không phải 1.672"));
    assert_eq!(cell(&range, 1, "Số nêu trong bài"), Data::Float(1672.0));
    assert_eq!(cell(&range, 1, "Tính ra, từ"), Data::Float(1600.0));
    assert_eq!(cell(&range, 1, "Kết luận"), text("Không khớp"));
    assert_eq!(cell(&range, 1, "Lý do"), text("nếu 380 thì khớp (308 đảo chữ số)"));
    let numbers = sheet(&bytes, "Con số");
    assert_eq!(cell(&numbers, 1, "Kết luận"), text("Không khớp"));
    assert_eq!(cell(&numbers, 3, "Kết luận"), text("Nằm trong phép tính không khớp"));
    let summary = sheet(&bytes, "Tóm tắt");
    let wrong = summary.rows().find(|row| row[0] == text("Phép tính: không khớp")).expect("a row");
    assert_eq!(wrong[1], Data::Float(1.0));
}

#[test]
fn a_text_is_never_a_formula_and_is_cut_where_a_cell_ends() {
    let long = "ủ".repeat(40_000);
    let reasons = ["=1+1", "+HYPERLINK(\"x\")\u{1}", &long];
    let answers = (0..).zip(reasons).map(|(at, reason)| answer(at, Standing::None, None, reason));
    let said = "Có 12 xã. Có 15 phường. Có 20 trạm.";
    let bytes = made(said, answers.collect(), xlsx).expect("a workbook");
    let range = sheet(&bytes, "Sổ");
    assert_eq!(cell(&range, 1, "Lý do"), text("=1+1"));
    let Data::String(cut) = cell(&range, 3, "Lý do") else { panic!("a text") };
    assert_eq!((cut.chars().count(), cut.chars().last()), (32_767, Some('…')));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut xml = String::new();
    archive.by_name("xl/worksheets/sheet1.xml").expect("a sheet").read_to_string(&mut xml).expect("UTF-8");
    assert!(!xml.contains("<f>"), "no formula");
    assert!(xml.contains("state=\"frozen\"") && xml.contains("<autoFilter ref=\"A1:S4\""), "{xml}");
    assert!(!archive.file_names().any(|name| name.expect("a name").contains("vba")), "no macro");
}

#[test]
fn a_text_without_numbers_has_its_sheets_all_the_same() {
    let bytes = made("Không có gì.", Vec::new(), xlsx).expect("a workbook");
    assert_eq!(sheet(&bytes, "Con số").height(), 1);
    assert_eq!(sheet(&bytes, "Phép tính").height(), 1);
    assert_eq!(sheet(&bytes, "Sổ").height(), 1);
}

#[test]
fn rows_are_as_high_as_their_wrapped_text() {
    let said = format!("Tỉnh có 12 xã {}.", "ở vùng cao, xa trung tâm, đường đi khó ".repeat(6));
    let bytes = made(&said, Vec::new(), xlsx).expect("a workbook");
    let numbers = xml(&bytes, "xl/worksheets/sheet1.xml");
    let heights: Vec<f64> = numbers
        .split("<row ")
        .skip(1)
        .map(|row| row.split("ht=\"").nth(1).and_then(|ht| ht.split('"').next()).expect("a height"))
        .map(|height| height.parse().expect("a number"))
        .collect();
    assert_eq!(heights.len(), 2);
    assert!(heights[0] >= 30.0, "a long header has two lines: {heights:?}");
    assert!(heights[1] >= 60.0, "the sentence has four: {heights:?}");
    assert!(numbers.contains("paperSize=\"8\""), "nineteen columns need an A3");
}

#[test]
fn the_same_findings_give_the_same_bytes() {
    assert_eq!(
        made(MISMATCH, Vec::new(), xlsx).expect("a file"),
        made(MISMATCH, Vec::new(), xlsx).expect("a file")
    );
}

fn xml(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut xml = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut xml).expect("UTF-8");
    xml
}

#[test]
fn what_the_registers_say_has_a_sheet_with_the_way_to_our_figure() {
    let answers =
        vec![answer(0, Standing::Different, Some(4_607), "chưa rõ"), answer(1, Standing::None, None, "")];
    let bytes = made("Tỉnh có 4.670 trạm. Tỉnh có 12 sáng kiến.", answers, xlsx).expect("a workbook");
    let range = sheet(&bytes, "Sổ");
    assert_eq!(range.height(), 2, "where nothing is known there is no row");
    let row = |column: &str| cell(&range, 1, column);
    assert_eq!((row("TT con số"), row("Viết trong bài")), (Data::Float(1.0), text("4.670 trạm")));
    assert_eq!((row("Kết luận"), row("Lý do")), (text("Khác số trong sổ"), text("chưa rõ")));
    assert_eq!((row("Số trong sổ"), row("Đơn vị")), (Data::Float(4607.0), text("trạm")));
    let indicator = (row("Chỉ tiêu"), row("Mã chỉ tiêu"));
    assert_eq!(indicator, (text("Số trạm & cột"), text("stations, phiên bản 2")));
    assert_eq!((row("Địa bàn"), row("Kỳ")), (text("Tỉnh Lào Cai"), text("ngày 17/11/2025")));
    assert_eq!(row("Như đã biết"), text("hết ngày 17/11/2025, lần ghi 1.040"));
    assert_eq!(row("Địa chỉ số trong sổ"), text(ADDRESS));
    let relations = xml(&bytes, "xl/worksheets/_rels/sheet3.xml.rels");
    assert!(relations.contains("so-lieu.example/chi-tieu/so-tram?dia-ban=15&amp;ghi=ghi-40"), "{relations}");
    let told = cell(&sheet(&bytes, "Con số"), 1, "Trong sổ");
    let wanted = "Khác số trong sổ: 4.607 trạm, Số trạm & cột (stations), Tỉnh Lào Cai, ngày 17/11/2025, như đã biết ở \
                  lần ghi 1.040; chưa rõ";
    assert_eq!(told, text(wanted));
    let summary = sheet(&bytes, "Tóm tắt");
    let differs = summary.rows().find(|row| row[0] == text("Sổ: khác số trong sổ")).expect("a row");
    assert_eq!(differs[1], Data::Float(1.0));
}

#[test]
fn a_number_longer_than_excel_keeps_stays_whole_and_says_so() {
    let ours = |value| vec![answer(0, Standing::Different, Some(value), "")];
    let of = |value| made("Tỉnh có 12 trạm.", ours(value), xlsx).expect("a workbook");
    let bytes = of(1_234_567_890_123_457);
    assert_eq!(cell(&sheet(&bytes, "Sổ"), 1, "Số trong sổ"), text("1234567890123457"));
    let notes = xml(&bytes, "xl/comments1.xml");
    assert!(notes.contains("hơn 15 chữ số"), "{notes}");
    let bytes = of(1_234_567_890_123_450);
    assert_eq!(cell(&sheet(&bytes, "Sổ"), 1, "Số trong sổ"), Data::Float(1_234_567_890_123_450.0));
}
