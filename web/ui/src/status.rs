//! Status chips: always icon, word and colour together.

use askama::Template;

use crate::html::component;
use crate::icon::Icon;

/// How far a task or a request has come. The order is the order in which charts and lists show them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Status {
    /// Accepted by the deadline.
    Done,
    /// Accepted after the deadline.
    DoneLate,
    /// Under way.
    Doing,
    /// Due soon.
    DueSoon,
    /// Past its deadline, by this many days.
    Overdue {
        /// Days past the deadline, 1 or more.
        days: u32,
    },
    /// Not begun.
    NotStarted,
    /// Held up by an obstacle.
    Stuck,
    /// Handed in, not yet accepted.
    Waiting,
}

impl Status {
    /// One of each, for the gallery and for legends.
    pub const SAMPLES: [Self; 8] = [
        Self::Done,
        Self::DoneLate,
        Self::Doing,
        Self::DueSoon,
        Self::Overdue { days: 12 },
        Self::NotStarted,
        Self::Stuck,
        Self::Waiting,
    ];

    /// The word on the chip.
    #[must_use]
    pub fn word(self) -> String {
        match self {
            Self::Done => t!("Hoàn thành").to_owned(),
            Self::DoneLate => t!("Hoàn thành muộn").to_owned(),
            Self::Doing => t!("Đang làm").to_owned(),
            Self::DueSoon => t!("Sắp hạn").to_owned(),
            Self::Overdue { days } => t!("Quá hạn {days} ngày", days),
            Self::NotStarted => t!("Chưa bắt đầu").to_owned(),
            Self::Stuck => t!("Vướng mắc").to_owned(),
            Self::Waiting => t!("Chờ xác nhận").to_owned(),
        }
    }

    const fn look(self) -> (&'static str, Icon) {
        match self {
            Self::Done => ("done", Icon::Check),
            Self::DoneLate => ("done", Icon::CheckLate),
            Self::Doing => ("doing", Icon::Clock),
            Self::DueSoon => ("soon", Icon::Warning),
            Self::Overdue { .. } => ("late", Icon::Cross),
            Self::NotStarted => ("idle", Icon::Dash),
            Self::Stuck => ("stuck", Icon::Barred),
            Self::Waiting => ("wait", Icon::Hourglass),
        }
    }
}

/// A chip with icon and word.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "chip.html")]
pub struct StatusChip {
    class: &'static str,
    icon: Icon,
    word: String,
}

impl StatusChip {
    /// The chip of a status.
    #[must_use]
    pub fn new(status: Status) -> Self {
        Self::worded(status, status.word())
    }

    /// A chip with the look of `status` and a word of the register's own workflow.
    #[must_use]
    pub fn worded(status: Status, word: impl Into<String>) -> Self {
        let (class, icon) = status.look();
        Self { class, icon, word: word.into() }
    }
}

component!(StatusChip);
