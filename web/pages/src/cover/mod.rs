//! Lists take the place of a total: `/so/{slug}/thay/{key}` shows what is proposed, a person decides.
//!
//! Nobody has to decide anything: a total that is left as it is goes on being counted beside the lists.

mod view;

use mc_access::Act;
use mc_base::number::{self, Ambiguity, Wanted};
use mc_base::{Day, Scaled, date};
use mc_figure::TOTALS;
use mc_figure::cover::{Confirmation, StandingTotal};
use mc_importing::cover::{CoverRefusal, cover, standing};
use mc_port::{CommitError, Snapshot};
use mc_register::Schema;
use mc_ui::write;

use crate::context::{POSITION, Page, record_path};
use crate::error::PageError;
use crate::lookup;
use crate::record::RECEIPT;
use crate::reply::Reply;
use crate::route::Route;

pub(crate) use view::{offer, proposals};

pub(crate) const ROUTES: &[Route] = &[
    Route::get_for("/so/{slug}/thay/{*key}", Act::Cover, show),
    Route::post("/so/{slug}/thay/{*key}", Act::Cover, send),
];

/// Names of the form's fields.
const ORDINAL: &str = "phien-ban";
const WAY: &str = "cach";
const PART: &str = "mot-phan";
const WHOLE: &str = "thay-han";
const BY: &str = "giam";
const FROM: &str = "tu-ngay";
const REASON: &str = "ly-do";
const DOCUMENT: &str = "van-ban";
const LISTS: &str = "danh-sach";
const KEY: &str = "khoa-chong-trung";
const TEXT_CHARS_MAX: usize = 1_000;
const DOCUMENT_CHARS_MAX: usize = 300;

