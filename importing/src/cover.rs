//! Totals that lists have begun to replace: what is proposed in words, and the commit that a person confirms.

use mc_access::Actor;
use mc_base::number::whole;
use mc_base::{Dong, Scaled, date, number};
use mc_figure::cover::{Confirmation, CoverError, Proposal, StandingTotal, Total, UNCUT, edits};
use mc_figure::cut::code_of_part;
use mc_figure::{Measure, TOTALS};
use mc_ledger::Value;
use mc_port::{CommitRequest, EditRequest, Snapshot, TotalsAsked};
use mc_register::system;
use serde::{Deserialize, Serialize};

const DONG: &str = "đồng";
/// Whence, where a person confirms without naming a document.
const SOURCE: &str = "Thay số tổng bằng danh sách";

/// A proposed cover, as the command line prints it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CoverProposal {
    /// Key of the total.
    pub total: String,
    /// Its amount now, in the smallest unit of its measure.
    pub amount: i64,
    /// What the lists say in its scope that no cover has taken off yet.
    pub listed: i64,
    /// By how much it should count less.
    pub by: i64,
    /// From which day, `yyyy-mm-dd`.
    pub from: String,
    /// Nothing of the total would remain.
    pub retire: bool,
    /// What the lists say beyond the total; more than 0 is a contradiction.
    pub excess: i64,
    /// The same for people.
    pub sentence: String,
}

impl CoverProposal {
    /// The proposal for a total; `None` where there is none.
    #[must_use]
    pub fn of(snapshot: &dyn Snapshot, standing: &StandingTotal) -> Option<Self> {
        let proposal = standing.proposal()?;
        let total = &standing.total;
        Some(Self {
            total: total.key.clone(),
            amount: total.amount,
            listed: standing.listed(),
            by: proposal.by,
            from: proposal.from.to_string(),
            retire: proposal.is_whole(total),
            excess: proposal.excess,
            sentence: sentence(snapshot, standing, &proposal),
        })
    }
}

/// An amount of a total's measure in words: `120 trạm`, `1.500,5 ha`.
#[must_use]
pub fn amount_words(snapshot: &dyn Snapshot, standing: &StandingTotal, amount: i64) -> String {
    let unit = unit(snapshot, &standing.total.measure).unwrap_or_default();
    if unit == DONG && standing.scale == 0 {
        return number::money(Dong(amount));
    }
    let digits = match standing.scale {
        0 => whole(amount),
        scale => number::decimal(Scaled { mantissa: amount, scale }),
    };
    format!("{digits} {unit}").trim_end().to_owned()
}

/// The measure of that id, of whatever indicator.
fn measure(snapshot: &dyn Snapshot, id: &str) -> Option<Measure> {
    let definitions = snapshot.indicators();
    let mut measures =
        definitions.iter().flat_map(|definition| [Some(&definition.num), definition.den.as_ref()]);
    measures.find_map(|measure| measure.filter(|measure| measure.id == id)).cloned()
}

/// What a measure counts: the register's records, or the unit of the field summed.
fn unit(snapshot: &dyn Snapshot, id: &str) -> Option<String> {
    let measure = measure(snapshot, id)?;
    let schema = snapshot.schema(&measure.register)?;
    if measure.value == "count" {
        return Some(schema.unit.vi.clone());
    }
    let mut words = measure.value.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    words.find_map(|word| schema.field(word)?.unit.clone())
}

/// `Doanh nghiệp viễn thông: Nhà mạng A`; `None` for a total that is not split.
fn cut_words(snapshot: &dyn Snapshot, total: &Total) -> Option<String> {
    if total.cut == UNCUT {
        return None;
    }
    let schema = measure(snapshot, &total.measure).and_then(|measure| snapshot.schema(&measure.register));
    let part = |(id, value): (&str, &str)| {
        let field = schema.as_ref().and_then(|schema| schema.field(id));
        let value = code_of_part(value);
        let named = field.and_then(|field| field.code(&value)).map(|code| code.title.vi.clone());
        let title = field.map_or_else(|| id.to_owned(), |field| field.title.vi.clone());
        format!("{title}: {}", named.unwrap_or(value))
    };
    Some(total.cut.split('+').zip(total.cut_value.split('/')).map(part).collect::<Vec<_>>().join("; "))
}

/// `Tổng 120 trạm của Sở A tại Xã B (Báo cáo số 5, từ ngày 01/07/2025)`.
#[must_use]
pub fn total_words(snapshot: &dyn Snapshot, standing: &StandingTotal) -> String {
    let total = &standing.total;
    let agency = snapshot.agency_name(&total.agency.0).unwrap_or_else(|| total.agency.0.clone());
    let place = snapshot.places().get(total.place).map_or_else(String::new, |place| place.name.clone());
    let schema = snapshot.schema(TOTALS);
    let document = schema.and_then(|schema| match total.record.get_id(&schema, "document") {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    });
    let day = if standing.level { "từ ngày" } else { "ngày" };
    let days = format!("{day} {}", date::short(total.day));
    let about =
        cut_words(snapshot, total).into_iter().chain(document).chain([days]).collect::<Vec<_>>().join(", ");
    format!("Tổng {} của {agency} tại {place} ({about})", amount_words(snapshot, standing, total.amount))
}

