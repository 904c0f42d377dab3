//! Which rows are the header.
//!
//! Every start within the first rows and every height is tried; the one that names most fields wins, then the
//! lower one, then the upper one. A further row belongs to the header only where it stands under cells that
//! are blank or span several columns; so the first data row never does.

use std::collections::BTreeMap;

use mc_register::Schema;

use super::columns::Matcher;
use super::{ColumnMap, How};
use crate::limits::HEADER_ROWS_MAX;
use crate::words::looks_like_data;
use crate::{Cell, Merge, Row, SheetInfo};

/// A header that was found.
pub(super) struct Header {
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) columns: Vec<ColumnMap>,
}

/// Headers begin within this many rows that hold anything.
const START_ROWS_MAX: usize = 40;

/// Finds the header; `None` where fewer than two fields, or the only field, are named.
pub(super) fn locate(schema: &Schema, sheet: &SheetInfo, rows: &[&Row]) -> Option<Header> {
    let matcher = Matcher::new(schema);
    let needed = super::importable(schema).count().clamp(1, 2);
    let mut best: Option<(usize, usize, Header)> = None;
    for start in 0..rows.len().min(START_ROWS_MAX) {
        for height in 1..=HEADER_ROWS_MAX {
            let Some(block) = rows.get(start..start + height) else { break };
            if !is_header_block(block, &sheet.merges) {
                break;
            }
            let columns = matcher.assign(&headers(block, &sheet.merges));
            let score: usize = columns.iter().filter(|c| c.field.is_some()).map(|c| weight(c.how)).sum();
            let fields = columns.iter().filter(|column| column.field.is_some()).count();
            let (Some(first), Some(last)) = (block.first(), block.last()) else { break };
            if fields >= needed
                && best
                    .as_ref()
                    .is_none_or(|(known, rows, _)| score > *known || score == *known && height < *rows)
            {
                best = Some((score, height, Header { first: first.number, last: last.number, columns }));
            }
        }
    }
    best.map(|(_, _, header)| header)
}

const fn weight(how: How) -> usize {
    match how {
        How::User | How::Id | How::Title | How::Alias => 3,
        How::Similar => 2,
        How::Serial | How::Unknown => 0,
    }
}

/// Whether rows can be one header: texts only, rows that follow one another, and each row after the first
/// stands under blank or spanning cells.
fn is_header_block(block: &[&Row], merges: &[Merge]) -> bool {
    let Some(first) = block.first() else { return false };
    if block.iter().any(|row| !is_all_text(row)) {
        return false;
    }
    block.windows(2).all(|pair| {
        let [upper, lower] = pair else { return false };
        lower.number == upper.number + 1 && continues(upper, lower, first.number, merges)
    })
}

fn is_all_text(row: &Row) -> bool {
    let bad = |cell: &Cell| match cell {
        Cell::Text(text) => looks_like_data(text),
        Cell::Empty => false,
        _ => true,
    };
    // One year or one number above a column is no data row.
    let filled = row.cells.iter().filter(|cell| !cell.is_blank()).count();
    let data = row.cells.iter().filter(|cell| bad(cell)).count();
    data * 4 <= filled
}

fn continues(upper: &Row, lower: &Row, first: u32, merges: &[Merge]) -> bool {
    let filled: Vec<u16> =
        (0_u16..).zip(&lower.cells).filter(|(_, c)| !c.is_blank()).map(|(at, _)| at).collect();
    if filled.is_empty() {
        return false;
    }
    let below_group = filled
        .iter()
        .filter(|&&column| upper.cell(column).is_blank() || spans(upper.number, column, merges))
        .count();
    // A single title row above a full header is not its upper row.
    let upper_filled = upper.cells.iter().filter(|cell| !cell.is_blank()).count();
    let title_only = upper.number == first && upper_filled == 1 && filled.len() > 2;
    below_group * 2 >= filled.len() && !title_only
}

fn spans(number: u32, column: u16, merges: &[Merge]) -> bool {
    merges.iter().any(|merge| {
        merge.row_first + 1 == number
            && merge.column_first == column
            && merge.column_last > merge.column_first
    })
}

/// The header texts of each column, from the top; a group name reaches over the columns it spans.
fn headers(block: &[&Row], merges: &[Merge]) -> Vec<(u16, Vec<String>)> {
    let mut texts: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    let width = block.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    for (depth, row) in block.iter().enumerate() {
        let last = depth + 1 == block.len();
        let mut group: Option<(String, u16)> = None;
        for column in 0..u16::try_from(width).unwrap_or(u16::MAX) {
            let text = squeeze(row.cell(column).text());
            if !text.is_empty() {
                let reach = reach(row.number, column, merges);
                group = Some((text.clone(), reach));
                push(texts.entry(column).or_default(), text);
            } else if !last
                && let Some((name, reach)) = &group
                && covered(*reach, column, merges.is_empty(), block, depth)
            {
                push(texts.entry(column).or_default(), name.clone());
            } else {
                texts.entry(column).or_default();
            }
        }
    }
    texts.into_iter().filter(|(_, parts)| !parts.is_empty()).collect()
}

/// Last column that the cell spans.
fn reach(number: u32, column: u16, merges: &[Merge]) -> u16 {
    let at = |merge: &&Merge| merge.row_first + 1 == number && merge.column_first == column;
    merges.iter().find(at).map_or(column, |merge| merge.column_last)
}

/// Whether a blank cell stands under a group name: by the merged region, or in files without any, because a
/// lower row of the header names the column.
fn covered(reach: u16, column: u16, no_merges: bool, block: &[&Row], depth: usize) -> bool {
    column <= reach || no_merges && block.iter().skip(depth + 1).any(|row| !row.cell(column).is_blank())
}

fn push(parts: &mut Vec<String>, text: String) {
    if parts.last() != Some(&text) {
        parts.push(text);
    }
}

fn squeeze(text: &str) -> String {
    mc_base::text::squeeze(&mc_base::text::clean(text).text)
}
