//! Lines of the science and technology budget, with money written in several units.

use rust_xlsxwriter::XlsxError;

use crate::sheet::{Fill, headers, row, workbook};

/// 24 rows: 21 good, 3 with a fault; roman groups and a subtotal in each.
pub fn lines() -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook()?;
    let sheet = book.add_worksheet();
    sheet.set_name("PL I")?;
    row(sheet, 0, &["PHỤ LỤC I. DANH MỤC NHIỆM VỤ CHI NĂM 2025 (tệp minh họa)".into()])?;
    headers(
        sheet,
        2,
        &[
            "STT",
            "Năm ngân sách",
            "Mã nhiệm vụ chi",
            "Danh mục",
            "Chủ đầu tư",
            "Địa bàn",
            "Loại chi",
            "Nguồn kinh phí",
            "Chương",
            "Nhóm chi",
            "Tỷ trọng tính vào nhóm chi (%)",
            "Kinh phí (triệu đồng)",
        ],
    )?;
    let mut at = 3;
    for (group, name) in
        [("I", "Khoa học và công nghệ"), ("II", "Đổi mới sáng tạo"), ("III", "Chuyển đổi số")]
    {
        row(sheet, at, &[group.into(), name.into()])?;
        at += 1;
        for n in 0..8_usize {
            row(sheet, at, &line(group.len(), n, name))?;
            at += 1;
        }
        row(
            sheet,
            at,
            &[
                "".into(),
                "Cộng".into(),
                "".into(),
                "".into(),
                "".into(),
                "".into(),
                "".into(),
                "".into(),
                "".into(),
                "".into(),
                "".into(),
                Fill::Number(9_600.0),
            ],
        )?;
        at += 1;
    }
    row(sheet, at, &["".into(), "TỔNG CỘNG (I+II+III)".into()])?;
    book.save_to_buffer()
}

fn line(group: usize, n: usize, name: &str) -> Vec<Fill> {
    const OWNERS: [&str; 4] = ["Sở Khoa học và Công nghệ", "Sở Y tế", "Văn phòng UBND tỉnh", "Sở Tài chính"];
    let number = (group - 1) * 8 + n;
    let mut cells: Vec<Fill> = vec![
        Fill::Number(n as f64 + 1.0),
        Fill::Number(2025.0),
        format!("NS25-{:03}", number + 1).into(),
        format!("Nhiệm vụ minh họa số {} về {}", number + 1, name.to_lowercase()).into(),
        OWNERS[n % 4].into(),
        "Tỉnh Lào Cai".into(),
        if n.is_multiple_of(2) { "Chi thường xuyên" } else { "chi đầu tư phát triển" }.into(),
        if n.is_multiple_of(3) { "Trung ương bổ sung" } else { "Ngân sách địa phương" }.into(),
        Fill::Number(417.0),
        match group {
            1 => "Khoa học và công nghệ".into(),
            2 => "Khoa học và công nghệ; Đổi mới sáng tạo".into(),
            _ => "Chuyển đổi số".into(),
        },
        if n.is_multiple_of(2) { "100".into() } else { Fill::Number(62.5) },
        format!("{}.{:03},5", 1 + n, 200 + n).into(),
    ];
    match number {
        5 => cells[7] = "Vốn vay nước ngoài".into(),
        12 => cells[1] = "Hai nghìn".into(),
        20 => cells[10] = "120".into(),
        _ => {}
    }
    cells
}
