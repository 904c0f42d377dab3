//! How pages read figures: as one viewer, at one place, at one position, on one day.

use std::sync::Arc;

use mc_access::Actor;
use mc_base::{Day, Period, PlaceId, Seq};
use mc_figure::{Definition, Figure, Kind};
use mc_port::{Disclosing, Disclosure, FigureError, FigureRequest, PlaceBasis, Snapshot};
use mc_ui::Word;
use mc_ui::write;
use mc_ui::{FigureText, Handle, ListHandle, ViNum};

use super::number;
use crate::context::Page;
use crate::said::Said as _;
use crate::words::place_said;

/// Where and when a page reads.
#[derive(Clone, Copy)]
pub(crate) struct Lens<'a> {
    /// One consistent view of the store.
    pub(crate) snapshot: &'a dyn Snapshot,
    /// Who reads.
    pub(crate) viewer: &'a Actor,
    /// The place in scope.
    pub(crate) place: PlaceId,
    /// Position to read at; `None`: the latest, which every store reads fastest.
    pub(crate) at: Option<Seq>,
    /// Position that the address names.
    pub(crate) pinned: Option<Seq>,
    /// The day it is.
    pub(crate) today: Day,
    /// Whether places count as they are now or as they were.
    pub(crate) places: PlaceBasis,
}

/// What a reading comes to.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Outcome {
    /// A number.
    Value(ViNum),
    /// None, with the short word for a cell and the sentence that says why.
    Absent {
        /// For a cell: "chưa có số liệu", "đang tính".
        words: String,
        /// For a page: what is missing.
        why: String,
    },
    /// A number the reader may not see because so few records stand behind it.
    Hidden,
    /// A number from which such a one could be worked out.
    Guarded,
}

impl Outcome {
    /// What stands where there is no number.
    pub(crate) fn words(&self) -> &str {
        match self {
            Self::Value(_) => "",
            Self::Absent { words, .. } => words,
            Self::Hidden => HIDDEN.said(),
            Self::Guarded => GUARDED.said(),
        }
    }

    /// Whether there is a number that the reader may not see.
    pub(crate) const fn is_kept_back(&self) -> bool {
        matches!(self, Self::Hidden | Self::Guarded)
    }
}

/// One figure as this viewer may see it.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    /// What was read.
    pub(crate) definition: Arc<Definition>,
    /// The period.
    pub(crate) period: Period,
    /// The figure with its operands; `None` where the store could give none.
    pub(crate) figure: Option<Figure>,
    /// What to show.
    pub(crate) outcome: Outcome,
    /// Invented records stand behind it, and every split of it says so.
    pub(crate) invented: bool,
    handle: Handle,
}

impl Reading {
    /// The number with its handle, leading nowhere.
    pub(crate) fn text(&self) -> Option<FigureText> {
        Some(FigureText::new(self.number()?.clone(), self.handle.clone()))
    }

    /// The number with its handle, leading to `href`.
    pub(crate) fn linked(&self, href: impl Into<String>) -> Option<FigureText> {
        Some(FigureText::linked(self.number()?.clone(), self.handle.clone(), href))
    }

    /// The number in another unit of the same column, leading to `href`.
    pub(crate) fn rewritten(&self, number: ViNum, href: impl Into<String>) -> FigureText {
        FigureText::linked(number, self.handle.clone(), href)
    }

    /// Whether the place as it is now has no number, because only a part of an earlier place went into it.
    pub(crate) fn is_refused(&self) -> bool {
        matches!(&self.outcome, Outcome::Absent { words, .. } if words == NOT_CONVERTIBLE.said())
    }

    /// The number, where one may be shown.
    pub(crate) const fn number(&self) -> Option<&ViNum> {
        match &self.outcome {
            Outcome::Value(number) => Some(number),
            Outcome::Absent { .. } | Outcome::Hidden | Outcome::Guarded => None,
        }
    }

    /// Another number read together with this one: an operand, a count of records.
    pub(crate) fn beside(&self, number: ViNum, what: &str) -> FigureText {
        FigureText::new(number, Handle { cut: Some(what.to_owned()), ..self.handle.clone() })
    }

