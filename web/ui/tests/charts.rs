//! Charts of any values draw within their frame.

use mc_base::{Period, PlaceId, Scaled, Seq};
use mc_ui::chart::{Bar, DotMap, Fill, Frame, LineChart, LinePoint, MapPoint, Series, StackedBars};
use mc_ui::{FigureText, Handle, Html, NumberStyle, ViNum};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use scraper::{Html as Document, Selector};

fn figure(mantissa: i64, scale: u8) -> FigureText {
    let handle = Handle {
        indicator: "stations".to_owned(),
        version: 1,
        place: PlaceId(35),
        period: Period::parse("2025-10").expect("a period"),
        position: Seq(1),
        cut: None,
    };
    FigureText::new(ViNum::new(Scaled { mantissa, scale }, NumberStyle::Plain(scale)), handle)
}

fn frame() -> Frame {
    Frame {
        id: "hinh".to_owned(),
        title: "Số trạm".to_owned(),
        sentence: "Số trạm theo kỳ.".to_owned(),
        source: "Tỉnh Minh Họa".to_owned(),
        download: None,
    }
}

/// Every percentage lies from 0 to 100 and no attribute holds a comma.
fn within_the_frame(html: &Html) -> Result<(), TestCaseError> {
    let page = Document::parse_fragment(html.as_str());
    let shapes = Selector::parse("svg *").expect("a selector");
    for (name, value) in page.select(&shapes).flat_map(|shape| shape.value().attrs()) {
        if let Some(percent) = value.strip_suffix('%') {
            let percent: f64 = percent.parse().expect("a number with a point");
            prop_assert!((0.0..=100.0).contains(&percent), "{}={}", name, value);
        }
        prop_assert!(!["x", "y", "y1", "y2", "cy", "r", "width"].contains(&name) || !value.contains(','));
    }
    Ok(())
}

/// The same cases in every run; a failure becomes a test of its own above.
fn fixed() -> ProptestConfig {
    ProptestConfig { rng_seed: RngSeed::Fixed(57), failure_persistence: None, ..ProptestConfig::default() }
}

fn map(places: Vec<(i32, i32, Option<i64>)>) -> DotMap {
    let point = |(lon, lat, value): (i32, i32, Option<i64>)| MapPoint {
        name: "Xã".to_owned(),
        lon,
        lat,
        figure: value.map(|value| figure(value, 0)),
        href: "/".to_owned(),
    };
    DotMap {
        table: None,
        frame: frame(),
        place_column: "Xã".to_owned(),
        column: "Trạm".to_owned(),
        points: places.into_iter().map(point).collect(),
    }
}

/// The cosine of a latitude beyond the pole is negative and once sent circles out of the frame.
#[test]
fn a_slip_in_a_latitude_keeps_the_map_in_its_frame() -> Result<(), TestCaseError> {
    within_the_frame(&map(vec![(0, -1_563_351_661, Some(0)), (-2_116_787_383, -768_071_107, None)]).html())
}

proptest! {
    #![proptest_config(fixed())]

    #[test]
    fn lines(values in prop::collection::vec(prop::option::of((any::<i64>(), 0_u8..=6)), 0..14)) {
        let points = values.into_iter().map(|value| LinePoint {
            name: "Tháng".to_owned(),
            short: "T".to_owned(),
            figure: value.map(|(mantissa, scale)| figure(mantissa, scale)),
            unfinished: false,
        });
        let chart = LineChart {
            frame: frame(),
            style: NumberStyle::Plain(0),
            column: "Trạm".to_owned(),
            points: points.collect(),
            target: None,
        };
        within_the_frame(&chart.html())?;
    }

    #[test]
    fn bars(rows in prop::collection::vec((any::<i64>(), any::<i64>(), any::<i64>()), 0..6)) {
        let bar = |(a, b, total): (i64, i64, i64)| Bar {
            name: "Sở".to_owned(),
            href: None,
            parts: vec![Some(figure(a, 0)), None, Some(figure(b, 0))],
            total: figure(total, 0),
        };
        let fills = [Fill::Late, Fill::Doing, Fill::Done];
        let series = fills.map(|fill| Series { name: "Phần".to_owned(), fill });
        let chart = StackedBars {
            target: None,
            frame: frame(),
            column: "Cơ quan".to_owned(),
            series: series.to_vec(),
            bars: rows.into_iter().map(bar).collect(),
        };
        within_the_frame(&chart.html())?;
    }

    #[test]
    fn maps(
        places in prop::collection::vec((any::<i32>(), any::<i32>(), prop::option::of(any::<i64>())), 0..30)
    ) {
        within_the_frame(&map(places).html())?;
    }
}
