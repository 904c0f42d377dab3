//! Samples of charts.

use mc_base::Scaled;

use super::LONG_NAME;
use super::figures::{percent, share, whole};
use crate::chart::{
    Bar, BulletChart, DotMap, Fill, Frame, LineChart, LinePoint, MapPoint, Series, StackedBars, TargetLine,
};
use crate::html::Html;
use crate::link::Link;
use crate::number::NumberStyle;

pub(super) fn samples() -> Vec<(&'static str, Html)> {
    vec![
        ("Đường theo thời gian", counts().html()),
        ("Đường có mục tiêu", rates().html()),
        ("Đường chưa có số", no_values().html()),
        ("Thanh chồng", tasks().html()),
        ("Thanh mục tiêu", bullet().html()),
        ("Sơ đồ điểm", map().html()),
    ]
}

fn frame(id: &str, title: &str, sentence: &str) -> Frame {
    Frame {
        id: id.to_owned(),
        title: title.to_owned(),
        sentence: sentence.to_owned(),
        source: "Tỉnh Minh Họa · số liệu đến 31/10/2025 · đếm từ bản ghi".to_owned(),
        download: Some(Link::new("Tải CSV", "/mau.csv")),
    }
}

fn counts() -> LineChart {
    let values = [2_655, 2_660, 2_671, 2_690, 2_702, 2_705, 2_708, 2_790, 2_981, 3_120];
    let points = (1..).zip(values).map(|(month, value)| LinePoint {
        name: format!("Tháng {month}/2025"),
        short: format!("T{month}"),
        figure: Some(whole("stations", &format!("2025-{month:02}"), value)),
        unfinished: month == 10,
    });
    LineChart {
        frame: frame(
            "duong-tram",
            "Số trạm tăng 412 từ tháng 7 đến tháng 10/2025",
            "Đường số trạm theo tháng, từ 2.655 ở tháng 1 lên 3.120 ở tháng 10/2025.",
        ),
        style: NumberStyle::Plain(0),
        column: "Trạm".to_owned(),
        points: points.collect(),
        target: None,
    }
}

fn rates() -> LineChart {
    let values = [Some(310_000), None, Some(655_500), Some(842_000)];
    let points = (1..).zip(values).map(|(quarter, value)| LinePoint {
        name: format!("Quý {quarter}/2025"),
        short: format!("Q{quarter}"),
        figure: value.map(|value| share("digitisation_rate", &format!("2025-Q{quarter}"), value)),
        unfinished: false,
    });
    LineChart {
        frame: frame(
            "duong-so-hoa",
            "Tỷ lệ số hóa đạt 84,2%, còn thiếu 5,8 điểm phần trăm so với mục tiêu",
            "Đường tỷ lệ số hóa theo quý, 31,0% ở quý 1, quý 2 chưa có số, 84,2% ở quý 4; mục tiêu 90%.",
        ),
        style: NumberStyle::Percent(1),
        column: "Tỷ lệ số hóa".to_owned(),
        points: points.collect(),
        target: Some(TargetLine { value: percent(900_000), words: "Mục tiêu 90%".to_owned() }),
    }
}

fn no_values() -> LineChart {
    let point = |month: u8| LinePoint {
        name: format!("Tháng {month}/2025"),
        short: format!("T{month}"),
        figure: None,
        unfinished: false,
    };
    LineChart {
        frame: frame("duong-rong", "Chưa có số liệu năm 2025", "Chưa có kỳ nào của năm 2025 có số."),
        style: NumberStyle::Plain(0),
        column: "Xe".to_owned(),
        points: (1..=4).map(point).collect(),
        target: None,
    }
}

fn tasks() -> StackedBars {
    let series = [
        ("Quá hạn", Fill::Late),
        ("Sắp hạn", Fill::Soon),
        ("Đang làm", Fill::Doing),
        ("Chưa bắt đầu", Fill::Idle),
        ("Hoàn thành", Fill::Done),
    ];
    let bar = |name: &str, parts: [i64; 5]| Bar {
        name: name.to_owned(),
        href: Some("/mau".to_owned()),
        parts: parts.iter().map(|part| Some(whole("tasks", "2025-11", *part))).collect(),
        total: whole("tasks", "2025-11", parts.iter().sum()),
    };
    StackedBars {
        target: None,
        frame: frame(
            "thanh-nhiem-vu",
            "Ba cơ quan giữ 9 trong 10 nhiệm vụ quá hạn",
            "Nhiệm vụ theo cơ quan và trạng thái, sắp theo số quá hạn; nhiều nhất là Sở Xây dựng, 5 quá hạn.",
        ),
        column: "Cơ quan".to_owned(),
        series: series.iter().map(|(name, fill)| Series { name: (*name).to_owned(), fill: *fill }).collect(),
        bars: vec![
            bar("Sở Xây dựng", [5, 3, 8, 2, 12]),
            bar(LONG_NAME, [3, 0, 4, 6, 9]),
            bar("Sở Khoa học và Công nghệ", [1, 4, 7, 0, 21]),
            bar("Ủy ban nhân dân xã Đông Sơn", [0, 0, 0, 3, 1]),
        ],
    }
}

fn bullet() -> BulletChart {
    BulletChart {
        frame: frame(
            "muc-tieu-chi",
            "Chi khoa học, công nghệ đạt 1,5%, bằng một nửa mục tiêu",
            "Tỷ lệ chi là 1,5%, mục tiêu là 3,0%.",
        ),
        figure: share("st_spending_share", "2025-10", 15_000),
        target: percent(30_000),
        target_href: Some("/so/muc-tieu/chi-khcn".to_owned()),
        full: Scaled { mantissa: 4, scale: 2 },
    }
}

fn map() -> DotMap {
    let places = [
        ("Phường Minh Tâm", 1_040_000_000, 223_000_000, Some(612)),
        ("Phường Cầu Đá", 1_040_300_000, 223_400_000, Some(418)),
        ("Xã Đông Sơn", 1_043_500_000, 220_500_000, Some(164)),
        ("Xã Ắng Cang", 1_037_200_000, 225_800_000, Some(97)),
        ("Xã Ngòi Thia", 1_048_100_000, 217_900_000, Some(233)),
        ("Xã Ô Quý Hồ", 1_034_600_000, 219_200_000, Some(58)),
        ("Xã Ý Tý", 1_036_900_000, 222_600_000, None),
        ("Xã Yên Bình", 1_046_000_000, 214_900_000, Some(305)),
    ];
    let point = |(name, lon, lat, value): (&str, i32, i32, Option<i64>)| MapPoint {
        name: name.to_owned(),
        lon,
        lat,
        figure: value.map(|value| whole("stations", "2025-10", value)),
        href: "/mau".to_owned(),
    };
    DotMap {
        table: None,
        frame: frame(
            "so-do-tram",
            "Trạm tập trung ở hai phường trung tâm",
            "Sơ đồ số trạm theo xã; nhiều nhất là Phường Minh Tâm, 612 trạm; Xã Ý Tý chưa có số.",
        ),
        place_column: "Xã, phường".to_owned(),
        column: "Trạm".to_owned(),
        points: places.into_iter().map(point).collect(),
    }
}
