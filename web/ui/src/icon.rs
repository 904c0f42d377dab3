//! Icons as inline SVG: no font has the marks we need, and an icon never stands without its word.

use askama::Template;

use crate::html::component;

/// A drawing on a grid of 16 by 16. It is decoration: the word beside it carries the meaning.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Template)]
#[template(path = "icon.html")]
pub enum Icon {
    /// A tick.
    Check,
    /// A tick with a clock.
    CheckLate,
    /// A clock.
    Clock,
    /// An exclamation mark in a triangle.
    Warning,
    /// A cross.
    Cross,
    /// A dash.
    Dash,
    /// A barred circle.
    Barred,
    /// An hourglass.
    Hourglass,
    /// A magnifier.
    Search,
    /// A pin.
    Pin,
    /// A printer.
    Print,
    /// An `i` in a circle.
    Info,
    /// A shield with a tick: sealed and checked.
    Shield,
    /// An open circle: not shown either way.
    Open,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow to the left.
    Left,
    /// Arrow to the right.
    Right,
}

impl Icon {
    /// Every icon.
    pub const ALL: [Self; 18] = [
        Self::Check,
        Self::CheckLate,
        Self::Clock,
        Self::Warning,
        Self::Cross,
        Self::Dash,
        Self::Barred,
        Self::Hourglass,
        Self::Search,
        Self::Pin,
        Self::Print,
        Self::Info,
        Self::Shield,
        Self::Open,
        Self::Up,
        Self::Down,
        Self::Left,
        Self::Right,
    ];

    /// Path data. Numbers are parted by spaces, so that no comma can be taken for a decimal sign.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Check => "M3 8.500 L6.500 12 L13 4.500",
            Self::CheckLate => {
                "M1.500 7 L4 9.500 L8.500 4 M15 11 A4 4 0 1 1 7 11 A4 4 0 1 1 15 11 M11 9 V11 H12.500"
            }
            Self::Clock => "M14 8 A6 6 0 1 1 2 8 A6 6 0 1 1 14 8 M8 4.500 V8 H11",
            Self::Warning => "M8 2 L14.500 13.500 H1.500 Z M8 6.500 V9.500 M8 11.500 V11.600",
            Self::Cross => "M4 4 L12 12 M12 4 L4 12",
            Self::Dash => "M3.500 8 H12.500",
            Self::Barred => "M14 8 A6 6 0 1 1 2 8 A6 6 0 1 1 14 8 M4.500 8 H11.500",
            Self::Hourglass => {
                "M4 2 H12 M4 14 H12 M5 2 V4.500 L8 8 L11 4.500 V2 M5 14 V11.500 L8 8 L11 11.500 V14"
            }
            Self::Search => {
                "M11.500 7 A4.500 4.500 0 1 1 2.500 7 A4.500 4.500 0 1 1 11.500 7 M10.500 10.500 L14 14"
            }
            Self::Pin => "M6 2 H10 L9.500 7 L12 9.500 H4 L6.500 7 Z M8 9.500 V14",
            Self::Print => {
                "M4.500 5.500 V2 H11.500 V5.500 M4.500 11.500 H2.500 V5.500 H13.500 V11.500 H11.500 \
                 M4.500 9.500 H11.500 V14 H4.500 Z"
            }
            Self::Info => "M14 8 A6 6 0 1 1 2 8 A6 6 0 1 1 14 8 M8 7.500 V11 M8 5 V5.100",
            Self::Shield => {
                "M8 1.500 L13.500 3.500 V8 C13.500 11 11 13.500 8 14.500 C5 13.500 2.500 11 2.500 8 V3.500 Z \
                 M5.500 8 L7.500 10 L10.500 6"
            }
            Self::Open => "M12.500 8 A4.500 4.500 0 1 1 3.500 8 A4.500 4.500 0 1 1 12.500 8",
            Self::Up => "M8 13 V3 M4 7 L8 3 L12 7",
            Self::Down => "M8 3 V13 M4 9 L8 13 L12 9",
            Self::Left => "M13 8 H3 M7 4 L3 8 L7 12",
            Self::Right => "M3 8 H13 M9 4 L13 8 L9 12",
        }
    }
}

component!(Icon);
