//! One value: type tag, length, payload.

use mc_base::{AgencyId, Day, Hash32, Instant, Month, PlaceId, Scaled};

use super::error::CanonError;
use super::read::Reader;
use super::text::{self, check_code, check_key, check_nfc, check_register, utf8};
use super::{CODES_MAX, TEXT_BYTES_MAX};
use crate::value::{Point, Value};

const NULL: u8 = 0;
const BOOL: u8 = 1;
const INT: u8 = 2;
const SCALED: u8 = 3;
const DAY: u8 = 4;
const MONTH: u8 = 5;
const INSTANT: u8 = 6;
const TEXT: u8 = 7;
const CODE: u8 = 8;
const CODES: u8 = 9;
const REF: u8 = 10;
const PLACE: u8 = 11;
const AGENCY: u8 = 12;
const POINT: u8 = 13;
const FILE: u8 = 14;
const COMMITMENT: u8 = 15;

const SCALE_MAX: u8 = 9;
const LON_MAX: i32 = 1_800_000_000;
const LAT_MAX: i32 = 900_000_000;

const TEXT_NAME: &str = "văn bản";
const CODE_NAME: &str = "mã";
const AGENCY_NAME: &str = "mã cơ quan";

/// Appends the canonical encoding of `value` to `out`; on error `out` is as it was.
///
/// # Errors
/// When the value has no canonical form: text not NFC or too long, codes unsorted, numbers out of range.
pub fn encode_value(value: &Value, out: &mut Vec<u8>) -> Result<(), CanonError> {
    check(value)?;
    let start = out.len();
    out.push(type_tag(value));
    out.extend_from_slice(&[0; 4]);
    put_payload(value, out);
    let length = (out.len() - start - 5) as u32;
    if let Some(slot) = out.get_mut(start + 1..start + 5) {
        slot.copy_from_slice(&length.to_be_bytes());
    }
    Ok(())
}

/// Reads one value that fills `bytes`.
///
/// # Errors
/// When `bytes` are not exactly what [`encode_value`] would write for some value.
pub fn decode_value(bytes: &[u8]) -> Result<Value, CanonError> {
    let mut reader = Reader::new(bytes);
    let value = take_value(&mut reader)?;
    reader.finish()?;
    Ok(value)
}

pub(super) fn take_value(reader: &mut Reader<'_>) -> Result<Value, CanonError> {
    let tag = reader.u8()?;
    let length = reader.u32()? as usize;
    let mut payload = Reader::new(reader.take(length)?);
    let value = take_payload(tag, length, &mut payload)?;
    payload.finish()?;
    check(&value)?;
    Ok(value)
}

const fn type_tag(value: &Value) -> u8 {
    match value {
        Value::Null => NULL,
        Value::Bool(_) => BOOL,
        Value::Int(_) => INT,
        Value::Scaled(_) => SCALED,
        Value::Day(_) => DAY,
        Value::Month(_) => MONTH,
        Value::Instant(_) => INSTANT,
        Value::Text(_) => TEXT,
        Value::Code(_) => CODE,
        Value::CodeSet(_) => CODES,
        Value::Ref { .. } => REF,
        Value::Place(_) => PLACE,
        Value::Agency(_) => AGENCY,
        Value::Point(_) => POINT,
        Value::File(_) => FILE,
        Value::Commitment(_) => COMMITMENT,
    }
}

fn put_payload(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => {}
        Value::Bool(yes) => out.push(u8::from(*yes)),
        Value::Int(number) | Value::Instant(Instant(number)) => out.extend_from_slice(&number.to_be_bytes()),
        Value::Scaled(Scaled { mantissa, scale }) => {
            out.push(*scale);
            out.extend_from_slice(&mantissa.to_be_bytes());
        }
        Value::Day(day) => out.extend_from_slice(&day.epoch_days().to_be_bytes()),
        Value::Month(month) => out.extend_from_slice(&month.number().to_be_bytes()),
        Value::Text(text) | Value::Code(text) | Value::Agency(AgencyId(text)) => {
            out.extend_from_slice(text.as_bytes());
        }
        Value::CodeSet(codes) => {
            out.extend_from_slice(&(codes.len() as u16).to_be_bytes());
            for code in codes {
                out.extend_from_slice(&(code.len() as u16).to_be_bytes());
                out.extend_from_slice(code.as_bytes());
            }
        }
        Value::Ref { register, key } => {
            text::put_register(register, out);
            text::put_key(key, out);
        }
        Value::Place(PlaceId(place)) => out.extend_from_slice(&place.to_be_bytes()),
        Value::Point(Point { lon, lat }) => {
            out.extend_from_slice(&lon.to_be_bytes());
            out.extend_from_slice(&lat.to_be_bytes());
        }
        Value::File(hash) | Value::Commitment(hash) => out.extend_from_slice(&hash.0),
    }
}

