//! Samples of tables.

use super::LONG_NAME;
use super::figures::{share, whole};
use crate::html::Html;
use crate::icon::Icon;
use crate::link::Link;
use crate::nav::Pager;
use crate::status::{Status, StatusChip};
use crate::table::{Cell, Column, DataTable, Flag, Kind, Order, Row, Sort};

pub(super) fn samples() -> Vec<(&'static str, Html)> {
    vec![
        ("Bảng thường gặp", tasks().html()),
        ("Bảng rỗng", empty().html()),
        ("Bảng nhiều cột", wide().html()),
        ("Bảng có hàng tổng", totals().html()),
    ]
}

fn tasks() -> DataTable {
    let mut due = Column::new("Hạn", Kind::Date);
    due.sort = Some(Sort { href: "/mau?xep=-han".to_owned(), order: Some(Order::Ascending) });
    let mut lead = Column::new("Chủ trì", Kind::Text);
    lead.sort = Some(Sort { href: "/mau?xep=chu-tri".to_owned(), order: None });
    let columns = vec![Column::new("Nhiệm vụ", Kind::Text), lead, due, Column::new("Trạng thái", Kind::Text)];
    let mut table = DataTable::new("bang-nhiem-vu", "Nhiệm vụ giao tại hội nghị, sắp theo hạn", columns);
    table.note = Some("Tỉnh Minh Họa · đến 17/11/2025".to_owned());
    let row = |name: &str, lead: &str, due: &str, status| {
        let chip = Cell::status(StatusChip::new(status));
        Row::new(vec![Cell::link(name, "/mau"), Cell::text(lead), Cell::text(due), chip])
    };
    table.rows = vec![
        row(
            "Rà soát vùng lõm sóng ở thôn, bản",
            "Sở Khoa học và Công nghệ",
            "05/11/2025",
            Status::Overdue { days: 12 },
        ),
        row("Trình quy chế quỹ đầu tư mạo hiểm", "Sở Tài chính", "20/11/2025", Status::DueSoon),
        row("Nối cửa khẩu thông minh với hệ thống hải quan", LONG_NAME, "31/12/2025", Status::Doing),
        row("Làm sạch dữ liệu thửa đất", "Sở Nông nghiệp và Môi trường", "30/06/2026", Status::Stuck),
    ];
    let mut missing = Row::new(vec![
        Cell::link("Xây dựng kho dữ liệu dùng chung", "/mau"),
        Cell::text("Ủy ban nhân dân xã Đông Sơn"),
        Cell::missing("chưa có hạn"),
        Cell::status(StatusChip::new(Status::NotStarted)),
    ]);
    missing.flag = Some(Flag::new(Icon::Warning, "thiếu ngày"));
    table.rows.push(missing);
    table.pager = Some(Pager {
        summary: "5 dòng trên 60 nhiệm vụ".to_owned(),
        first: None,
        previous: None,
        next: Some("/mau?sau=5".to_owned()),
        sizes: Vec::new(),
    });
    table
}

fn empty() -> DataTable {
    let columns = vec![Column::new("Mã trạm", Kind::Text), Column::new("Ngày phát sóng", Kind::Date)];
    let mut table = DataTable::new("bang-rong", "Trạm BTS", columns);
    table.empty.text = "Không có bản ghi nào khớp: nhà mạng C, chưa phát sóng.".to_owned();
    table.empty.links = vec![Link::new("Bỏ lọc", "/mau")];
    table
}

fn wide() -> DataTable {
    let mut columns = vec![Column::new("Xã, phường", Kind::Text)];
    columns.extend((1..=10).map(|month| {
        let mut column = Column::new(format!("Tháng {month}"), Kind::Number);
        column.unit = Some("trạm".to_owned());
        column
    }));
    let mut table = DataTable::new("bang-rong-cot", "Trạm BTS theo xã và tháng", columns);
    for (place, base) in [("Phường Minh Tâm", 41), ("Xã Đông Sơn", 1_205), ("Xã Ắng Cang", 7)] {
        let months = (1..=10).map(|month| match month {
            9 if base < 10 => Cell::missing("chưa báo"),
            month => Cell::figure(whole("stations", &format!("2025-{month:02}"), base + month)),
        });
        let cells = std::iter::once(Cell::link(place, "/mau")).chain(months);
        table.rows.push(Row::new(cells.collect()));
    }
    table
}

fn totals() -> DataTable {
    let mut count = Column::new("Trạm", Kind::Number);
    count.unit = Some("trạm".to_owned());
    let columns = vec![Column::new("Nhà mạng", Kind::Text), count, Column::new("Tỷ lệ", Kind::Percent)];
    let mut table = DataTable::new("bang-tong", "Trạm BTS theo nhà mạng", columns);
    let row = |name: &str, value, part| {
        let figure = Cell::figure(whole("stations", "2025-10", value));
        Row::new(vec![Cell::text(name), figure, Cell::figure(share("stations", "2025-10", part))])
    };
    table.rows =
        vec![row("Nhà mạng A", 1_560, 500_000), row("Nhà mạng B", 1_248, 400_000), row("Khác", 312, 100_000)];
    table.total = Some(row("Tổng", 3_120, 1_000_000));
    table
}
