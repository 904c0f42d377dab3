//! Data tables.

use askama::Template;

use crate::figure::FigureText;
use crate::html::{Html, component};
use crate::icon::Icon;
use crate::link::Link;
use crate::nav::Pager;
use crate::say::{Mark, mark};
use crate::status::StatusChip;

/// More columns than this and the table scrolls by itself and prints across the page.
const COLUMNS_NARROW_MAX: usize = 7;

/// What a column holds; numbers stand to the right.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Text.
    Text,
    /// A count or measure.
    Number,
    /// A day.
    Date,
    /// Đồng; the unit stands in the head.
    Money,
    /// A percentage.
    Percent,
}

/// Order of a sorted column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// Sorting of a column by a link: only declared columns have one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sort {
    /// The list sorted by this column, or the other way round.
    pub href: String,
    /// How it is sorted now.
    pub order: Option<Order>,
}

/// A column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// Head.
    pub title: String,
    /// Unit under the head, fixed for the column.
    pub unit: Option<String>,
    /// What it holds.
    pub kind: Kind,
    /// Sorting.
    pub sort: Option<Sort>,
}

impl Column {
    /// A column without unit and sorting.
    #[must_use]
    pub fn new(title: impl Into<String>, kind: Kind) -> Self {
        Self { title: title.into(), unit: None, kind, sort: None }
    }

    const fn class(&self) -> &'static str {
        match self.kind {
            Kind::Text => "",
            Kind::Date => "date",
            Kind::Number | Kind::Money | Kind::Percent => "num",
        }
    }

    fn aria_sort(&self) -> &'static str {
        match self.sort.as_ref().and_then(|sort| sort.order) {
            Some(Order::Ascending) => "ascending",
            Some(Order::Descending) => "descending",
            None => "",
        }
    }

    fn arrow(&self) -> Option<Icon> {
        match self.sort.as_ref()?.order? {
            Order::Ascending => Some(Icon::Up),
            Order::Descending => Some(Icon::Down),
        }
    }
}

/// What a cell shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Content {
    /// Text, or a field of a record already written for a person.
    Text(String),
    /// A number of an indicator or a total of a list.
    Figure(FigureText),
    /// A status.
    Status(StatusChip),
    /// A component.
    Html(Html),
    /// Nothing, and why: "chưa báo", "đã xóa", "< 5".
    Missing(String),
}

/// A cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cell {
    /// Contents.
    pub content: Content,
    /// Where the text leads.
    pub href: Option<String>,
}

impl Cell {
    /// Text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self { content: Content::Text(text.into()), href: None }
    }

    /// Text as a link.
    #[must_use]
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { content: Content::Text(text.into()), href: Some(href.into()) }
    }

    /// A figure.
    #[must_use]
    pub const fn figure(figure: FigureText) -> Self {
        Self { content: Content::Figure(figure), href: None }
    }

    /// A status.
    #[must_use]
    pub const fn status(chip: StatusChip) -> Self {
        Self { content: Content::Status(chip), href: None }
    }

    /// A component.
    #[must_use]
    pub const fn html(html: Html) -> Self {
        Self { content: Content::Html(html), href: None }
    }

    /// The mark of a text that is no link; a link carries its own.
    fn mark(&self) -> Mark {
        match (&self.content, &self.href) {
            (Content::Text(text), None) => mark(text),
            _ => mark(""),
        }
    }

    /// An empty cell with its reason.
    #[must_use]
    pub fn missing(reason: impl Into<String>) -> Self {
        Self { content: Content::Missing(reason.into()), href: None }
    }
}

/// A row. Its first cell is the head of the row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Cells, one per column.
    pub cells: Vec<Cell>,
    /// A remark that sets the row apart, for example "thiếu ngày".
    pub flag: Option<Flag>,
}

/// A remark on a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flag {
    /// What kind of remark, never without the word.
    pub icon: Option<Icon>,
    /// The remark.
    pub word: String,
    /// The row is as good as those around it: it is remarked on and not set off.
    pub quiet: bool,
}

impl Flag {
    /// A remark with an icon before it.
    #[must_use]
    pub fn new(icon: Icon, word: impl Into<String>) -> Self {
        Self { icon: Some(icon), word: word.into(), quiet: false }
    }

    /// The same, without setting the row off.
    #[must_use]
    pub fn quiet(self) -> Self {
        Self { quiet: true, ..self }
    }
}

impl<T: Into<String>> From<T> for Flag {
    /// A remark without an icon.
    fn from(word: T) -> Self {
        Self { icon: None, word: word.into(), quiet: false }
    }
}

impl Row {
    /// A row without remark.
    #[must_use]
    pub const fn new(cells: Vec<Cell>) -> Self {
        Self { cells, flag: None }
    }

    /// Whether it stands out from the rows around it.
    fn is_set_off(&self) -> bool {
        self.flag.as_ref().is_some_and(|flag| !flag.quiet)
    }
}

/// What stands where there are no rows: what was looked for and the way on.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "empty.html")]
pub struct Empty {
    /// For example "Không có bản ghi nào khớp bộ lọc: nhà mạng A, chưa phát sóng."
    pub text: String,
    /// For example "Bỏ lọc".
    pub links: Vec<Link>,
}

/// A table with caption, head and rows.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "table.html")]
pub struct DataTable {
    /// Anchor; unique on the page.
    pub id: String,
    /// Caption.
    pub caption: String,
    /// Second line of the caption, for example the day and the source.
    pub note: Option<String>,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
    /// On a phone each row is a block of lines that repeat the heads: for sentences in several columns.
    pub stacks: bool,
    /// Row of totals.
    pub total: Option<Row>,
    /// Shown instead of rows.
    pub empty: Empty,
    /// Paging.
    pub pager: Option<Pager>,
}

/// A cell with what its column says about it.
struct Placed<'a> {
    cell: &'a Cell,
    class: &'static str,
    /// The remark of the row, on its first cell.
    flag: Option<&'a Flag>,
    head: bool,
    /// The head of its column, where the cell repeats it.
    says: Option<&'a str>,
}

impl DataTable {
    /// A table without rows.
    #[must_use]
    pub fn new(id: impl Into<String>, caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Self {
            id: id.into(),
            caption: caption.into(),
            note: None,
            columns,
            rows: Vec::new(),
            stacks: false,
            total: None,
            empty: Empty { text: t!("Chưa có dữ liệu.").to_owned(), links: Vec::new() },
            pager: None,
        }
    }

    const fn is_wide(&self) -> bool {
        self.columns.len() > COLUMNS_NARROW_MAX
    }

    /// Cells with their columns; a row that is too long is cut, one that is too short ends early.
    fn placed<'a>(&'a self, row: &'a Row) -> Vec<Placed<'a>> {
        let pairs = row.cells.iter().zip(&self.columns).enumerate();
        pairs
            .map(|(place, (cell, column))| Placed {
                cell,
                class: column.class(),
                flag: row.flag.as_ref().filter(|_| place == 0),
                head: place == 0,
                says: self.stacks.then_some(column.title.as_str()),
            })
            .collect()
    }
}

component!(DataTable, Empty);
