//! The stream from the reading process: length-prefixed frames, each checked, because the sender has read a
//! stranger's file and may be under its control.

use std::io::{self, Read, Write};

use mc_base::Day;
use serde::{Deserialize, Serialize};

use super::LimitsHeld;
use crate::limits::{COLUMNS_MAX, FRAME_BYTES_MAX};
use crate::{BookInfo, Cell, CellError, ReadError, Row};

/// What the reading process says besides rows.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Message {
    /// Which limits hold; first.
    Limits(LimitsHeld),
    /// What is known before the first row.
    Book(BookInfo),
    /// All rows were given.
    Done,
    /// The file cannot be read.
    Failed(ReadError),
}

/// One frame.
#[derive(Debug)]
pub(super) enum Frame {
    Message(Message),
    Rows(Vec<u8>),
}

const TAG_MESSAGE: u8 = 1;
const TAG_ROWS: u8 = 2;

/// Writes one frame.
pub(super) fn write(out: &mut impl Write, tag_rows: bool, body: &[u8]) -> io::Result<()> {
    let length = u32::try_from(body.len()).map_err(|_| invalid())?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(&[if tag_rows { TAG_ROWS } else { TAG_MESSAGE }])?;
    out.write_all(body)
}

/// Writes a message.
pub(super) fn write_message(out: &mut impl Write, message: &Message) -> io::Result<()> {
    let body = serde_json::to_vec(message)?;
    write(out, false, &body)?;
    out.flush()
}

/// Reads one frame; `None` at the end of the stream.
pub(super) fn read(input: &mut impl Read) -> io::Result<Option<Frame>> {
    let mut head = [0; 5];
    match input.read_exact(&mut head) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let [a, b, c, d, tag] = head;
    let length = u32::from_le_bytes([a, b, c, d]) as usize;
    if length > FRAME_BYTES_MAX {
        return Err(invalid());
    }
    let mut body = vec![0; length];
    input.read_exact(&mut body)?;
    match tag {
        TAG_MESSAGE => Ok(Some(Frame::Message(serde_json::from_slice(&body)?))),
        TAG_ROWS => Ok(Some(Frame::Rows(body))),
        _ => Err(invalid()),
    }
}

/// Appends a row to the body of a frame.
pub(super) fn encode_row(row: &Row, body: &mut Vec<u8>) {
    body.extend_from_slice(&row.sheet.to_le_bytes());
    body.extend_from_slice(&row.number.to_le_bytes());
    let count = u16::try_from(row.cells.len()).unwrap_or(u16::MAX);
    body.extend_from_slice(&count.to_le_bytes());
    for cell in row.cells.iter().take(usize::from(count)) {
        encode_cell(cell, body);
    }
}

fn encode_cell(cell: &Cell, body: &mut Vec<u8>) {
    match cell {
        Cell::Empty => body.push(0),
        Cell::Text(text) => {
            body.push(1);
            body.extend_from_slice(&u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes());
            body.extend_from_slice(text.as_bytes());
        }
        Cell::Number { mantissa, scale } => {
            body.extend_from_slice(&[2, *scale]);
            body.extend_from_slice(&mantissa.to_le_bytes());
        }
        Cell::Day(day) => {
            body.push(3);
            body.extend_from_slice(&day.epoch_days().to_le_bytes());
        }
        Cell::Moment { day, second } => {
            body.push(4);
            body.extend_from_slice(&day.epoch_days().to_le_bytes());
            body.extend_from_slice(&second.to_le_bytes());
        }
        Cell::Bool(value) => body.extend_from_slice(&[5, u8::from(*value)]),
        Cell::Error(error) => body.extend_from_slice(&[6, error_number(*error)]),
    }
}

const ERRORS: [CellError; 8] = [
    CellError::Div0,
    CellError::NotAvailable,
    CellError::Name,
    CellError::Null,
    CellError::Num,
    CellError::Ref,
    CellError::Value,
    CellError::GettingData,
];

