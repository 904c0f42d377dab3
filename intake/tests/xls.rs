//! Workbooks of Excel 97 to 2003: the same tables as those of today, and text of any encoding.

mod common;

use std::io::Cursor;

use common::biff::{BookBiff, SheetBiff, record, rich, string};
use common::old_text::{tcvn3, tcvn3_capitals, vni};
use mc_intake::{Format, Merge, Request, Row, read_here};
use proptest::prelude::*;

const FONT: u16 = 4;

fn read(bytes: Vec<u8>) -> mc_intake::read::Book {
    read_here(Cursor::new(bytes), "a.xls", &Request::default()).expect("a workbook")
}

fn shown(rows: &[Row]) -> Vec<String> {
    let cells = |row: &Row| row.cells.iter().map(ToString::to_string).collect::<Vec<_>>().join("|");
    rows.iter().map(|row| format!("{}.{}: {}", row.sheet, row.number, cells(row))).collect()
}

#[test]
fn a_workbook_gives_typed_cells_of_its_visible_sheets() {
    let sheet = SheetBiff::new()
        .label(0, 0, "Mã trạm")
        .label(0, 2, "Ngày")
        .integers(2, 0, &[7, -8])
        .number(2, 2, 1, 45_978.0)
        .number(3, 2, 3, 45_978.5)
        .hundredths(3, 0, 420_750)
        .number(3, 1, 2, 1.5)
        .boolean(4, 0, true)
        .error(4, 1, 0x07)
        .formula(4, 2, 2.5_f64.to_le_bytes())
        .formula(4, 3, [1, 0, 1, 0, 0, 0, 0xFF, 0xFF])
        .formula(4, 4, [2, 0, 0x17, 0, 0, 0, 0xFF, 0xFF])
        .formula_text(4, 5, "Tổng")
        .formula(4, 6, [3, 0, 0, 0, 0, 0, 0xFF, 0xFF])
        .merge([0, 0, 0, 1])
        .merge([2, 3, 4, 4]);
    let secret = SheetBiff::new().label(0, 0, "bí mật");
    let book = BookBiff::new(&[
        ("Số liệu", sheet),
        ("Ẩn", secret.clone().hidden()),
        ("Biểu đồ", SheetBiff::new().chart()),
        ("Hai", secret),
    ]);
    let book = read(book.bytes());
    assert_eq!(book.info.format, Format::Xls);
    assert_eq!(
        shown(&book.rows),
        [
            "0.1: Mã trạm||Ngày",
            "0.3: 7|-8|17/11/2025",
            "0.4: 4207,5|1,5|17/11/2025 12:00",
            "0.5: có|#DIV/0!|2,5|có|#REF!|Tổng",
            "3.1: bí mật",
        ]
    );
    let merges = &book.info.sheets[0].merges;
    let merge = |rows: (u32, u32), columns: (u16, u16)| Merge {
        row_first: rows.0,
        row_last: rows.1,
        column_first: columns.0,
        column_last: columns.1,
    };
    assert_eq!(*merges, [merge((0, 0), (0, 1)), merge((2, 3), (4, 4))]);
    let notices: Vec<String> = book.info.notices.iter().map(ToString::to_string).collect();
    assert_eq!(
        notices,
        [
            "Trang “Ẩn” bị ẩn nên không được đọc.",
            "Trang “Biểu đồ” không phải trang số liệu nên không được đọc."
        ]
    );
}

#[test]
fn one_sheet_or_the_first_rows_may_be_asked_for() {
    let sheet = SheetBiff::new().label(0, 0, "a").label(1, 0, "b").label(2, 0, "c");
    let bytes = BookBiff::new(&[("Một", sheet.clone()), ("Hai", sheet.hidden())]).bytes();
    let ask = |request: Request| read_here(Cursor::new(bytes.clone()), "a.xls", &request);
    let two = ask(Request { rows_per_sheet: Some(2), ..Request::default() }).expect("rows");
    assert_eq!(shown(&two.rows), ["0.1: a", "0.2: b"]);
    let hidden = ask(Request { sheet: Some(1), ..Request::default() }).expect("the hidden one");
    assert_eq!(shown(&hidden.rows).len(), 3);
    assert_eq!(
        ask(Request { sheet: Some(2), ..Request::default() }).expect_err("none").to_string(),
        "Sổ làm việc không có trang thứ 3."
    );
}