    /// Whether any record or total stands behind it.
    pub(crate) fn rests_on_records(&self) -> bool {
        self.shown().is_some_and(|figure| figure.records > 0 || figure.basis != mc_figure::Basis::Counted)
    }

    /// The figure, where its value may be shown.
    pub(crate) fn shown(&self) -> Option<&Figure> {
        self.number().and(self.figure.as_ref())
    }
}

impl<'a> Lens<'a> {
    /// What a page reads.
    pub(crate) fn of(page: &'a Page<'_>) -> Self {
        Self {
            snapshot: page.snapshot(),
            viewer: page.viewer(),
            place: page.place(),
            at: page.read_at(),
            pinned: page.pinned().then(|| page.at()),
            today: page.today(),
            places: page.places(),
        }
    }

    /// The position that is read.
    pub(crate) fn position(&self) -> Seq {
        self.at.unwrap_or_else(|| self.snapshot.head().seq)
    }

    /// The same at another place.
    pub(crate) const fn at_place(self, place: PlaceId) -> Self {
        Self { place, ..self }
    }

    /// The same at another position.
    pub(crate) const fn at_position(self, at: Seq) -> Self {
        Self { at: Some(at), ..self }
    }

    /// A definition by its id, as it was current at the position.
    pub(crate) fn definition(&self, id: &str) -> Option<Arc<Definition>> {
        let indicator = self.snapshot.indicator(id, None, self.position())?;
        Some(Arc::new(indicator.definition.clone()))
    }

    /// What the store is asked for.
    pub(crate) fn request(&self, indicator: &str, period: Period) -> FigureRequest {
        FigureRequest {
            indicator: indicator.to_owned(),
            version: None,
            place: self.place,
            period,
            today: self.today,
            at: self.at,
            places: self.places,
        }
    }

    /// Reads one figure. That there is none is an outcome; only failures of the store are errors.
    ///
    /// # Errors
    /// When the store fails, or the position lies in the future.
    pub(crate) fn read(&self, definition: &Arc<Definition>, period: Period) -> Result<Reading, FigureError> {
        match self.snapshot.figure(&self.request(&definition.id, period)) {
            Ok(figure) => {
                let request = self.request(&definition.id, period);
                let told = self.disclosing(definition).figure(&request, &figure)?;
                Ok(self.reading(definition, period, (figure, told), None))
            }
            Err(error @ (FigureError::Store(_) | FigureError::Expired | FigureError::Future { .. })) => {
                Err(error)
            }
            Err(error) => Ok(self.refused(definition, period, &error)),
        }
    }

    /// What is read where the store gives no figure.
    pub(crate) fn refused(
        &self,
        definition: &Arc<Definition>,
        period: Period,
        error: &FigureError,
    ) -> Reading {
        Reading {
            definition: Arc::clone(definition),
            period,
            figure: None,
            outcome: Outcome::Absent { words: absent_words(error).to_owned(), why: error.to_string() },
            invented: false,
            handle: self.handle(definition, definition.version, period, None),
        }
    }

    /// A figure that was read, or a part of one, and whether it is told.
    pub(crate) fn reading(
        &self,
        definition: &Arc<Definition>,
        period: Period,
        (figure, told): (Figure, Disclosure),
        cut: Option<String>,
    ) -> Reading {
        let outcome = match told {
            Disclosure::Few => Outcome::Hidden,
            Disclosure::Derivable => Outcome::Guarded,
            Disclosure::Open => number::of(definition, &figure)
                .map_or_else(|| self.absent(definition, period, &figure), Outcome::Value),
        };
        let handle = self.handle(definition, figure.version, period, cut);
        Reading {
            definition: Arc::clone(definition),
            period,
            figure: Some(figure),
            outcome,
            invented: false,
            handle,
        }
    }

    /// The handle of a list's total.
    pub(crate) fn list_handle(&self, register: &str, filter: impl Into<String>) -> ListHandle {
        ListHandle { register: register.to_owned(), filter: filter.into(), position: self.position() }
    }

