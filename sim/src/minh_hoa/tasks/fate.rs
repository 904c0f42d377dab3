//! What becomes of a task.

use mc_base::Day;

use crate::chance::Chance;
use crate::value::{d25, later};

/// What becomes of a task by 17 November 2025.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fate {
    DoneInTime,
    DoneLate,
    DoneAfterRejection,
    DoneAfterExtension,
    Submitted,
    SubmittedEmpty,
    Running,
    Overdue,
    NeverAccepted,
    Extended,
    AskingExtension,
    Returned,
    Paused,
    Adjusting,
    Withdrawn,
    Pending,
    Standing,
    New,
}

/// One of each first; then drawn by weight.
const ALL: [(Fate, usize); 18] = [
    (Fate::DoneInTime, 30),
    (Fate::DoneLate, 13),
    (Fate::DoneAfterRejection, 4),
    (Fate::DoneAfterExtension, 5),
    (Fate::Submitted, 5),
    (Fate::SubmittedEmpty, 2),
    (Fate::Running, 17),
    (Fate::Overdue, 11),
    (Fate::NeverAccepted, 2),
    (Fate::Extended, 4),
    (Fate::AskingExtension, 2),
    (Fate::Returned, 1),
    (Fate::Paused, 1),
    (Fate::Adjusting, 1),
    (Fate::Withdrawn, 1),
    (Fate::Pending, 0),
    (Fate::Standing, 3),
    (Fate::New, 3),
];

/// A change of state on a day.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Accept(Day),
    AskExtension(Day),
    /// With the new deadline.
    Extend(Day, Day),
    Submit(Day),
    /// A mark on the present submission, no change of state.
    FindEmpty(Day),
    Reject(Day),
    /// With the day of the submission that was accepted.
    Done(Day, Day),
    Return(Day),
    Pause(Day),
    Adjust(Day),
    Withdraw(Day),
}

impl Step {
    pub(super) const fn day(&self) -> Day {
        match *self {
            Self::Accept(day)
            | Self::AskExtension(day)
            | Self::Extend(day, _)
            | Self::Submit(day)
            | Self::FindEmpty(day)
            | Self::Reject(day)
            | Self::Done(day, _)
            | Self::Return(day)
            | Self::Pause(day)
            | Self::Adjust(day)
            | Self::Withdraw(day) => day,
        }
    }
}

impl Fate {
    /// The fate of the n-th task, from 1.
    pub(super) fn of(number: usize, chance: &mut Chance) -> Self {
        let weights = ALL.map(|(_, weight)| weight);
        let drawn = chance.weighted(&weights);
        let at = if number <= ALL.len() { number - 1 } else { drawn };
        ALL.get(at).map_or(Self::Running, |(fate, _)| *fate)
    }

    /// Assigned in November.
    pub(super) const fn is_new(self) -> bool {
        matches!(self, Self::New | Self::Pending)
    }

    pub(super) const fn first_state(self) -> &'static str {
        if matches!(self, Self::Pending) { "pending" } else { "assigned" }
    }

    /// The deadline; those still running have one ahead.
    pub(super) fn due(self, assigned: Day, days: i32) -> Option<Day> {
        match self {
            Self::Standing => None,
            Self::Running | Self::Paused | Self::Adjusting | Self::Submitted | Self::AskingExtension => {
                Some(later(d25(11, 24), days % 36))
            }
            Self::New | Self::Pending => Some(later(d25(12, 15), days % 16)),
            _ => {
                let due = later(assigned, days);
                // Every third deadline is the end of a month.
                Some(if days % 3 == 0 { due.month().last_day() } else { due })
            }
        }
    }

    /// What happens after the task was assigned, in order of days.
    pub(super) fn steps(self, assigned: Day, due: Option<Day>, chance: &mut Chance) -> Vec<Step> {
        let accepted = later(assigned, days(chance, 1, 2));
        let accept = Step::Accept(accepted);
        // Only standing tasks have no deadline, and those are merely accepted.
        let due = due.unwrap_or(later(accepted, 60));
        let before = |chance: &mut Chance, low, high| later(due, -days(chance, low, high));
        let after = |chance: &mut Chance, low, high| later(due, days(chance, low, high));
        match self {
            Self::DoneInTime => {
                let submitted = before(chance, 0, 9);
                vec![
                    accept,
                    Step::Submit(submitted),
                    Step::Done(later(submitted, days(chance, 3, 8)), submitted),
                ]
            }
            Self::DoneLate => {
                let submitted = after(chance, 2, 16);
                vec![
                    accept,
                    Step::Submit(submitted),
                    Step::Done(later(submitted, days(chance, 3, 6)), submitted),
                ]
            }
            Self::DoneAfterRejection => {
                let first = before(chance, 2, 5);
                let second = after(chance, 4, 12);
                vec![
                    accept,
                    Step::Submit(first),
                    Step::FindEmpty(later(first, 2)),
                    Step::Reject(later(first, 3)),
                    Step::Submit(second),
                    Step::Done(later(second, 4), second),
                ]
            }
            Self::DoneAfterExtension => {
                let asked = before(chance, 3, 7);
                let submitted = after(chance, 3, 12);
                vec![
                    accept,
                    Step::AskExtension(asked),
                    Step::Extend(later(asked, 2), later(due, 15)),
                    Step::Submit(submitted),
                    Step::Done(later(submitted, 5), submitted),
                ]
            }
            Self::Submitted => vec![accept, Step::Submit(d25(11, 10))],
            Self::SubmittedEmpty => {
                let submitted = before(chance, 1, 4);
                vec![accept, Step::Submit(submitted), Step::FindEmpty(later(submitted, 3))]
            }
            Self::Running | Self::Overdue | Self::Standing | Self::New => vec![accept],
            Self::NeverAccepted | Self::Pending => Vec::new(),
            Self::Extended => {
                let asked = before(chance, 3, 7);
                vec![accept, Step::AskExtension(asked), Step::Extend(later(asked, 3), d25(12, 12))]
            }
            Self::AskingExtension => vec![accept, Step::AskExtension(d25(11, 13))],
            Self::Returned => vec![Step::Return(later(assigned, 2))],
            Self::Paused => vec![accept, Step::Pause(d25(10, 2))],
            Self::Adjusting => vec![accept, Step::Adjust(d25(11, 6))],
            Self::Withdrawn => vec![accept, Step::Withdraw(later(accepted, 12))],
        }
    }
}

fn days(chance: &mut Chance, low: i64, high: i64) -> i32 {
    i32::try_from(chance.range(low, high)).unwrap_or(1)
}