fn take_payload(tag: u8, length: usize, payload: &mut Reader<'_>) -> Result<Value, CanonError> {
    let exact = |kind, expected| {
        if length == expected { Ok(()) } else { Err(CanonError::Length { kind, found: length, expected }) }
    };
    Ok(match tag {
        NULL => exact("rỗng", 0).map(|()| Value::Null)?,
        BOOL => {
            exact("có/không", 1)?;
            match payload.u8()? {
                0 => Value::Bool(false),
                1 => Value::Bool(true),
                other => return Err(CanonError::Bool(other)),
            }
        }
        INT => exact("số nguyên", 8).and_then(|()| payload.i64()).map(Value::Int)?,
        SCALED => {
            exact("số thập phân", 9)?;
            let scale = payload.u8()?;
            Value::Scaled(Scaled { mantissa: payload.i64()?, scale })
        }
        DAY => {
            exact("ngày", 4)?;
            let days = i32::from_be_bytes(payload.array()?);
            Value::Day(Day::from_epoch_days(days).ok_or_else(|| out_of_range("ngày", days))?)
        }
        MONTH => {
            exact("tháng", 4)?;
            let number = i32::from_be_bytes(payload.array()?);
            Value::Month(Month::from_number(number).ok_or_else(|| out_of_range("tháng", number))?)
        }
        INSTANT => Value::Instant(Instant(exact("thời điểm", 8).and_then(|()| payload.i64())?)),
        TEXT => Value::Text(utf8(TEXT_NAME, payload.take(length)?)?.to_owned()),
        CODE => Value::Code(utf8(CODE_NAME, payload.take(length)?)?.to_owned()),
        CODES => take_codes(payload)?,
        REF => Value::Ref { register: text::take_register(payload)?, key: text::take_key(payload)? },
        PLACE => Value::Place(PlaceId(exact("địa bàn", 4).and_then(|()| payload.u32())?)),
        AGENCY => Value::Agency(AgencyId(utf8(AGENCY_NAME, payload.take(length)?)?.to_owned())),
        POINT => {
            exact("tọa độ", 8)?;
            let lon = i32::from_be_bytes(payload.array()?);
            Value::Point(Point { lon, lat: i32::from_be_bytes(payload.array()?) })
        }
        FILE => Value::File(Hash32(payload.array()?)),
        COMMITMENT => Value::Commitment(Hash32(payload.array()?)),
        other => return Err(CanonError::TypeTag(other)),
    })
}

fn take_codes(payload: &mut Reader<'_>) -> Result<Value, CanonError> {
    let count = usize::from(payload.u16()?);
    if count > CODES_MAX {
        return Err(CanonError::TooLong { what: "tập mã", found: count, max: CODES_MAX });
    }
    let mut codes = Vec::with_capacity(count);
    for _ in 0..count {
        let length = usize::from(payload.u16()?);
        codes.push(utf8(CODE_NAME, payload.take(length)?)?.to_owned());
    }
    Ok(Value::CodeSet(codes))
}

/// Whether the value may stand in the ledger. Encoder and decoder ask the same question.
fn check(value: &Value) -> Result<(), CanonError> {
    match value {
        Value::Scaled(Scaled { scale, .. }) if *scale > SCALE_MAX => Err(CanonError::Scale(*scale)),
        Value::Instant(instant) => check_instant(*instant),
        Value::Text(text) if text.len() > TEXT_BYTES_MAX => {
            Err(text::too_long(TEXT_NAME, text, TEXT_BYTES_MAX))
        }
        Value::Text(text) => check_nfc(TEXT_NAME, text),
        Value::Code(code) => check_code(CODE_NAME, code),
        Value::CodeSet(codes) => check_codes(codes),
        Value::Ref { register, key } => check_register(register).and_then(|()| check_key(key)),
        Value::Agency(AgencyId(slug)) => check_code(AGENCY_NAME, slug),
        Value::Point(Point { lon, lat }) => {
            if !(-LON_MAX..=LON_MAX).contains(lon) {
                return Err(out_of_range("kinh độ", *lon));
            }
            if !(-LAT_MAX..=LAT_MAX).contains(lat) {
                return Err(out_of_range("vĩ độ", *lat));
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn check_codes(codes: &[String]) -> Result<(), CanonError> {
    if codes.len() > CODES_MAX {
        return Err(CanonError::TooLong { what: "tập mã", found: codes.len(), max: CODES_MAX });
    }
    for code in codes {
        check_code(CODE_NAME, code)?;
        if code.contains(',') {
            return Err(CanonError::CodeForm(CODE_NAME));
        }
    }
    if codes.is_sorted_by(|before, after| before.as_bytes() < after.as_bytes()) {
        Ok(())
    } else {
        Err(CanonError::CodesOrder)
    }
}

/// Instants lie in the years 1 to 9999 of UTC+7, as days do.
pub(crate) fn check_instant(instant: Instant) -> Result<(), CanonError> {
    let day = instant.0.checked_add(7 * 3_600_000).map(|local| local.div_euclid(86_400_000));
    match day.and_then(|day| i32::try_from(day).ok()).and_then(Day::from_epoch_days) {
        Some(_) => Ok(()),
        None => Err(CanonError::Range { kind: "thời điểm", found: instant.0 }),
    }
}

fn out_of_range(kind: &'static str, found: i32) -> CanonError {
    CanonError::Range { kind, found: i64::from(found) }
}
