//! Station lists of three invented operators, three ways of keeping a list.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::places::{commune, degrees};
use crate::sheet::{Fill, header, headers, row, title, workbook};

/// Two header rows with merged cells, a row of column numbers, a total, a signature, a hidden sheet.
///
/// 60 rows: 42 new stations, 10 known ones that changed on a day of November 2025, 8 with a fault.
pub fn operator_a() -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook()?;
    let sheet = book.add_worksheet();
    sheet.set_name("Trạm BTS")?;
    sheet.merge_range(0, 0, 0, 10, "NHÀ MẠNG A – CHI NHÁNH LÀO CAI (tệp minh họa)", &title())?;
    sheet.merge_range(1, 0, 1, 10, "DANH SÁCH TRẠM BTS TĂNG, GIẢM ĐẾN NGÀY 15/11/2025", &title())?;
    header_a(sheet)?;
    for n in 0..60 {
        row(sheet, 6 + n as u32, &station_a(n))?;
    }
    row(sheet, 66, &["".into(), "Tổng cộng".into(), "".into(), "60 trạm".into()])?;
    row(
        sheet,
        68,
        &[
            Fill::Nothing,
            Fill::Nothing,
            Fill::Nothing,
            Fill::Nothing,
            Fill::Nothing,
            Fill::Nothing,
            "Lào Cai, ngày 15 tháng 11 năm 2025".into(),
        ],
    )?;
    row(sheet, 69, &[Fill::Nothing, "Người lập biểu".into()])?;
    let hidden = book.add_worksheet();
    hidden.set_name("tra cuu")?.set_hidden(true);
    row(hidden, 0, &["Mã trạm".into(), "Trạng thái".into()])?;
    row(hidden, 1, &["X".into(), "Đang phát sóng".into()])?;
    book.save_to_buffer()
}

fn header_a(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let format = header();
    for (column, text) in [
        (0, "STT"),
        (1, "Mã trạm BTS"),
        (2, "Nhà mạng"),
        (8, "Ngày phát sóng"),
        (9, "Chiều cao cột (m)"),
        (10, "Ghi chú"),
    ] {
        sheet.merge_range(3, column, 4, column, text, &format)?;
    }
    sheet.merge_range(3, 3, 3, 5, "Địa điểm đặt trạm", &format)?;
    sheet.merge_range(3, 6, 3, 7, "Trạng thái", &format)?;
    headers(sheet, 4, &["", "", "", "Xã/Phường", "Kinh độ", "Vĩ độ", "Tình trạng", "Áp dụng từ ngày"])?;
    let numbers: Vec<String> = (1..=11).map(|n| format!("({n})")).collect();
    headers(sheet, 5, &numbers.iter().map(String::as_str).collect::<Vec<_>>())
}

fn station_a(n: usize) -> Vec<Fill> {
    let (place, lon, lat) = commune(n);
    let mut cells: Vec<Fill> = vec![
        Fill::Number(n as f64 + 1.0),
        format!("LC-A-{:04}", n + 1).into(),
        "Nhà mạng A".into(),
        place.into(),
        degrees(lon + n as i32, ',').into(),
        degrees(lat + n as i32, ',').into(),
        "Đang phát sóng".into(),
        Fill::Day(2025, 11, 1 + (n % 14) as u8),
        Fill::Day(2025, 10, 1 + (n % 28) as u8),
        Fill::Number(30.0 + (n % 5) as f64 * 1.5),
        "".into(),
    ];
    dirty_a(n, &mut cells);
    fault_a(n, &mut cells);
    cells
}

/// What is ugly and still means one thing.
fn dirty_a(n: usize, cells: &mut [Fill]) {
    match n {
        3 => cells[3] = "phường Lào cai".into(),
        5 => cells[3] = "  Xã  Xuân Hòa ".into(),
        6 => cells[3] = "Xã Y Tí".into(),
        8 => cells[3] = "PHƯỜNG SA PA".into(),
        9 => cells[3] = "Xa\u{303} Ba\u{301}t Xa\u{301}t".into(),
        10 => cells[7] = "1/11/25".into(),
        11 => cells[7] = "02-11-2025".into(),
        12 => cells[7] = "ngày 03 tháng 11 năm 2025".into(),
        13 => (cells[4], cells[5]) = (Fill::Number(104.005), Fill::Number(22.5064)),
        // Two operators on one roof: a remark, no refusal.
        14 => (cells[4], cells[5]) = ("104,005".into(), "22,5064".into()),
        15 => cells[6] = "đang phát sóng ".into(),
        16 => cells[6] = "Đang xây dựng".into(),
        17 => cells[6] = "live".into(),
        18 => (cells[4], cells[5]) = (Fill::Nothing, Fill::Nothing),
        // Known stations of the register: seven stop, three lose contact.
        40..=49 => {
            cells[1] = format!("LC-{:05}", n - 39).into();
            cells[6] = if n < 47 { "Ngừng hoạt động" } else { "Mất liên lạc" }.into();
            cells[8] = Fill::Nothing;
            cells[10] = "Thay đổi so với kỳ trước".into();
        }
        _ => {}
    }
}

fn fault_a(n: usize, cells: &mut [Fill]) {
    match n {
        20 => cells[7] = "31/02/2025".into(),
        22 => cells[3] = "Xã Bản Không Có".into(),
        24 => cells[1] = Fill::Nothing,
        26 => cells[1] = "LC-A-0026".into(),
        28 => cells[6] = "Phát tốt".into(),
        30 => (cells[4], cells[5]) = ("2489013".into(), "405221".into()),
        32 => cells[3] = Fill::Formula("VLOOKUP(D1,#REF!,2,0)", "#REF!"),
        34 => cells[7] = Fill::Nothing,
        _ => {}
    }
}