fn error_number(error: CellError) -> u8 {
    ERRORS.iter().zip(0..).find(|(known, _)| **known == error).map_or(0, |(_, number)| number)
}

/// Takes the next row from the body of a frame at `at`; `None` where the body contradicts itself.
pub(super) fn decode_row(body: &[u8], at: &mut usize) -> Option<Row> {
    let sheet = u16::from_le_bytes(take(body, at)?);
    let number = u32::from_le_bytes(take(body, at)?);
    let count = usize::from(u16::from_le_bytes(take(body, at)?));
    if count > COLUMNS_MAX {
        return None;
    }
    let cells = (0..count).map(|_| decode_cell(body, at)).collect::<Option<_>>()?;
    Some(Row { sheet, number, cells })
}

fn decode_cell(body: &[u8], at: &mut usize) -> Option<Cell> {
    let [tag] = take(body, at)?;
    Some(match tag {
        0 => Cell::Empty,
        1 => {
            let length = u32::from_le_bytes(take(body, at)?) as usize;
            let bytes = body.get(*at..at.checked_add(length)?)?;
            *at += length;
            Cell::Text(std::str::from_utf8(bytes).ok()?.to_owned())
        }
        2 => {
            let [scale] = take(body, at)?;
            let mantissa = i64::from_le_bytes(take(body, at)?);
            (scale <= 18).then_some(Cell::Number { mantissa, scale })?
        }
        3 => Cell::Day(Day::from_epoch_days(i32::from_le_bytes(take(body, at)?))?),
        4 => {
            let day = Day::from_epoch_days(i32::from_le_bytes(take(body, at)?))?;
            let second = u32::from_le_bytes(take(body, at)?);
            (second < 86_400).then_some(Cell::Moment { day, second })?
        }
        5 => Cell::Bool(take::<1>(body, at)? == [1]),
        6 => {
            let [number] = take(body, at)?;
            Cell::Error(*ERRORS.get(usize::from(number))?)
        }
        _ => return None,
    })
}

fn take<const N: usize>(body: &[u8], at: &mut usize) -> Option<[u8; N]> {
    let end = at.checked_add(N)?;
    let bytes = body.get(*at..end)?.try_into().ok()?;
    *at = end;
    Some(bytes)
}

fn invalid() -> io::Error {
    io::Error::from(io::ErrorKind::InvalidData)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cell() -> impl Strategy<Value = Cell> {
        prop_oneof![
            Just(Cell::Empty),
            ".{0,40}".prop_map(Cell::Text),
            (any::<i64>(), 0_u8..=18).prop_map(|(mantissa, scale)| Cell::Number { mantissa, scale }),
            (-700_000..2_900_000).prop_filter_map("a day", Day::from_epoch_days).prop_map(Cell::Day),
            (0_u32..86_400).prop_map(|second| Cell::Moment {
                day: Day::from_epoch_days(20_000).expect("a day"),
                second
            }),
            any::<bool>().prop_map(Cell::Bool),
            (0..8_usize).prop_map(|i| Cell::Error(ERRORS[i])),
        ]
    }

    proptest! {
        #[test]
        fn rows_survive_the_pipe(cells in prop::collection::vec(cell(), 0..20), number in 1_u32..2_000_000) {
            let row = Row { sheet: 3, number, cells };
            let mut body = Vec::new();
            encode_row(&row, &mut body);
            let mut at = 0;
            prop_assert_eq!(decode_row(&body, &mut at), Some(row));
            prop_assert_eq!(at, body.len());
        }

        #[test]
        fn any_bytes_are_refused_without_panic(body in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut at = 0;
            while at < body.len() && decode_row(&body, &mut at).is_some() {}
        }
    }

    #[test]
    fn a_frame_may_not_be_huge() {
        let mut bytes = (FRAME_BYTES_MAX as u32 + 1).to_le_bytes().to_vec();
        bytes.push(TAG_ROWS);
        assert!(read(&mut bytes.as_slice()).is_err());
    }
}
