//! The period picker: a form that works without a script, and the neighbours as links.

use mc_base::{Day, Period};
use mc_ui::write;
use mc_ui::{Choice, Link};

use super::ask::Ask;

/// Months offered.
const MONTHS: i32 = 15;
/// Years offered.
const YEARS: i16 = 3;

/// What the picker shows.
pub(super) struct Picker {
    /// Address of the form.
    pub(super) action: String,
    /// Hidden fields: place, position, cut.
    pub(super) keeps: Vec<(&'static str, String)>,
    /// Groups of periods with their heading.
    pub(super) groups: Vec<(&'static str, Vec<Choice>)>,
    /// The period before and the one after.
    pub(super) neighbours: Vec<Link>,
}

/// The picker of a page.
pub(super) fn picker(ask: &Ask, today: Day) -> Picker {
    let months = (0..MONTHS).filter_map(|back| today.month().plus(-back)).map(Period::of_month).collect();
    let years: Vec<i16> = (0..YEARS).map(|back| today.year() - back).collect();
    let quarters = years
        .iter()
        .flat_map(|year| (1..=4).rev().filter_map(|quarter| Period::of_quarter(*year, quarter)))
        .filter(|period| period.from() <= today)
        .take(6)
        .collect();
    let sums = years
        .iter()
        .flat_map(|year| [9, 6].into_iter().filter_map(|count| Period::of_first_months(*year, count)))
        .filter(|period| period.to() <= today)
        .take(4)
        .collect();
    let whole = years.iter().filter_map(|year| Period::of_year(*year)).collect();
    let mut groups =
        vec![(t!("Tháng"), months), (t!("Quý"), quarters), (t!("Từ đầu năm"), sums), (t!("Năm"), whole)];
    if !groups.iter().any(|(_, periods): &(_, Vec<Period>)| periods.contains(&ask.ky)) {
        groups.insert(0, (t!("Đang xem"), vec![ask.ky]));
    }
    let choice = |period: &Period| Choice {
        value: period.to_string(),
        label: write::period_title(*period),
        chosen: *period == ask.ky,
    };
    let mut keeps = vec![("dv", ask.dv.clone())];
    keeps.extend(ask.kept());
    Picker {
        action: format!("/chi-tieu/{}", ask.slug),
        keeps,
        groups: groups.into_iter().map(|(name, all)| (name, all.iter().map(choice).collect())).collect(),
        neighbours: neighbours(ask, today),
    }
}

fn neighbours(ask: &Ask, today: Day) -> Vec<Link> {
    let before = ask.ky.previous();
    let after = [1, 7, 31, 92, 366].into_iter().find_map(|days| {
        let later = ask.ky.to().plus(days)?;
        following(ask.ky, later).filter(|next| next.from() <= today)
    });
    [before, after]
        .into_iter()
        .flatten()
        .map(|period| Link::new(write::period_title(period), ask.for_period(period)))
        .collect()
}

/// The period of the same kind whose predecessor is `period`, if it holds `day`.
fn following(period: Period, day: Day) -> Option<Period> {
    let (year, month) = day.month().year_month();
    let next = match period.kind() {
        mc_base::PeriodKind::Month => Period::of_month(day.month()),
        mc_base::PeriodKind::Quarter => Period::of_quarter(year, (month + 2) / 3)?,
        mc_base::PeriodKind::Year => Period::of_year(year)?,
        mc_base::PeriodKind::Day => Period::of_day(day),
        _ => return None,
    };
    (next.previous() == Some(period)).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(period: &str) -> Ask {
        Ask {
            slug: "tram-bts".to_owned(),
            dv: "15".to_owned(),
            ky: Period::parse(period).expect("a period"),
            tai: None,
            theo: None,
            places: mc_port::PlaceBasis::Now,
        }
    }

    #[test]
    fn the_period_shown_is_always_among_those_offered() {
        let today = Day::new(2025, 11, 17).expect("a day");
        for period in ["2025-10", "2025-Q3", "2025-9M", "2025", "2025-07-30", "2019-02"] {
            let picker = picker(&ask(period), today);
            let chosen = picker.groups.iter().flat_map(|(_, all)| all).filter(|choice| choice.chosen).count();
            assert_eq!(chosen, 1, "{period}");
        }
    }

    #[test]
    fn neighbours_do_not_lie_in_the_future() {
        let today = Day::new(2025, 11, 17).expect("a day");
        let titles = |period: &str| {
            neighbours(&ask(period), today).into_iter().map(|link| link.text).collect::<Vec<_>>()
        };
        assert_eq!(titles("2025-10"), ["Tháng 9/2025", "Tháng 11/2025"]);
        assert_eq!(titles("2025-11"), ["Tháng 10/2025"]);
        assert_eq!(titles("2025-Q2"), ["Quý I/2025", "Quý III/2025"]);
    }
}
