//! Asking for figures.

use mc_base::{AgencyId, Day, Period, PlaceId, Seq, number};
use mc_figure::cover::StandingTotal;
use mc_figure::{Figure, Indicator};
use mc_register::{FieldType, Schema};

use crate::Declarations;

/// Whether places and agencies count as they are now or as they were.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum PlaceBasis {
    /// Records of a place that was taken over count in the place that took it over.
    #[default]
    Now,
    /// Records count only where they were made.
    Then,
}

/// How a figure is split.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum By {
    /// By the children of the place.
    Place,
    /// By a declared cut, named by its fields joined with `+`.
    Cut(String),
}

/// A split by agencies.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AgencyCut {
    /// The declared cut by one agency field; `None`: by the owner of the records, see [`agency_cut`].
    pub cut: Option<String>,
    /// Only this agency and those below it.
    pub under: Option<AgencyId>,
}

/// The word that asks for the split by the owners of the records, whatever the field is called.
pub const BY_AGENCY: &str = "agency";

/// The declared cut by one agency field that `asked` names. For [`BY_AGENCY`], and where nothing is asked, it is the one
/// by the owner of the records, or else the first.
#[must_use]
pub fn agency_cut<'i>(indicator: &'i Indicator, schema: &Schema, asked: Option<&str>) -> Option<&'i str> {
    let by_agency = |name: &str| schema.field(name).is_some_and(|field| field.kind == FieldType::Agency);
    let names: Vec<&str> =
        indicator.cuts.iter().map(|cut| cut.name.as_str()).filter(|name| by_agency(name)).collect();
    let named = |wanted: &str| names.iter().copied().find(|name| *name == wanted);
    match asked {
        Some(asked) if asked != BY_AGENCY => named(asked),
        asked => {
            let by_owner = schema.owner.as_deref().and_then(named);
            asked.and_then(named).or(by_owner).or_else(|| names.first().copied())
        }
    }
}

/// The cut by which a version of an indicator is split by agencies, as [`agency_cut`] finds it; `None` where there is
/// none, or the indicator is not known at the position.
#[must_use]
pub fn agency_cut_of(
    declared: &dyn Declarations,
    (indicator, version): (&str, Option<u32>),
    at: Seq,
    asked: Option<&str>,
) -> Option<String> {
    let indicator = declared.indicator(indicator, version, at)?;
    let schema = declared.schema(&indicator.definition.num.register)?;
    agency_cut(&indicator, &schema, asked).map(str::to_owned)
}

/// A row of a figure split by agencies: parents stand before their children.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AgencyRow {
    /// The agency's slug; with `/~cap-nay` what is its own and not of one below it; `~` what names no agency.
    pub key: String,
    /// What the screen calls it.
    pub title: String,
    /// The agency; `None` where the records name none.
    pub agency: Option<AgencyId>,
    /// Key of the row of which this one is a part.
    pub under: Option<String>,
    /// How many rows stand above it.
    pub depth: usize,
    /// The figure; without a value where it is refused.
    pub figure: Figure,
    /// Why it has no number as agencies are now, though it counts in the rows above it.
    pub refused: Option<FigureError>,
}

/// Which figure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FigureRequest {
    /// Indicator id.
    pub indicator: String,
    /// Definition version; `None`: the one current at the position.
    pub version: Option<u32>,
    /// Place.
    pub place: PlaceId,
    /// Period.
    pub period: Period,
    /// The day it is: an unfinished period ends here.
    pub today: Day,
    /// Position to read at; `None`: the latest.
    pub at: Option<Seq>,
    /// Places and agencies now or then.
    pub places: PlaceBasis,
}

/// Which totals without a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TotalsAsked {
    /// Those of every measure over a register, by id.
    Of(String),
    /// One, by its key.
    Key(String),
    /// Those that are part of a figure.
    Behind(FigureRequest),
}

/// Totals told at once, at most.
pub const TOTALS_MAX: usize = 1_000;

/// Some of the totals without a list that were asked for, in key order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TotalsPage {
    /// These.
    pub rows: Vec<StandingTotal>,
    /// How many there are in all.
    pub count: u64,
    /// The key to go on after; `None` at the end.
    pub next: Option<String>,
}

/// A part of a figure that was split.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// What part: place code or cut value; `~` is "not stated".
    pub key: String,
    /// What the screen calls it.
    pub title: String,
    /// Its place, when split by place.
    pub place: Option<PlaceId>,
    /// The part's own figure; without numbers where it was refused.
    pub figure: Figure,
    /// Why this part alone has no number, though it counts in the whole.
    pub refused: Option<FigureError>,
}

/// Why a figure could not be given.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FigureError {
    /// No such indicator.
    #[error("Không có chỉ tiêu “{0}”.")]
    NoIndicator(String),
    /// No such cut.
    #[error("Chỉ tiêu “{indicator}” không tách được theo “{cut}”; tách được theo: {offered}.")]
    NoCut {
        /// Indicator id.
        indicator: String,
        /// What was asked.
        cut: String,
        /// What there is.
        offered: String,
    },
    /// No such agency.
    #[error("Không có cơ quan “{0}”.")]
    NoAgency(String),
    /// A partial succession lies in between.
    #[error(
        "Không quy đổi được: một phần địa bàn cũ “{0}” đã nhập vào đây, và bản ghi của nó không ghi địa bàn nhỏ hơn. \
         Hãy xem theo địa bàn lúc đó."
    )]
    PartialSuccession(String),
    /// A partial succession of agencies lies in between.
    #[error(
        "Không quy đổi được: một phần của “{0}” đã chuyển sang đây, và bản ghi của nó không ghi phần nào. Hãy xem theo cơ \
         quan lúc đó."
    )]
    PartialAgency(String),
    /// The position lies in the future.
    #[error("Lần ghi {asked} chưa có; lần ghi mới nhất là {latest}.")]
    Future {
        /// Asked for.
        asked: Seq,
        /// Latest.
        latest: Seq,
    },
    /// The measure is still being built.
    #[error("Chỉ tiêu “{0}” đang tính.")]
    Building(String),
    /// A register it reads is being imported, and the position asked for is not shown before the end.
    #[error("Đang nhập sổ (lần ghi {asked}); hiện xem được đến lần ghi {latest}. Xin thử lại sau ít phút.")]
    Importing {
        /// Asked for.
        asked: Seq,
        /// Latest position shown.
        latest: Seq,
    },
    /// A scan would read too many records.
    #[error(
        "Chỉ tiêu này tính trên từng bản ghi, mỗi lần nhiều nhất {} bản ghi; ở đây có {}. Hãy xem địa bàn nhỏ \
         hơn hoặc kỳ ngắn hơn.",
        number::whole(*.most),
        number::whole(*.found)
    )]
    ScanTooLarge {
        /// Records that count.
        found: u64,
        /// The limit.
        most: u64,
    },
    /// A scan took too long.
    #[error(
        "Chỉ tiêu này tính trên từng bản ghi, mỗi lần nhiều nhất {0} giây; ở đây chưa xong. Hãy xem địa bàn nhỏ hơn hoặc \
         kỳ ngắn hơn, hoặc thử lại lúc máy chủ rảnh."
    )]
    ScanTooSlow(u64),
    /// The snapshot was held too long.
    #[error("{}", crate::StoreFailure::Expired)]
    Expired,
    /// The store failed.
    #[error("Kho dữ liệu gặp lỗi: {0}")]
    Store(String),
}