#[test]
fn cells_out_of_order_are_put_in_order_and_the_later_one_holds() {
    let sheet = SheetBiff::new().label(3, 1, "cuối").label(0, 1, "b").label(0, 0, "a").label(3, 1, "sửa");
    assert_eq!(shown(&read(BookBiff::new(&[("T", sheet)]).bytes()).rows), ["0.1: a|b", "0.4: |sửa"]);
}

#[test]
fn a_chart_inside_a_sheet_is_passed_over() {
    let chart = [record(0x809, &[0, 6, 0x20, 0]), record(0x203, &[0; 14]), record(0x0A, &[])].concat();
    let sheet = SheetBiff::new().label(0, 0, "a").raw(&chart).label(1, 0, "b");
    assert_eq!(shown(&read(BookBiff::new(&[("T", sheet)]).bytes()).rows), ["0.1: a", "0.2: b"]);
}

#[test]
fn what_a_sender_should_know_is_said() {
    let sheet = SheetBiff::new().label(0, 0, "Ngày").number(1, 0, 1, 44_516.0);
    let book = BookBiff::new(&[("T", sheet)])
        .with(record(0x22, &[1, 0]))
        .with(record(0x1AE, &[1, 0, 9, 0, 0, b'a', b'.', b'x', b'l', b's', 0, 0]));
    let bytes = common::ole::ole(&[("_VBA_PROJECT_CUR", vec![0; 64]), ("Workbook", book.stream())]);
    let book = read_here(Cursor::new(bytes), "a.xlsx", &Request::default()).expect("a workbook");
    assert_eq!(shown(&book.rows), ["0.1: Ngày", "0.2: 17/11/2025"]);
    let notices: Vec<String> = book.info.notices.iter().map(ToString::to_string).collect();
    assert_eq!(
        notices,
        [
            "Tên tệp kết thúc bằng “.xlsx” nhưng nội dung là sổ làm việc Excel 97–2003 (.xls); đã đọc theo nội dung.",
            "Tệp có macro; hệ thống không đọc và không chạy macro, chỉ lấy số liệu trong các trang.",
            "Tệp có liên kết tới tệp khác; hệ thống dùng giá trị đã lưu trong tệp.",
            "Tệp đếm ngày từ năm 1904 (Excel cho Mac); ngày đã được đổi cho đúng.",
        ]
    );
}

/// Strings in every encoding with what each is: font of the cell, runs, text.
fn mixed() -> (Vec<Vec<u8>>, Vec<u16>, Vec<String>) {
    let abc = |text: &str| tcvn3(text);
    let strings = vec![
        rich(&abc("Tổng thu ngân sách"), &[(2, " và "), (3, "chi quyết toán")]),
        string(&abc("Danh mục máy móc, thiết bị")),
        string("Ủy ban nhân dân tỉnh"),
        rich(&vni("Cân đối "), &[(1, &abc("quyết toán ngân sách"))]),
        string(&vni("QUYẾT TOÁN NGÂN SÁCH HUYỆN")),
        string(&tcvn3_capitals("TÊN TỔ CHỨC TÍN DỤNG")),
        string(&abc("Hộ")),
        rich(&abc("Số l"), &[(1, &abc("ượng"))]),
        string("Đơn vị: 1.000 đ"),
    ];
    // .VnTime, Arial, Times New Roman, VNI-Times.
    let formats = vec![FONT + 1, FONT, FONT + 1, FONT + 3, FONT + 2, FONT + 1, FONT + 1, FONT + 1, FONT + 1];
    let texts = [
        "Tổng thu ngân sách và chi quyết toán",
        "Danh mục máy móc, thiết bị",
        "Ủy ban nhân dân tỉnh",
        "Cân đối quyết toán ngân sách",
        "QUYẾT TOÁN NGÂN SÁCH HUYỆN",
        "TÊN TỔ CHỨC TÍN DỤNG",
        "Hộ",
        "Số lượng",
        "Đơn vị: 1.000 đ",
    ];
    (strings, formats, texts.map(str::to_owned).to_vec())
}

