//! Samples of figures.

use mc_base::{Instant, Period, PlaceId, Scaled, Seq};

use crate::chart::BulletBar;
use crate::figure::{
    Absent, Basis, Change, FigureChip, FigureText, FigureTile, Handle, ListHandle, Target, TileValue, Tiles,
};
use crate::html::Html;
use crate::link::Link;
use crate::number::{NumberStyle, ViNum};

/// Handle of an invented figure.
pub(super) fn handle(indicator: &str, period: &str) -> Handle {
    Handle {
        indicator: indicator.to_owned(),
        version: 1,
        place: PlaceId(35),
        period: self::period(period),
        position: Seq(20_852),
        cut: None,
    }
}

/// A text that names no period gives the first day of 1970, which a reviewer of the snapshots would see.
fn period(text: &str) -> Period {
    Period::parse(text).unwrap_or(Period::of_day(Instant(0).day()))
}

/// A figure of whole numbers that leads to its records.
pub(super) fn whole(indicator: &str, period: &str, value: i64) -> FigureText {
    FigureText::linked(ViNum::whole(value), handle(indicator, period), "/chi-tieu/tram-bts?dv=MH&ky=2025-10")
}

/// A share in millionths.
pub(super) fn share(indicator: &str, period: &str, millionths: i64) -> FigureText {
    FigureText::new(percent(millionths), handle(indicator, period))
}

/// A percentage in millionths.
pub(super) fn percent(millionths: i64) -> ViNum {
    ViNum::new(Scaled { mantissa: millionths, scale: 6 }, NumberStyle::Percent(1))
}

pub(super) fn samples() -> Vec<(&'static str, Html)> {
    vec![("Ô số liệu", tiles()), ("Số liệu trong câu", chips()), ("Tổng của danh sách", list_total())]
}

fn stations() -> FigureTile {
    let mut tile = FigureTile::new(
        "Trạm BTS",
        TileValue::Shown(whole("stations", "2025-10", 3_120)),
        "31/10/2025",
        Basis::Counted,
    );
    tile.unit = "trạm".to_owned();
    tile.listed = Some("100% có danh sách".to_owned());
    tile.change = Some(Change {
        words: "+412 so với tháng 7/2025".to_owned(),
        href: Some("/chi-tieu/tram-bts/vi-sao-thay-doi".to_owned()),
    });
    tile.records = Some(Link::new("Xem 3.120 bản ghi", "/so/tram-bts?dv=MH"));
    tile
}

fn digitisation() -> FigureTile {
    let figure = share("digitisation_rate", "2025-10", 842_000);
    let target = percent(900_000);
    let bar = BulletBar::new(&figure, &target, Scaled { mantissa: 1, scale: 0 });
    let value = TileValue::Shown(figure);
    let mut tile = FigureTile::new("Hồ sơ, tài liệu đã số hóa", value, "31/10/2025", Basis::Mixed);
    tile.denominator = Some("1.684.000 trên 2.000.000 hồ sơ, tài liệu".to_owned());
    tile.target = Some(Target {
        words: "Mục tiêu 2025: 90%".to_owned(),
        href: Some("/so/muc-tieu/so-hoa".to_owned()),
        bar: Some(bar),
    });
    tile.stale = Some("chậm 12 ngày".to_owned());
    tile
}

fn spending() -> FigureTile {
    let amount = ViNum::new(Scaled { mantissa: 231_500_000_000, scale: 0 }, NumberStyle::Dong);
    let figure = FigureText::linked(amount, handle("st_spending", "2025-10"), "/chi-tieu/chi-khcn");
    let name = "Chi ngân sách cho khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số lũy kế từ đầu năm";
    let mut tile = FigureTile::new(name, TileValue::Shown(figure), "31/10/2025", Basis::Total);
    tile.remark = Some("chưa hết kỳ".to_owned());
    tile
}

fn absent() -> FigureTile {
    let absent = Absent {
        words: "chưa công bố".to_owned(),
        elsewhere: Some(Link::new("xem ở Tỉnh Minh Họa", "/chi-tieu/nhiem-vu-qua-han?dv=MH")),
    };
    FigureTile::new("Nhiệm vụ quá hạn", TileValue::Absent(absent), "17/11/2025", Basis::Published)
}

fn tiles() -> Html {
    Tiles { tiles: vec![stations(), digitisation(), spending(), absent()] }.html()
}

fn chips() -> Html {
    let mut labelled = FigureChip::new(whole("stations", "2025-10", 3_120), "trạm");
    labelled.label = "Trạm BTS".to_owned();
    labelled.as_of = Some("31/10/2025".to_owned());
    let mut mixed = FigureChip::new(share("digitisation_rate", "2025-10", 842_000), "");
    mixed.basis = Some(Basis::Mixed);
    let mut moved = FigureChip::new(whole("data_centres", "2025-10", 2), "trung tâm dữ liệu");
    moved.before = Some("1".to_owned());
    Html::join(&[labelled.html(), mixed.html(), moved.html()])
}

fn list_total() -> Html {
    let source = ListHandle {
        register: "base_station".to_owned(),
        filter: "nha-mang=a".to_owned(),
        position: Seq(20_852),
    };
    FigureChip::new(FigureText::new(ViNum::whole(1_204), source), "bản ghi").html()
}