/// The proposal as a sentence: what stands, what is listed, and the three ways to go on.
fn sentence(snapshot: &dyn Snapshot, standing: &StandingTotal, proposal: &Proposal) -> String {
    let words = |amount| amount_words(snapshot, standing, amount);
    let total = total_words(snapshot, standing);
    let listed = words(standing.listed());
    let ways = if proposal.is_whole(&standing.total) {
        "thay hẳn số tổng bằng danh sách, giảm một phần, hoặc giữ nguyên".to_owned()
    } else {
        let rest = standing.total.amount - proposal.by;
        format!("giảm tổng còn {}, thay hẳn, hoặc giữ nguyên", words(rest))
    };
    let excess = if proposal.excess > 0 {
        format!("; danh sách nhiều hơn số tổng {}, cần xem lại", words(proposal.excess))
    } else {
        String::new()
    };
    format!("{total} nay có {listed} trong danh sách{excess}: {ways}.")
}

/// `Danh sách có 130 trạm nhưng tổng … chỉ 120 trạm; cả hai vẫn được tính.`: lists exceed a total in whose
/// scope they lie. `None` where they do not.
#[must_use]
pub fn contradiction(snapshot: &dyn Snapshot, standing: &StandingTotal) -> Option<String> {
    let excess = standing.proposal()?.excess;
    (excess > 0).then(|| {
        format!(
            "{} nhưng danh sách trong cùng phạm vi đã có {}. Cả hai đang cùng được tính; cần xem lại và thay số tổng \
             nếu danh sách đã đủ.",
            total_words(snapshot, standing),
            amount_words(snapshot, standing, standing.listed()),
        )
    })
}

/// `Tổng … và Tổng … là hai số tổng cùng phạm vi nhưng chia khác nhau`: two totals that may hold one another are
/// both counted. `None` where there are none; two that name each other say the same sentence.
#[must_use]
pub fn overlap(snapshot: &dyn Snapshot, standing: &StandingTotal) -> Option<String> {
    let other = StandingTotal { total: standing.overlap.as_deref()?.clone(), ..standing.clone() };
    let mut both = [standing, &other];
    both.sort_by(|one, another| one.total.key.cmp(&another.total.key));
    let [one, another] = both.map(|standing| total_words(snapshot, standing));
    Some(format!(
        "{one} và {another} là hai số tổng cùng phạm vi nhưng chia khác nhau; cả hai đang cùng được tính. Nếu số này \
         gồm số kia thì cần sửa một trong hai số, chỉ để lại phần chưa chia."
    ))
}

/// Why a cover cannot be made. `Display` is the sentence a user reads.
#[derive(Debug, thiserror::Error)]
pub enum CoverRefusal {
    /// No such total stands.
    #[error("Không có số tổng “{0}” đang được tính.")]
    NoTotal(String),
    /// It cannot be covered so.
    #[error(transparent)]
    Cover(#[from] CoverError),
    /// Somebody changed the total meanwhile.
    #[error(
        "Số tổng đã sang phiên bản {now} trong khi bạn xem phiên bản {seen}. Chưa ghi gì; hãy xem lại rồi quyết định."
    )]
    Stale {
        /// Version that was looked at.
        seen: u32,
        /// Version now.
        now: u32,
    },
    /// The store cannot be read.
    #[error("{0}")]
    Figure(#[from] mc_port::FigureError),
}

/// The total of that key, with what lists say.
///
/// # Errors
/// When it does not stand or the store cannot be read.
pub fn standing(snapshot: &dyn Snapshot, key: &str) -> Result<StandingTotal, CoverRefusal> {
    of_key(snapshot, key)?.ok_or_else(|| CoverRefusal::NoTotal(key.to_owned()))
}

fn of_key(snapshot: &dyn Snapshot, key: &str) -> Result<Option<StandingTotal>, mc_port::FigureError> {
    Ok(snapshot.totals(&TotalsAsked::Key(key.to_owned()), None, 1)?.rows.pop())
}

/// The commit of a confirmed cover: the total's change and the record that says why, together.
///
/// # Errors
/// Why there can be none.
pub fn cover(
    snapshot: &dyn Snapshot,
    actor: &Actor,
    standing: &StandingTotal,
    confirmed: &Confirmation,
    idempotency_key: String,
) -> Result<CommitRequest, CoverRefusal> {
    let schema = |id: &'static str| snapshot.schema(id).ok_or(CoverError::Schema(id));
    let edits = edits(&*schema(TOTALS)?, &*schema(system::COVER)?, standing, confirmed)?;
    let edits = edits.into_iter().map(|(register, edit)| EditRequest { register: register.to_owned(), edit });
    Ok(CommitRequest {
        actor: actor.clone(),
        source: confirmed.document.clone().unwrap_or_else(|| SOURCE.to_owned()),
        reason: confirmed.reason.trim().to_owned(),
        idempotency_key,
        edits: edits.collect(),
    })
}

/// What is proposed for the totals of `keys`, after a commit.
///
/// # Errors
/// When the store cannot be read.
pub fn after(snapshot: &dyn Snapshot, keys: &[String]) -> Result<Vec<CoverProposal>, mc_port::FigureError> {
    let mut proposals = Vec::new();
    for key in keys {
        let standing = of_key(snapshot, key)?;
        proposals.extend(standing.and_then(|standing| CoverProposal::of(snapshot, &standing)));
    }
    Ok(proposals)
}

/// What would be proposed, once the lists of a prepared import were there.
pub(crate) fn before(
    snapshot: &dyn Snapshot,
    listed: &[(String, mc_figure::cover::Listed)],
) -> Result<Vec<CoverProposal>, mc_port::FigureError> {
    let mut proposals = Vec::new();
    for (key, more) in listed {
        let Some(mut standing) = of_key(snapshot, key)? else { continue };
        standing.listed = standing.listed.and(*more);
        proposals.extend(CoverProposal::of(snapshot, &standing));
    }
    Ok(proposals)
}