#[test]
fn text_is_read_by_its_bytes_run_by_run_wherever_records_break() {
    let (strings, formats, texts) = mixed();
    let mut sheet = SheetBiff::new();
    for (index, format) in (0..).zip(&formats) {
        sheet = sheet.shared(index as u16, 0, *format, index);
    }
    for break_at in (12..80).chain([8224]) {
        let mut book = BookBiff::new(&[("T", sheet.clone())])
            .fonts(&[".VnTime", "Times New Roman", "VNI-Times"])
            .strings(&strings);
        book.break_at = break_at;
        let book = read(book.bytes());
        let found: Vec<String> = book.rows.iter().map(|row| row.cells[0].to_string()).collect();
        assert_eq!(found, texts, "records of {break_at} bytes");
        let notices: Vec<String> = book.info.notices.iter().map(ToString::to_string).collect();
        assert_eq!(
            notices,
            ["Chữ trong tệp viết bằng bảng mã cũ TCVN3 (ABC), VNI; đã được đổi sang Unicode."]
        );
    }
}

#[test]
fn a_name_of_a_font_decides_nothing_against_the_bytes() {
    let sheet = SheetBiff::new().shared(0, 0, FONT + 1, 0).shared(1, 0, FONT + 2, 1);
    let book = BookBiff::new(&[("T", sheet)])
        .fonts(&[".VnTime", "Times New Roman"])
        .strings(&[string("Thôn Lùng Vai, xã Bản Lầu"), string(&tcvn3("Tổng số hộ trong thôn"))]);
    let found = shown(&read(book.bytes()).rows);
    assert_eq!(found, ["0.1: Thôn Lùng Vai, xã Bản Lầu", "0.2: Tổng số hộ trong thôn"]);
}

#[test]
fn text_in_its_cell_of_a_formula_and_of_a_tab_is_decoded_too() {
    let sheet = SheetBiff::new().label(0, 0, &tcvn3("Tổng số hộ dân trong huyện")).formula_text(
        1,
        0,
        &tcvn3("Đã nộp đủ ngân sách"),
    );
    let book = read(BookBiff::new(&[(&tcvn3("Số liệu tổng hợp"), sheet)]).bytes());
    assert_eq!(shown(&book.rows), ["0.1: Tổng số hộ dân trong huyện", "0.2: Đã nộp đủ ngân sách"]);
    assert_eq!(book.info.sheets[0].name, "Số liệu tổng hợp");
}

#[test]
fn a_stream_may_be_short_or_need_a_table_longer_than_the_header() {
    let book = BookBiff::new(&[("T", SheetBiff::new().label(0, 0, "Mã").label(1, 0, "A1"))]);
    let small = common::ole::ole_of_small("Workbook", &book.stream());
    assert_eq!(shown(&read(small).rows), ["0.1: Mã", "0.2: A1"]);
    // Beyond 109 tables of 128 sectors of 512 bytes.
    let mut sheet = SheetBiff::new();
    for row in 0..1_000 {
        sheet = sheet.label(row, 0, &"x".repeat(8_000));
    }
    let large = BookBiff::new(&[("T", sheet.label(1_000, 1, "cuối"))]).bytes();
    assert!(large.len() > 109 * 128 * 512);
    let rows = read(large).rows;
    assert_eq!((rows.len(), shown(&rows[1_000..])), (1_001, vec!["0.1001: |cuối".to_owned()]));
}

fn small_book() -> Vec<u8> {
    let (strings, formats, _) = mixed();
    let sheet = SheetBiff::new()
        .shared(0, 0, formats[0], 0)
        .integers(1, 0, &[1, 2, 3])
        .formula_text(2, 0, "Tổng")
        .merge([0, 0, 0, 1]);
    let mut book = BookBiff::new(&[("T", sheet)]).fonts(&[".VnTime", "Arial", "VNI-Times"]).strings(&strings);
    book.break_at = 40;
    book.bytes()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn damage_anywhere_is_read_or_refused(
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in prop::option::of(any::<prop::sample::Index>())
    ) {
        let mut bytes = small_book();
        for (place, byte) in places {
            let at = place.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _outcome = read_here(Cursor::new(bytes), "a.xls", &Request::default());
    }
}
