//! Digitisation by agency for a month, with numbers in every spelling.

use rust_xlsxwriter::XlsxError;

use crate::sheet::{Fill, header, headers, row, title, workbook};

const AGENCIES: [&str; 12] = [
    "Văn phòng UBND tỉnh",
    "Sở Nội vụ",
    "Sở Tài chính",
    "Sở Khoa học và Công nghệ",
    "Sở KH&CN",
    "Sở Nông nghiệp và Môi trường",
    "Sở Xây dựng",
    "Sở Công Thương",
    "Sở Y tế",
    "Sở Giáo dục và Đào tạo",
    "Sở Tư pháp",
    "Thanh tra tỉnh",
];

/// 15 rows: 10 good, 5 with a fault; a ratio column made by formulas, which nothing reads. Of the good ones two say more
/// digitised than there is: one explains it and one does not, which the rules of the register refuse.
pub fn by_agency() -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook()?;
    let sheet = book.add_worksheet();
    sheet.set_name("Biểu 02")?;
    sheet.merge_range(0, 0, 0, 11, "BIỂU 02. TIẾN ĐỘ SỐ HÓA HỒ SƠ, TÀI LIỆU (tệp minh họa)", &title())?;
    row(
        sheet,
        1,
        &[
            Fill::Nothing,
            Fill::Nothing,
            Fill::Nothing,
            Fill::Nothing,
            Fill::Nothing,
            Fill::Nothing,
            Fill::Nothing,
            Fill::Nothing,
            "Đơn vị tính: hồ sơ, tài liệu".into(),
        ],
    )?;
    let format = header();
    for (column, text) in [
        (0, "STT"),
        (1, "Cơ quan, đơn vị"),
        (2, "Khối"),
        (3, "Loại tài liệu"),
        (4, "ĐVT"),
        (5, "Kỳ báo cáo"),
        (6, "Địa bàn"),
    ] {
        sheet.merge_range(2, column, 3, column, text, &format)?;
    }
    sheet.merge_range(2, 7, 2, 9, "Kết quả", &format)?;
    for (column, text) in [(10, "Văn bản giải trình"), (11, "Nội dung giải trình")] {
        sheet.merge_range(2, column, 3, column, text, &format)?;
    }
    headers(sheet, 3, &["", "", "", "", "", "", "", "Phải số hóa", "Đã số hóa", "Tỷ lệ (%)"])?;
    for n in 0..15_usize {
        row(sheet, 4 + n as u32, &agency(n))?;
    }
    row(
        sheet,
        19,
        &[
            "".into(),
            "Tổng cộng".into(),
            "".into(),
            "".into(),
            "".into(),
            "".into(),
            "".into(),
            Fill::Number(118_500.0),
        ],
    )?;
    book.save_to_buffer()
}

fn agency(n: usize) -> Vec<Fill> {
    let month: Fill = match n % 4 {
        0 => "11/2025".into(),
        1 => "Tháng 11/2025".into(),
        2 => Fill::Day(2025, 11, 1),
        _ => "tháng 11 năm 2025".into(),
    };
    let mut cells: Vec<Fill> = vec![
        Fill::Number(n as f64 + 1.0),
        AGENCIES[n % AGENCIES.len()].into(),
        "Khối cơ quan nhà nước".into(),
        if n < 12 { "Hồ sơ thủ tục hành chính" } else { "Tài liệu lịch sử" }.into(),
        "hồ sơ, tài liệu".into(),
        month,
        "Tỉnh Lào Cai".into(),
        Fill::Number(4_000.0 + n as f64 * 517.0),
        Fill::Number(3_000.0 + n as f64 * 402.0),
        Fill::Formula("I5/H5*100", "75"),
    ];
    match n {
        1 => (cells[7], cells[8]) = ("12.500".into(), "10.250".into()),
        2 => (cells[7], cells[8]) = ("1.234.567".into(), "1 034 567".into()),
        // 4.607 lost its thousands mark: the cell holds four and six tenths.
        5 => cells[8] = Fill::Number(4.607),
        6 => cells[8] = "3.000,5".into(),
        7 => cells[1] = "Sở Không Tồn Tại".into(),
        8 => cells[5] = "13/2025".into(),
        // The same agency twice, under its short name.
        4 => {}
        9 => cells[8] = Fill::Nothing,
        13 => {
            (cells[7], cells[8]) = (Fill::Number(9_000.0), Fill::Number(9_450.0));
            cells.push("Biên bản kiểm kê 12/BB-SNV".into());
            cells.push("Kiểm kê lại kho: kế hoạch giao chưa tính 450 hồ sơ của kho cũ.".into());
        }
        14 => (cells[7], cells[8]) = (Fill::Number(5_000.0), Fill::Number(5_100.0)),
        _ => {}
    }
    cells
}
