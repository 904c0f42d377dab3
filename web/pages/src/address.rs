//! Place and position as they stand in an address.

use mc_base::{Day, Period, PlaceId, Seq};
use mc_port::Snapshot;

use crate::error::PageError;

/// The place of a code, at the end of the period asked for or else today.
pub(crate) fn place(
    snapshot: &dyn Snapshot,
    code: &str,
    period: Option<Period>,
) -> Result<PlaceId, PageError> {
    const CODE_CHARS_MAX: usize = 20;
    let missing =
        || PageError::missing(t!("Không có địa bàn mang mã này; mã tỉnh gồm hai chữ số, mã xã gồm năm."));
    if code.chars().count() > CODE_CHARS_MAX {
        return Err(missing());
    }
    let tree = snapshot.places();
    let then = period.map_or_else(|| snapshot.today(), Period::to);
    let found = tree.by_code(code, then).or_else(|| tree.by_code(code, snapshot.today()));
    found.map(|place| place.id).ok_or_else(missing)
}

/// `1234`, `ghi-1234`, or the day up to which it was known, `2025-10-31`.
pub(crate) fn position(snapshot: &dyn Snapshot, text: &str) -> Result<Seq, PageError> {
    let head = snapshot.head().seq;
    let at = match Day::parse_iso(text) {
        Some(day) => snapshot.known_on(day)?,
        None => {
            let digits = text.strip_prefix("ghi-").unwrap_or(text);
            let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
            let number = plain.then(|| digits.parse().ok()).flatten().map(Seq);
            number.ok_or_else(|| {
                PageError::bad(t!("Không đọc được “tai”; cần số lần ghi, ví dụ tai=ghi-1234, hoặc ngày, ví dụ tai=2025-10-31."))
            })?
        }
    };
    if at > head {
        let sentence = t!("Lần ghi {at} chưa có; lần ghi mới nhất là {head}.", at, head);
        return Err(PageError::missing(sentence));
    }
    if at == Seq(0) {
        return Err(PageError::missing(t!("Trước lần ghi đầu tiên chưa có dữ liệu nào.")));
    }
    Ok(at)
}
