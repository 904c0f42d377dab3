//! The annex of a plan: roman groups, lead and cooperating agencies, deadlines in words.

use rust_xlsxwriter::XlsxError;

use crate::sheet::{Fill, header, headers, row, title, workbook};

const LEADS: [&str; 8] = [
    "Sở Khoa học và Công nghệ",
    "Sở Nội vụ",
    "Văn phòng UBND tỉnh",
    "Sở Tài chính",
    "Sở Nông nghiệp và Môi trường",
    "Công an tỉnh",
    "Sở Giáo dục và Đào tạo",
    "Văn phòng Tỉnh ủy",
];

const GROUPS: [&str; 6] = [
    "Nâng cao nhận thức, đổi mới tư duy",
    "Hoàn thiện thể chế",
    "Phát triển hạ tầng",
    "Phát triển nguồn nhân lực",
    "Chuyển đổi số trong cơ quan Đảng, nhà nước",
    "Hợp tác, doanh nghiệp",
];

const DEADLINES: [&str; 10] = [
    "Quý IV/2025",
    "Thường xuyên",
    "Trước 30/11",
    "2025–2030",
    "31/12/2025",
    "Tháng 12/2025",
    "Quý I/2026",
    "Hằng năm",
    "Năm 2026",
    "Trước ngày 15/12/2025",
];

/// 60 tasks in six groups: 56 good, 4 with a fault.
pub fn annex() -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook()?;
    let sheet = book.add_worksheet();
    sheet.set_name("Phụ lục")?;
    let center = title();
    sheet.merge_range(0, 0, 0, 8, "PHỤ LỤC", &center)?;
    sheet.merge_range(
        1,
        0,
        1,
        8,
        "DANH MỤC NHIỆM VỤ (kèm theo Kế hoạch minh họa, không có thật)",
        &center,
    )?;
    let format = header();
    for (column, text) in [
        (0, "TT"),
        (1, "Mã NV"),
        (2, "Nội dung công việc"),
        (5, "Thời gian hoàn thành"),
        (6, "Sản phẩm"),
        (7, "Ngày giao"),
        (8, "Ghi chú"),
    ] {
        sheet.merge_range(3, column, 4, column, text, &format)?;
    }
    sheet.merge_range(3, 3, 3, 4, "Cơ quan thực hiện", &format)?;
    headers(sheet, 4, &["", "", "", "Chủ trì", "Phối hợp"])?;
    let mut at = 5;
    for (group, (roman, name)) in ["I", "II", "III", "IV", "V", "VI"].into_iter().zip(GROUPS).enumerate() {
        row(sheet, at, &[roman.into(), "".into(), name.to_uppercase().into()])?;
        at += 1;
        for n in 0..10_usize {
            row(sheet, at, &task(group, n))?;
            at += 1;
        }
    }
    row(sheet, at + 1, &[Fill::Nothing, Fill::Nothing, "Nơi nhận: như Kế hoạch".into()])?;
    book.save_to_buffer()
}

fn task(group: usize, n: usize) -> Vec<Fill> {
    let number = group * 10 + n;
    let other = LEADS[(number + 3) % LEADS.len()];
    let mut cells: Vec<Fill> = vec![
        Fill::Number(n as f64 + 1.0),
        format!("NV-{:03}", number + 1).into(),
        format!("Nhiệm vụ minh họa số {}: {}", number + 1, GROUPS[group].to_lowercase()).into(),
        LEADS[number % LEADS.len()].into(),
        if n.is_multiple_of(3) {
            "Các sở, ban, ngành; UBND các xã, phường".into()
        } else {
            other.into()
        },
        DEADLINES[number % DEADLINES.len()].into(),
        ["Kế hoạch", "Báo cáo", "Hệ thống hoạt động", "Quyết định"][n % 4].into(),
        Fill::Day(2025, 11, 5),
        "".into(),
    ];
    match number {
        4 => cells[5] = Fill::Day(2025, 12, 31),
        14 => cells[3] = "Sở Tài chính, Sở Khoa học và Công nghệ".into(),
        27 => cells[5] = "Sớm nhất có thể".into(),
        38 => cells[3] = Fill::Nothing,
        51 => cells[1] = "NV-051".into(),
        _ => {}
    }
    cells
}
