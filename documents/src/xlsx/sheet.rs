//! A sheet of rows below a header, ready to read and to print.

use mc_base::{Day, date};
use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Note, Url, Worksheet};

use crate::DocumentError;

/// Rows of a sheet below its header.
const ROWS_MAX: usize = 1_048_575;
/// Characters of a cell.
const CELL_MAX: usize = 32_767;
/// Digits of a number that Excel keeps.
const DIGITS_MAX: usize = 15;
/// Links of a sheet, and characters of one, that Excel takes.
const LINKS_MAX: u32 = 65_530;
const LINK_CHARS_MAX: usize = 2_079;
/// What stands at a number that is kept as text.
const LONG: &str = "Số có hơn 15 chữ số: để dạng chữ, vì bảng tính sẽ làm tròn.";
/// Decimals that a number format is made for.
const DECIMALS_MAX: usize = 6;

/// How cells look.
pub struct Formats {
    header: Format,
    /// With the mark by which Excel keeps a text a text when its cell is edited.
    text: Format,
    /// Of a row outside the text proper.
    quiet: Format,
    /// A number that is too long for one.
    long: Format,
    link: Format,
    day: Format,
    /// By decimals.
    numbers: Vec<Format>,
    pub title: Format,
}

impl Formats {
    pub fn new() -> Self {
        let font = || Format::new().set_font_name("Times New Roman").set_font_size(11);
        let cell = || font().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
        let number = |decimals: usize| match decimals {
            0 => cell().set_num_format("#,##0"),
            _ => cell().set_num_format(format!("#,##0.{}", "0".repeat(decimals))),
        };
        Self {
            header: cell()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(0x00E7_ECF3)),
            text: cell().set_text_wrap().set_quote_prefix(),
            quiet: cell()
                .set_text_wrap()
                .set_quote_prefix()
                .set_italic()
                .set_font_color(Color::RGB(0x0059_5959)),
            long: cell()
                .set_align(FormatAlign::Right)
                .set_quote_prefix()
                .set_background_color(Color::RGB(0x00FF_F4CE)),
            link: cell()
                .set_text_wrap()
                .set_font_color(Color::RGB(0x0000_4B91))
                .set_underline(rust_xlsxwriter::FormatUnderline::Single),
            day: cell().set_num_format("dd/mm/yyyy"),
            numbers: (0..=DECIMALS_MAX).map(number).collect(),
            title: font().set_bold().set_font_size(14),
        }
    }

    fn number(&self, decimals: usize) -> Option<&Format> {
        self.numbers.get(decimals).or(self.numbers.last())
    }
}

/// What a cell holds.
pub enum Value {
    Empty,
    Text(String),
    /// A plain decimal with a point.
    Number(String),
    Day(Day),
    /// A whole address becomes a link, a mere path stays text.
    Address(String),
}

impl Value {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// A row of a table.
pub struct Row<const N: usize> {
    values: [Value; N],
    /// It is about what stands outside the text proper.
    quiet: bool,
}

impl<const N: usize> Row<N> {
    pub const fn plain(values: [Value; N]) -> Self {
        Self { values, quiet: false }
    }

    pub const fn aside(values: [Value; N], quiet: bool) -> Self {
        Self { values, quiet }
    }
}

/// A column: header and width in characters.
pub type Column = (&'static str, u16);

/// Height of a line in points.
const LINE: f64 = 15.0;
/// Lines that a row shows; what is longer is read in the cell. A row of Excel is at most 409 points high.
const LINES_MAX: usize = 20;
/// Characters of a row that can still be read when it is printed across an A4.
const A4_MAX: usize = 260;
/// The number of A3 in the format.
const A3: u8 = 8;

/// Puts header, widths, filter, frozen header and print settings around `rows`.
pub fn table<const N: usize>(
    sheet: &mut Worksheet,
    name: &'static str,
    columns: [Column; N],
    rows: impl ExactSizeIterator<Item = Row<N>>,
    formats: &Formats,
) -> Result<(), DocumentError> {
    if rows.len() > ROWS_MAX {
        return Err(DocumentError::Rows { sheet: name, rows: rows.len(), limit: ROWS_MAX });
    }
    sheet.set_name(name)?;
    let mut last = 0;
    let widths = columns.map(|(_, width)| usize::from(width));
    let header = columns.map(|(title, width)| lines(title, usize::from(width)));
    sheet.set_row_height(0, height(header))?;
    for (column, (title, width)) in (0_u16..).zip(columns) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, title, &formats.header)?;
        last = column;
    }
    let mut end = 0;
    for (row, Row { values, quiet }) in (1_u32..).zip(rows) {
        let needed = widths.iter().zip(&values).map(|(width, value)| match value {
            Value::Text(text) => lines(text, *width),
            _ => 1,
        });
        sheet.set_row_height(row, height(needed))?;
        for (column, value) in (0_u16..).zip(values) {
            match (&value, quiet) {
                (Value::Text(text), true) => {
                    sheet.write_string_with_format(row, column, clip(text), &formats.quiet)?;
                }
                _ => cell(sheet, row, column, &value, formats)?,
            }
        }
        end = row;
    }
    sheet.set_freeze_panes(1, 0)?.autofilter(0, 0, end, last)?;
    sheet.set_print_area(0, 0, end, last)?.set_repeat_rows(0, 0)?;
    page(sheet);
    if widths.iter().sum::<usize>() > A4_MAX {
        sheet.set_paper_size(A3);
    }
    Ok(())
}

