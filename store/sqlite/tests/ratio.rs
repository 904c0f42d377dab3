//! How many records stand behind a ratio whose operands are two parts of one register: each record once, by place
//! and by cut too, whatever is corrected.

use mc_access::Actor;
use mc_figure::{Definition, Measure, TimeRule};
use mc_ledger::Value;
use mc_port::{By, FigureRequest, declare_indicator};
use mc_register::system;
use mc_stories::stage::figure_request;
use mc_stories::{Stage as _, small};
use mc_testkit::SmallInstance;

/// Plots above 150 m² over plots of grade 2, which counts at `den_time`.
fn definition(id: &str, den_time: TimeRule) -> Definition {
    let template = small::indicators().into_iter().find(|it| it.id == "plots_good_rate").expect("a ratio");
    let part = |name: &str, filter: &str, time: TimeRule| Measure {
        id: format!("{id}_{name}"),
        filter: Some(filter.to_owned()),
        time,
        cuts: vec![vec!["place".to_owned()], vec!["grade".to_owned()]],
        ..template.num.clone()
    };
    Definition {
        id: id.to_owned(),
        slug: id.replace('_', "-"),
        share: false,
        num: part("num", "area > 150.0", template.num.time.clone()),
        den: Some(part("den", "grade = '2'", den_time)),
        ..template
    }
}

fn stocked(den_time: TimeRule) -> SmallInstance {
    let mut stage = SmallInstance::new(11);
    let declared =
        declare_indicator(&small::register(system::INDICATOR), &definition("plots_split", den_time));
    stage.must(vec![declared]);
    let plots = (1..=24).map(|number| {
        let place = small::COMMUNES[usize::try_from(number % 3).expect("small")];
        let grade = if number % 2 == 0 { "2" } else { "1" };
        let area = mc_base::Scaled { mantissa: if number % 4 < 2 { 1_000 } else { 2_000 }, scale: 1 };
        let plot = small::plot(number, place, "2025-07-01", "Nguyễn Văn A");
        let plot = small::with(plot, "plot", "grade", Value::Code(grade.to_owned()));
        small::inserted("plot", small::with(plot, "plot", "area", Value::Scaled(area)))
    });
    stage.must(plots.collect());
    stage
}

/// The records behind both operands, read one by one.
fn recounted(stage: &SmallInstance, request: &FigureRequest) -> u64 {
    let reader = stage.reader(&Actor::operator());
    let keys = [mc_port::Side::Num, mc_port::Side::Den].into_iter().flat_map(|side| {
        let page = reader.records_behind(request, side, None, 1_000).expect("the records behind");
        page.rows.into_iter().map(|row| row.key)
    });
    keys.collect::<std::collections::BTreeSet<_>>().len() as u64
}

fn agrees(stage: &SmallInstance) {
    let reader = stage.reader(&Actor::public());
    let request = figure_request("plots_split", small::PROVINCE, "2025-10", None);
    let whole = reader.figure(&request).expect("a figure");
    assert_eq!(whole.records, recounted(stage, &request));
    for cut in ["grade", "place"] {
        let parts = reader.figure_by(&request, &By::Cut(cut.to_owned())).expect("parts");
        let sum: u64 = parts.iter().map(|part| part.figure.records).sum();
        assert_eq!(sum, whole.records, "by {cut}");
    }
    let parts = reader.figure_by(&request, &By::Place).expect("parts");
    for part in &parts {
        if let Some(place) = part.place {
            let alone = reader.figure(&FigureRequest { place, ..request.clone() }).expect("a figure");
            assert_eq!(
                (&part.figure.value, part.figure.records),
                (&alone.value, alone.records),
                "{}",
                part.key
            );
        }
    }
    assert_eq!(parts.iter().map(|part| part.figure.records).sum::<u64>(), whole.records);
}

fn corrected(stage: &mut SmallInstance) {
    let reader = stage.reader(&Actor::operator());
    let page = reader.history("plot", "1/2/2025-07-01").expect("a history");
    assert_eq!(page.len(), 1, "the plot that is corrected");
    drop(reader);
    let plot = small::plot(2, small::COMMUNES[1], "2025-07-01", "Nguyễn Văn A");
    stage.must(vec![small::correct("plot", "1/2/2025-07-01", 1, plot)]);
}

#[test]
fn of_two_filters_a_cell_tells_and_follows_every_correction() {
    let time = TimeRule::Stock { from: "since".to_owned(), to: Some("until".to_owned()) };
    let mut stage = stocked(time);
    let request = figure_request("plots_split", small::PROVINCE, "2025-10", None);
    let before = stage.reader(&Actor::public()).figure(&request).expect("a figure");
    // Six plots are both.
    assert_eq!((before.num.as_deref(), before.den.as_deref(), before.records), (Some("12"), Some("12"), 18));
    agrees(&stage);
    corrected(&mut stage);
    let after = stage.reader(&Actor::public()).figure(&request).expect("a figure");
    assert_eq!(after.records, 17, "the corrected plot is in neither operand now");
    agrees(&stage);
    let then = FigureRequest { at: Some(mc_base::Seq(before.seq)), ..request };
    assert_eq!(stage.reader(&Actor::public()).figure(&then).expect("a figure").records, 18);
    stage.sound();
}

#[test]
fn of_two_times_the_rows_tell() {
    let mut stage = stocked(TimeRule::Flow { on: "since".to_owned() });
    let request = figure_request("plots_split", small::PROVINCE, "2025-10", None);
    let figure = stage.reader(&Actor::public()).figure(&request).expect("a figure");
    assert_eq!((figure.den.as_deref(), figure.records), (Some("0"), 12), "nothing began in October");
    agrees(&stage);
    corrected(&mut stage);
    agrees(&stage);
}
