//! Parcels of a commune with their owners. The people are invented.

use rust_xlsxwriter::XlsxError;

use crate::sheet::{Fill, header, headers, row, title, workbook};

const FAMILY: [&str; 6] = ["Lò", "Giàng", "Vàng", "Nguyễn", "Hoàng", "Tẩn"];
const GIVEN: [&str; 7] = ["Văn Mẫu", "Thị Ví Dụ", "A Minh", "Thị Họa", "Văn Thử", "Seo Mẫu", "Thị Nháp"];

/// 50 rows: 45 good, 5 with a fault.
pub fn of_a_commune() -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook()?;
    let sheet = book.add_worksheet();
    sheet.set_name("Thửa đất")?;
    sheet.merge_range(
        0,
        0,
        0,
        13,
        "TỔNG HỢP RÀ SOÁT THỬA ĐẤT XÃ BÁT XÁT (tệp minh họa, người không có thật)",
        &title(),
    )?;
    let format = header();
    for (column, text) in [
        (0, "STT"),
        (1, "Mã thửa đất"),
        (2, "Tên xã"),
        (8, "Phân nhóm"),
        (9, "Kết quả đối soát"),
        (10, "Áp dụng từ ngày"),
        (11, "Nguyên nhân"),
    ] {
        sheet.merge_range(2, column, 3, column, text, &format)?;
    }
    sheet.merge_range(2, 3, 2, 7, "Thửa đất", &format)?;
    sheet.merge_range(2, 12, 2, 13, "Chủ sử dụng đất", &format)?;
    headers(
        sheet,
        3,
        &[
            "",
            "",
            "",
            "Tờ số",
            "Thửa số",
            "MĐSD",
            "Diện tích (m2)",
            "Xứ đồng",
            "",
            "",
            "",
            "",
            "Họ và tên",
            "CMND/CCCD",
        ],
    )?;
    for n in 0..50_usize {
        row(sheet, 4 + n as u32, &parcel(n))?;
    }
    row(sheet, 54, &["".into(), "Tổng số".into(), "".into(), "".into(), Fill::Number(50.0)])?;
    book.save_to_buffer()
}

fn parcel(n: usize) -> Vec<Fill> {
    let (group, matched, obstacle) = match n % 5 {
        0 | 1 => ("Nhóm 1: dùng được", "Khớp", ""),
        2 => ("2", "Lệch ngày sinh", "Chủ đổi qua nhiều đời"),
        3 => ("Nhóm 2: sửa, bổ sung", "Lệch tên", "Giấy chứng nhận thất lạc; Chủ vắng mặt"),
        _ => ("3", "Thiếu định danh", "Bản đồ giấy, chưa đo"),
    };
    let mut cells: Vec<Fill> = vec![
        Fill::Number(n as f64 + 1.0),
        format!("02683-{:02}-{:04}", 10 + n / 25, n + 1).into(),
        "Xã Bát Xát".into(),
        Fill::Number(10.0 + (n / 25) as f64),
        Fill::Number(n as f64 + 1.0),
        ["ONT", "LUC", "CLN", "RSX"][n % 4].into(),
        if n.is_multiple_of(3) {
            format!("1.{:03},5", 100 + n).into()
        } else {
            Fill::Number(240.0 + n as f64 * 3.5)
        },
        "Thôn Mẫu".into(),
        group.into(),
        matched.into(),
        if n.is_multiple_of(2) { Fill::Day(2025, 10, 31) } else { "31/10/2025".into() },
        obstacle.into(),
        format!("{} {}", FAMILY[n % 6], GIVEN[n % 7]).into(),
        // No real number begins so.
        format!("000{:09}", n * 7919).into(),
    ];
    match n {
        7 => cells[6] = "1,234.5".into(),
        13 => cells[3] = "mười".into(),
        22 => cells[1] = "02683-10-0022".into(),
        31 => cells[8] = "Nhóm 4".into(),
        40 => cells[10] = "2025".into(),
        _ => {}
    }
    cells
}
