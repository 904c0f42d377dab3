//! The last twelve months as a line with its table.

use mc_base::Period;
use mc_port::FigureError;
use mc_ui::chart::{Frame, LineChart, LinePoint, TargetLine};
use mc_ui::write;
use mc_ui::{Empty, Html};

use super::ask::Ask;
use super::lens::{Lens, Reading};
use super::number;
use super::sentence::lower_first;
use super::target::Aim;
use crate::said::Said as _;

/// Months on the line.
const MONTHS: usize = 12;

/// The chart that ends with the month in which the page's period ends.
///
/// # Errors
/// When the store fails.
pub(super) fn chart(
    lens: &Lens<'_>,
    ask: &Ask,
    reading: &Reading,
    aim: Option<&Aim>,
) -> Result<Html, FigureError> {
    let definition = &reading.definition;
    let last = ask.ky.to().min(lens.today).month();
    let mut points = Vec::with_capacity(MONTHS);
    let mut ends: Vec<String> = Vec::new();
    for back in (0..i32::try_from(MONTHS).unwrap_or(0)).rev() {
        let Some(period) = last.plus(-back).map(Period::of_month) else { continue };
        let month = lens.read(definition, period)?;
        let (year, number) = period.from().month().year_month();
        // Leading months without a record come from before the register began: no value rather than 0.
        let begun = month.rests_on_records() || points.iter().any(|point: &LinePoint| point.figure.is_some());
        if let Some(value) = month.number().filter(|_| begun) {
            ends.push(t!("{period} là {value}", period = write::period(period), value));
        }
        points.push(LinePoint {
            name: write::period_title(period),
            short: format!("{number}/{:02}", year.rem_euclid(100)),
            figure: month.linked(ask.for_period(period)).filter(|_| begun),
            unfinished: period.to() > lens.today,
        });
    }
    if let [only] = ends.as_slice() {
        let text = t!("Mới có một tháng có số liệu: {only}. Cần ít nhất hai tháng để vẽ diễn biến.", only);
        return Ok(Empty { text, links: Vec::new() }.html());
    }
    let column = match number::unit(definition) {
        "" => t!("Giá trị").to_owned(),
        unit => t!("Giá trị ({unit})", unit),
    };
    let chart = LineChart {
        frame: Frame {
            id: "dien-bien".to_owned(),
            title: title(&ends),
            sentence: t!(
                "{title}, {months} tháng: {ends}.",
                title = definition.title.said().trim(),
                months = MONTHS,
                ends = ends.join("; ")
            ),
            source: source(lens, reading),
            download: None,
        },
        style: number::style(definition),
        column,
        points,
        target: aim.map(|aim| TargetLine { value: aim.level.clone(), words: aim.words.clone() }),
    };
    Ok(chart.html())
}

fn title(ends: &[String]) -> String {
    match ends {
        [first, .., last] => t!("Từ {first} đến {last}", first, last),
        _ => t!("Chưa tháng nào có số liệu").to_owned(),
    }
}

/// Source and position under a chart.
pub(super) fn source(lens: &Lens<'_>, reading: &Reading) -> String {
    let register = lens
        .snapshot
        .schema(&reading.definition.num.register)
        .map_or_else(String::new, |schema| lower_first(schema.title.said()));
    let position = write::whole(i128::from(lens.position().0));
    let invented = if reading.invented { t!(" · bản ghi minh họa") } else { "" };
    t!("Nguồn: sổ {register} · lần ghi {position}{invented}", register, position, invented)
}