/// Lines that `text` takes in a column of so many characters. Words are not broken, so that a line is rarely full.
fn lines(text: &str, width: usize) -> usize {
    let full = (width * 9 / 10).max(1);
    text.lines().map(|line| line.chars().count().div_ceil(full).max(1)).sum::<usize>().max(1)
}

/// Height in points of a row that holds so many lines. Not every reader fits rows to wrapped text by itself.
fn height(lines: impl IntoIterator<Item = usize>) -> f64 {
    let most = lines.into_iter().max().unwrap_or(1).clamp(1, LINES_MAX);
    LINE * f64::from(u8::try_from(most).unwrap_or(u8::MAX))
}

/// A4 across, as wide as the paper, with the sheet's name and page numbers below.
pub fn page(sheet: &mut Worksheet) {
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_footer("&L&A&RTrang &P/&N");
}

pub fn cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value,
    formats: &Formats,
) -> Result<(), DocumentError> {
    match value {
        Value::Empty => sheet.write_blank(row, column, &formats.text)?,
        Value::Text(text) => sheet.write_string_with_format(row, column, clip(text), &formats.text)?,
        Value::Number(text) => number(sheet, row, column, text, formats)?,
        Value::Address(address) if row <= LINKS_MAX && is_link(address) => {
            sheet.write_url_with_format(row, column, Url::new(address), &formats.link)?
        }
        Value::Address(address) => {
            sheet.write_string_with_format(row, column, clip(address), &formats.text)?
        }
        Value::Day(day) => match excel_day(*day) {
            Some(date) => sheet.write_datetime_with_format(row, column, &date, &formats.day)?,
            None => sheet.write_string_with_format(row, column, date::short(*day), &formats.text)?,
        },
    };
    Ok(())
}

fn number<'s>(
    sheet: &'s mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    formats: &Formats,
) -> Result<&'s mut Worksheet, DocumentError> {
    if digits(text) > DIGITS_MAX {
        sheet.insert_note(row, column, &Note::new(LONG).set_author(crate::words::AUTHOR))?;
        return Ok(sheet.write_string_with_format(row, column, text, &formats.long)?);
    }
    let decimals = text.split_once('.').map_or(0, |(_, part)| part.len());
    Ok(match (text.parse::<f64>(), formats.number(decimals)) {
        (Ok(value), Some(format)) => sheet.write_number_with_format(row, column, value, format)?,
        _ => sheet.write_string_with_format(row, column, text, &formats.text)?,
    })
}

/// Digits that count: zeros before the number and behind a whole one or a decimal do not.
fn digits(text: &str) -> usize {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len()
}

fn is_link(address: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme))
        && address.chars().count() <= LINK_CHARS_MAX
}

/// A day of Excel's calendar, which begins in 1900.
pub fn excel_day(day: Day) -> Option<ExcelDateTime> {
    let (year, month, day) = day.ymd();
    ExcelDateTime::from_ymd(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
        .ok()
}

/// What a cell holds of a long text; what is cut off is marked.
fn clip(text: &str) -> String {
    if text.chars().count() <= CELL_MAX {
        return text.to_owned();
    }
    text.chars().take(CELL_MAX - 1).chain(['…']).collect()
}
