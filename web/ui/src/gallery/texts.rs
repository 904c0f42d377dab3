//! Samples of messages, statuses, ways around and blocks.

use askama::Template;

use super::LONG_NAME;
use crate::block::{Notice, Pairs, Panel, PinLink, ProofLine, ProofLines, Verdict};
use crate::html::{Html, component};
use crate::icon::Icon;
use crate::link::Link;
use crate::message::{Message, Tone};
use crate::nav::{Pager, Tab, Tabs};
use crate::status::{Status, StatusChip};

#[derive(Template)]
#[template(path = "gallery_row.html")]
struct Line {
    items: Vec<Html>,
}

component!(Line);

pub(super) fn samples() -> Vec<(&'static str, Html)> {
    vec![
        ("Trạng thái", statuses()),
        ("Biểu tượng", Line { items: Icon::ALL.iter().map(|icon| icon.html()).collect() }.html()),
        ("Thông báo", messages()),
        ("Dải trên cùng", Notice::illustrative("17/11/2025").html()),
        ("Thẻ chuyển trang", tabs()),
        ("Trang danh sách", pager()),
        ("Cặp tên và giá trị", pairs()),
        ("Ba dòng bằng chứng", proofs()),
        ("Ghim số liệu", pins()),
    ]
}

fn statuses() -> Html {
    let mut items: Vec<Html> = Status::SAMPLES.iter().map(|status| StatusChip::new(*status).html()).collect();
    items.push(StatusChip::worded(Status::Waiting, "Chờ Ủy ban nhân dân tỉnh thẩm định").html());
    Line { items }.html()
}

fn messages() -> Html {
    let mut conflict = Message::new(Tone::Warn, "Bản ghi đã được người khác sửa lúc 14:05 ngày 17/11/2025");
    conflict.body = Html::text("Bản của bạn dựa trên lần ghi 20.840, bản hiện nay là lần ghi 20.852.");
    conflict.links = vec![Link::new("Xem cả hai bản", "/so/tram-bts/MH-0001/so-sanh")];
    let refused = Message::new(Tone::Bad, "Không nhận tệp: cần .xlsx hoặc .csv, tệp đã chọn là .exe");
    Html::join(&[
        Message::new(Tone::Info, "Tỉnh này chưa công bố số nhiệm vụ quá hạn").html(),
        Message::new(Tone::Good, "Đã ghi 12 bản ghi, lần ghi 20.852").html(),
        conflict.html(),
        refused.html(),
    ])
}

fn tabs() -> Html {
    let tab = |text: &str, current, count: Option<&str>| Tab {
        link: Link::new(text, "/mau"),
        current,
        count: count.map(str::to_owned),
    };
    let tabs = vec![
        tab("Theo thời gian", true, None),
        tab("Theo địa bàn", false, Some("99")),
        tab("Theo nhà mạng", false, Some("4")),
        tab("Vì sao thay đổi?", false, None),
    ];
    Tabs { label: "Cách xem chỉ tiêu".to_owned(), tabs }.html()
}

fn pager() -> Html {
    let middle = Pager {
        summary: "100 dòng, hơn 10.000 bản ghi".to_owned(),
        first: Some("/mau".to_owned()),
        previous: Some("/mau?truoc=MH-0101".to_owned()),
        next: Some("/mau?sau=MH-0200".to_owned()),
        sizes: ["20", "50", "100"]
            .map(|rows| Tab {
                link: Link::new(rows, format!("/mau?dong={rows}")),
                current: rows == "100",
                count: None,
            })
            .to_vec(),
    };
    let only =
        Pager { summary: "12 dòng".to_owned(), first: None, previous: None, next: None, sizes: Vec::new() };
    Html::join(&[middle.html(), only.html()])
}

fn pairs() -> Html {
    let pair = |term: &str, value: &str| (term.to_owned(), Html::text(value));
    let pairs = vec![
        pair("Mã trạm", "MH-BTS-00017"),
        pair("Đơn vị quản lý", LONG_NAME),
        ("Trạng thái".to_owned(), StatusChip::new(Status::Done).html()),
        pair("Đúng vào ngày", "01/10/2025"),
        pair("Biết từ lúc", "17/11/2025 09:12, lần ghi 20.852"),
    ];
    Pairs { pairs }.html()
}

fn proofs() -> Html {
    let counted = ProofLines {
        subject: "3.120 trạm, Tỉnh Minh Họa, tháng 10/2025".to_owned(),
        recorded: ProofLine::new(Verdict::Holds, "3.120 bản ghi có trong sổ cái, ghi trước lần ghi 20.852."),
        arithmetic: ProofLine::new(Verdict::Holds, "Đếm lại từ 3.120 bản ghi ra đúng 3.120."),
        completeness: ProofLine::new(Verdict::NotShown, "Không chứng minh được."),
        links: vec![
            Link::new("Tải tệp bằng chứng", "/bang-chung/tram-bts"),
            Link::new("Cách kiểm tra", "/kiem-chung"),
        ],
    };
    let broken = ProofLines {
        subject: LONG_NAME.to_owned(),
        recorded: ProofLine::new(Verdict::Fails, "Bản ghi MH-BTS-00017 khác với bản đã niêm phong."),
        arithmetic: ProofLine::new(Verdict::NotShown, "Chưa kiểm số học: quá 10.000 bản ghi."),
        completeness: ProofLine::new(Verdict::NotShown, "Không chứng minh được."),
        links: Vec::new(),
    };
    Html::join(&[counted.html(), broken.html(), why()])
}

fn why() -> Html {
    let body =
        Html::text("Tử số 1.684.000 chia mẫu số 2.000.000 là 0,842, làm tròn một chữ số sau dấu phẩy.");
    Panel { id: "vi-sao".to_owned(), title: "Vì sao là 84,2%?".to_owned(), body }.html()
}

fn pins() -> Html {
    let now = PinLink {
        pinned: false,
        position: "lần ghi 20.852".to_owned(),
        href: "/mau?tai=ghi-20852".to_owned(),
        address: "/mau?tai=ghi-20852".to_owned(),
    };
    let pinned = PinLink { pinned: true, href: "/mau".to_owned(), ..now.clone() };
    Html::join(&[now.html(), pinned.html()])
}