/// One header row, communes merged downwards, lettered groups, the header repeated on the second page, dates
/// that lost their format.
///
/// 40 rows of stations: 37 good, 3 with a fault.
pub fn operator_b() -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook()?;
    let sheet = book.add_worksheet();
    sheet.set_name("Sheet1")?;
    row(sheet, 0, &["BÁO CÁO HẠ TẦNG VÔ TUYẾN – NHÀ MẠNG B (tệp minh họa)".into()])?;
    row(sheet, 1, &["Kỳ báo cáo: tháng 11/2025".into()])?;
    let texts = [
        "TT",
        "Đơn vị hành chính",
        "Ký hiệu trạm",
        "Doanh nghiệp",
        "Hiện trạng",
        "Bắt đầu từ",
        "Toạ độ",
        "Địa điểm lắp đặt",
    ];
    headers(sheet, 2, &texts)?;
    let format = header();
    let mut at = 3;
    for group in 0..10_usize {
        if group == 5 {
            row(sheet, at, &["B".into(), "Khu vực phía nam".into()])?;
            headers(sheet, at + 1, &texts)?;
            at += 2;
        } else if group == 0 {
            row(sheet, at, &["A".into(), "Khu vực phía bắc".into()])?;
            at += 1;
        }
        let (place, lon, lat) = commune(group * 3 + 1);
        sheet.merge_range(at, 1, at + 3, 1, place, &format)?;
        for n in 0..4_usize {
            let number = group * 4 + n;
            let mut cells: Vec<Fill> = vec![
                Fill::Number(number as f64 + 1.0),
                Fill::Nothing,
                format!("LC-B-{:04}", number + 1).into(),
                "Nhà mạng B".into(),
                if number % 9 == 8 { "Quy hoạch" } else { "Đang phát sóng" }.into(),
                // 45962 is 01/11/2025.
                Fill::Number(45_962.0 + (number % 14) as f64),
                format!("{}; {}", degrees(lat + number as i32, ','), degrees(lon + number as i32, ','))
                    .into(),
                "Đồi trung tâm".into(),
            ];
            match number {
                7 => cells[2] = "LC-B-0007".into(),
                19 => cells[5] = "30/02/2025".into(),
                33 => cells[4] = "?".into(),
                _ => {}
            }
            row(sheet, at, &cells)?;
            at += 1;
        }
    }
    row(sheet, at, &["".into(), "Cộng:".into(), "40".into()])?;
    row(sheet, at + 2, &["Ghi chú: toạ độ theo hệ WGS 84".into()])?;
    book.save_to_buffer()
}

/// Nine of the fourteen stations that a commune of the invented province had reported as a mere total: the
/// list begins to replace it.
pub fn of_a_commune() -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook()?;
    let sheet = book.add_worksheet();
    sheet.set_name("Trạm của xã")?;
    sheet.merge_range(0, 0, 0, 6, "UBND XÃ LŨNG ONG MẬT (tệp minh họa)", &title())?;
    sheet.merge_range(1, 0, 1, 6, "DANH SÁCH TRẠM BTS TRÊN ĐỊA BÀN, ĐỢT 1: 9 TRẠM", &title())?;
    headers(
        sheet,
        3,
        &["STT", "Mã trạm BTS", "Nhà mạng", "Xã/Phường", "Tình trạng", "Áp dụng từ ngày", "Ngày phát sóng"],
    )?;
    for n in 0..9_usize {
        let operator = ["Nhà mạng A", "Nhà mạng B", "Nhà mạng C"][n % 3];
        let cells: [Fill; 7] = [
            Fill::Number(n as f64 + 1.0),
            format!("MH-LOM-{:03}", n + 1).into(),
            operator.into(),
            "Xã Lũng Ong Mật".into(),
            "Đang phát sóng".into(),
            Fill::Day(2025, 7, 1),
            Fill::Day(2019 + (n % 6) as u16, 1 + n as u8, 15),
        ];
        row(sheet, 4 + n as u32, &cells)?;
    }
    row(sheet, 14, &["".into(), "Tổng cộng".into(), "".into(), "9 trạm".into()])?;
    book.save_to_buffer()
}

/// Semicolons, a byte order mark, mixed line ends, quoted cells with line breaks, a total.
///
/// 30 rows: 27 good, 3 with a fault.
pub fn operator_c() -> Vec<u8> {
    let mut text = "\u{feff}Station ID;Chủ trạm;Tên xã;Lat/Long;Trạng thái trạm;\
        Trạng thái từ ngày;Thời điểm phát sóng\r\n"
        .to_owned();
    for n in 0..30_usize {
        let (place, lon, lat) = commune(n + 2);
        let code = if n == 11 { "LC-C-0011".to_owned() } else { format!("LC-C-{:04}", n + 1) };
        let place = match n {
            4 => "\"Xã\nBảo Thắng\"".to_owned(),
            17 => "Xã Nà Vô Danh".to_owned(),
            _ => place.to_owned(),
        };
        let point = format!("{} {}", degrees(lat + n as i32, '.'), degrees(lon + n as i32, '.'));
        let since = match n {
            6 => "2025-11-07".to_owned(),
            21 => "31/11/2025".to_owned(),
            _ => format!("{}.11.2025", 1 + n % 14),
        };
        let end = if n.is_multiple_of(3) { "\n" } else { "\r\n" };
        text.push_str(&format!(
            "{code};Nhà mạng C;{place};{point};\"Đang phát sóng\";{since};15/10/2025{end}"
        ));
    }
    text.push_str("\r\nTổng số;30;;;;;\r\n");
    text.into_bytes()
}