    fn handle(&self, definition: &Definition, version: u32, period: Period, cut: Option<String>) -> Handle {
        Handle {
            indicator: definition.id.clone(),
            version,
            place: self.place,
            period,
            position: self.position(),
            cut,
        }
    }

    /// What this viewer is told of an indicator.
    pub(crate) const fn disclosing<'d>(&'d self, definition: &'d Definition) -> Disclosing<'d> {
        Disclosing { snapshot: self.snapshot, viewer: self.viewer, definition }
    }

    /// Whether the measures of a definition run over personal data this viewer may not read here.
    pub(crate) fn guards(&self, definition: &Definition) -> bool {
        self.disclosing(definition).guards(self.place)
    }

    fn absent(&self, definition: &Definition, period: Period, figure: &Figure) -> Outcome {
        let register = |id: &str| {
            self.snapshot.schema(id).map_or_else(|| id.to_owned(), |schema| schema.title.said().to_owned())
        };
        let zero = figure.den.as_deref().is_some_and(|den| den.chars().all(|c| matches!(c, '0' | '.')));
        let why = if period.from() > self.today {
            t!("Kỳ {period} chưa bắt đầu.", period = write::period(period))
        } else if zero && definition.kind == Kind::Ratio {
            t!("Mẫu số bằng 0 trong {period}, nên không có tỷ lệ.", period = write::period(period))
        } else {
            t!(
                "Sổ “{register}” chưa có bản ghi nào của {place} tính vào {period}.",
                register = register(&definition.num.register),
                place = self.place_name(),
                period = write::period(period)
            )
        };
        let words = if self.is_published_only() { NOT_PUBLISHED.said() } else { t!("chưa có số liệu") };
        Outcome::Absent { words: words.to_owned(), why }
    }

    /// The place's name with its type word.
    pub(crate) fn place_name(&self) -> String {
        self.snapshot.places().get(self.place).map_or_else(String::new, |place| place_said(&place.name))
    }

    /// The place as a sentence names it: "Lào Cai", "Tỉnh Minh Họa", "Xã Bát Xát".
    pub(crate) fn place_short(&self) -> String {
        let name = self.snapshot.places().get(self.place).map_or("", |place| place.name.as_str());
        let invented = self.place_code() == INVENTED;
        match name.strip_prefix(vietnamese!("Tỉnh ")) {
            Some(short) if !invented => short.to_owned(),
            _ => place_said(name),
        }
    }

    /// The official code of the place.
    pub(crate) fn place_code(&self) -> &'a str {
        self.snapshot.places().code(self.place)
    }

    /// Of the real province of a generated instance only what was published is there.
    pub(crate) fn is_published_only(&self) -> bool {
        let instance = self.snapshot.instance();
        instance.illustrative && self.snapshot.places().ancestors(self.place).contains(&instance.home)
    }

    /// The invented province of a generated instance.
    pub(crate) fn invented(&self) -> Option<PlaceId> {
        let found = self.snapshot.places().by_code(INVENTED, self.today).map(|place| place.id);
        found.filter(|_| self.snapshot.instance().illustrative)
    }
}

/// What stands in place of a number that rests on too few records.
const HIDDEN: Word = key!("dưới 5");

/// What stands in place of a number from which such a one could be worked out.
const GUARDED: Word = key!("không nêu");

/// What stands in place of a number that cannot be said of a place as it is now.
pub(crate) const NOT_CONVERTIBLE: Word = key!("không quy đổi được");

/// What stands in place of a number that was not published about the real province of a generated instance.
pub(crate) const NOT_PUBLISHED: Word = key!("chưa công bố");

/// Code of the invented province (`architecture.md` 3).
pub(crate) const INVENTED: &str = "MH";

fn absent_words(error: &FigureError) -> &'static str {
    match error {
        FigureError::Building(_) => t!("đang tính"),
        FigureError::PartialSuccession(_) | FigureError::PartialAgency(_) => NOT_CONVERTIBLE.said(),
        FigureError::Importing { .. } => t!("đang nhập"),
        FigureError::ScanTooLarge { .. } | FigureError::ScanTooSlow(_) => t!("chưa tính được"),
        _ => t!("chưa có số liệu"),
    }
}