/// What is wrong with what was sent, by field; the empty name is the form as a whole.
#[derive(Default)]
struct Errors(Vec<(&'static str, String)>);

impl Errors {
    fn add(&mut self, field: &'static str, sentence: impl Into<String>) {
        self.0.push((field, sentence.into()));
    }

    fn of(&self, field: &str) -> Option<String> {
        self.0.iter().find(|(known, _)| *known == field).map(|(_, sentence)| sentence.clone())
    }
}

/// The total of the path, for somebody who may cover it.
fn asked(page: &Page<'_>) -> Result<(std::sync::Arc<Schema>, StandingTotal), PageError> {
    let schema = page.register(page.segment(1))?;
    if schema.id != TOTALS || page.sink().is_none() {
        return Err(PageError::no_page());
    }
    if page.pinned() {
        return Err(PageError::Unprocessable(
            t!("Trang đang ghim ở một lần ghi cũ nên không ghi được. Hãy mở lại trang hiện tại.").to_owned(),
        ));
    }
    let total = standing(page.snapshot(), &page.key_from(3)).map_err(fault)?;
    if may(page, &total) { Ok((schema, total)) } else { Err(PageError::no_page()) }
}

/// Whether the reader may cover a total.
fn may(page: &Page<'_>, total: &StandingTotal) -> bool {
    let object = lookup::trees(page.snapshot()).object(Some(&total.total.agency), Some(total.total.place));
    page.sink().is_some() && !page.pinned() && page.may(Act::Cover, &object) && page.may(Act::Write, &object)
}

fn fault(refusal: CoverRefusal) -> PageError {
    match refusal {
        CoverRefusal::NoTotal(_) => {
            PageError::missing(t!("Số tổng này không còn được tính, hoặc bạn không được xem."))
        }
        CoverRefusal::Figure(error) => error.into(),
        CoverRefusal::Stale { .. } => PageError::Conflict(refusal.to_string()),
        CoverRefusal::Cover(_) => PageError::Unprocessable(refusal.to_string()),
    }
}

fn show(page: &Page<'_>) -> Result<Reply, PageError> {
    let (schema, total) = asked(page)?;
    Ok(view::page(page, &schema, &total, &Errors::default()))
}

fn send(page: &Page<'_>) -> Result<Reply, PageError> {
    let (schema, total) = asked(page)?;
    let form = page.form();
    let seen = form.get(ORDINAL).and_then(|text| text.parse().ok()).unwrap_or(0);
    if seen != total.total.ordinal {
        return Err(fault(CoverRefusal::Stale { seen, now: total.total.ordinal }));
    }
    let mut errors = Errors::default();
    let confirmed = read(page, &total, &mut errors);
    let Some(key) = form.get(KEY).filter(|key| key.len() == 32) else {
        return Err(PageError::bad(t!("Biểu mẫu thiếu khóa chống ghi trùng; hãy mở lại trang rồi gửi lại.")));
    };
    if !errors.0.is_empty() {
        return Ok(view::page(page, &schema, &total, &errors));
    }
    let request = match cover(page.snapshot(), page.viewer(), &total, &confirmed, key.to_owned()) {
        Ok(request) => request,
        Err(CoverRefusal::Cover(error)) => {
            errors.add("", error.to_string());
            return Ok(view::page(page, &schema, &total, &errors));
        }
        Err(refusal) => return Err(fault(refusal)),
    };
    let sink = page.sink().ok_or_else(PageError::no_page)?;
    match sink.commit(request) {
        Ok(receipt) => {
            let query = page.kept().with(POSITION, None).with(RECEIPT, Some(&receipt.seq.to_string()));
            Ok(Reply::see_other(query.address(&record_path(&schema.slug, "", &total.total.key))))
        }
        Err(CommitError::Rows(rows)) => {
            // Somebody may have been faster between reading and writing.
            let fresh = page.app().source().snapshot(page.viewer())?;
            stale(fresh.as_ref(), &total)?;
            errors.add("", rows.into_iter().map(|row| row.message).collect::<Vec<_>>().join(" "));
            Ok(view::page(page, &schema, &total, &errors))
        }
        Err(error) => Err(error.into()),
    }
}

fn stale(fresh: &dyn Snapshot, seen: &StandingTotal) -> Result<(), PageError> {
    let now = standing(fresh, &seen.total.key).map_err(fault)?.total.ordinal;
    let seen = seen.total.ordinal;
    if now == seen { Ok(()) } else { Err(fault(CoverRefusal::Stale { seen, now })) }
}

/// What was sent; what cannot be read is told beside its field.
fn read(page: &Page<'_>, total: &StandingTotal, errors: &mut Errors) -> Confirmation {
    let form = page.form();
    let whole = form.get(WAY) == Some(WHOLE);
    let typed = form.get(BY).unwrap_or_default();
    let by = match whole {
        true => None,
        false => amount(typed, total).map_err(|said| errors.add(BY, said)).ok(),
    };
    let mut text = |name: &'static str, most: usize| {
        let typed = form.get(name).map(str::to_owned);
        if typed.as_ref().is_some_and(|typed| typed.chars().count() > most) {
            errors.add(name, t!("Dài quá; cần tối đa {count} ký tự.", count = write::whole(most as u64)));
        }
        typed
    };
    let (reason, document) = (text(REASON, TEXT_CHARS_MAX), text(DOCUMENT, DOCUMENT_CHARS_MAX));
    if reason.is_none() {
        errors.add(REASON, t!("Để trống; cần một câu nói danh sách nào thay cho số tổng."));
    }
    let from = day(page, form.get(FROM), errors);
    Confirmation {
        by,
        from,
        lists: form.get(LISTS).and_then(|text| text.parse().ok()),
        reason: reason.unwrap_or_default(),
        document,
    }
}

fn amount(typed: &str, total: &StandingTotal) -> Result<i64, String> {
    let scale = total.scale;
    let wanted = if scale == 0 { Wanted::Whole } else { Wanted::Decimal };
    let parsed = number::parse(typed, wanted).map_err(|error| error.to_string())?;
    if parsed.percent {
        return Err(t!("“{typed}” là phần trăm; cần số mà số tổng giảm đi.", typed));
    }
    let fits = |value: Scaled| value.rescale(scale).map(|value| value.mantissa);
    let value = Scaled { mantissa: parsed.mantissa, scale: parsed.scale };
    let read = match (parsed.ambiguous, fits(value)) {
        (Some(Ambiguity::EnglishMarks), _) => {
            let read = write::decimal(value);
            return Err(t!("“{typed}” là {read} nếu viết kiểu Anh; hãy viết kiểu Việt Nam.", typed, read));
        }
        // What the form itself filled in has the one reading in which it was written.
        (Some(Ambiguity::TwoReadings { .. }), read) if view::proposed(total).as_deref() == Some(typed) => {
            read
        }
        (Some(Ambiguity::TwoReadings { other }), read) => match (read, fits(other)) {
            (Some(_), Some(_)) => {
                let (one, other) = (write::decimal(value), write::decimal(other));
                return Err(t!(
                    "“{typed}” đọc được hai cách: {one} hay {other}; hãy viết không có dấu giữa các hàng nghìn, hoặc thêm số \
                     0 sau phần lẻ.",
                    typed,
                    one,
                    other
                ));
            }
            (read, other) => read.or(other),
        },
        (None, read) => read,
    };
    read.ok_or_else(|| {
        t!("“{typed}” có nhiều chữ số sau dấu phẩy quá; số tổng này giữ {scale}.", typed, scale)
    })
}

fn day(page: &Page<'_>, typed: Option<&str>, errors: &mut Errors) -> Option<Day> {
    match date::parse(typed?, Some(page.real_today())) {
        Ok(day) => Some(day),
        Err(error) => {
            errors.add(FROM, error.to_string());
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use mc_base::{AgencyId, PlaceId};
    use mc_figure::cover::{Listed, Total};
    use mc_register::Record;

    use super::*;

    /// A total of 50.000 of the smallest unit, of which lists have so many.
    fn standing(scale: u8, listed: i64) -> StandingTotal {
        let total = Total {
            key: "tong-1".to_owned(),
            ordinal: 1,
            record: Record::new(),
            measure: "area".to_owned(),
            place: PlaceId(1),
            agency: AgencyId("so-a".to_owned()),
            cut: "-".to_owned(),
            cut_value: "-".to_owned(),
            day: Day::new(2025, 7, 10).expect("a day"),
            until: None,
            amount: 50_000,
        };
        let listed = Listed { at_start: listed, at_end: listed, full_from: None };
        StandingTotal { total, level: true, scale, listed, covered: 0, covers: 0, overlap: None }
    }

    #[test]
    fn a_reduction_that_can_be_read_in_two_ways_is_asked_back_unless_the_form_itself_wrote_it() {
        let none = standing(1, 0);
        for (typed, tenths) in [("1234", 12_340), ("1.234,5", 12_345), ("1,5", 15)] {
            assert_eq!(amount(typed, &none), Ok(tenths), "{typed}");
        }
        // Of the two readings of “1,234” only one has no more digits than the total keeps.
        assert_eq!(amount("1,234", &none), Ok(12_340));
        let refused = |typed: &str| amount(typed, &none).expect_err(typed);
        assert!(refused("1,200").contains("đọc được hai cách: 1,200 hay 1.200"), "{}", refused("1,200"));
        assert!(refused("1,234.5").contains("kiểu Anh"), "{}", refused("1,234.5"));
        assert!(refused("1,25").contains("nhiều chữ số"), "{}", refused("1,25"));
        assert!(amount("1,234", &standing(3, 0)).is_err());
        let proposes = standing(3, 1_234);
        let filled = view::proposed(&proposes).expect("a proposal");
        assert_eq!((filled.as_str(), amount(&filled, &proposes)), ("1,234", Ok(1_234)));
    }
}
