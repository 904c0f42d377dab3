//! A figure by the agencies that its records name, rolled up on their tree.

use std::collections::BTreeMap;

use mc_base::{AgencyId, Day};
use mc_figure::cut::NOT_STATED;
use mc_figure::read::Window;
use mc_port::{
    AgencyCut, AgencyRow, BY_AGENCY, Branch, FigureError, FigureRequest, PlaceBasis, View, agency_cut,
};

use super::cuts::{BEYOND, Set, UNSPLIT, VALUES_MAX, no_cut, set};
use super::places::without_numbers;
use super::read::Moment;
use super::{FigureErrorBox, Operand, Operands, window};
use crate::catalog::IndicatorInfo;
use crate::reader::Reader;

/// Behind an agency's slug: what is its own and not of one below it.
const OWN: &str = "/~cap-nay";

/// What is of no agency: key and title, and the operands.
type Rest = Option<((&'static str, &'static str), Operands)>;

impl Reader {
    /// A figure split by the agencies that its records name, each with those below it. As agencies are now, records
    /// of one that was taken over whole count at the one that has it; what only a part of one went into has no number.
    ///
    /// # Errors
    /// As [`Reader::figure`], and where no cut goes by agency or the agency is not there.
    pub fn figure_by_agency(
        &self,
        request: &FigureRequest,
        cut: &AgencyCut,
    ) -> Result<Vec<AgencyRow>, FigureError> {
        self.by_agency(&*self.pinned(request)?, cut).map_err(|error| error.0)
    }

    fn by_agency(
        &self,
        request: &FigureRequest,
        asked: &AgencyCut,
    ) -> Result<Vec<AgencyRow>, FigureErrorBox> {
        let (info, at) = self.prepared(request)?;
        if let Some(under) = asked.under.as_ref().filter(|under| self.agencies.get(under).is_none()) {
            return Err(FigureErrorBox(FigureError::NoAgency(under.0.clone())));
        }
        let set = self.agency_set(info, asked)?;
        let (mut values, rest) = self.operands_by_agency(info, request, at, set)?;
        let unstated = values.remove(NOT_STATED);
        let present: Vec<AgencyId> = values.keys().cloned().map(AgencyId).collect();
        let view = self.view(info, request)?;
        let branches = self.agencies.branches(&present, asked.under.as_ref(), view);
        let sums = summed(&branches, &values);
        let mut rows = Vec::new();
        for (branch, sum) in branches.iter().zip(sums) {
            let line = || branch_line(&branches, branch);
            if asked.under.as_ref().is_some_and(|under| !line().any(|agency| agency == under)) {
                continue;
            }
            self.agency_rows(info, request, (branch, sum), view.day, &mut rows);
        }
        if asked.under.is_none() {
            let unstated = unstated.map(|operands| ((NOT_STATED, "Chưa ghi cơ quan"), operands));
            for ((key, title), operands) in unstated.into_iter().chain(rest) {
                rows.push(AgencyRow {
                    key: key.to_owned(),
                    title: title.to_owned(),
                    agency: None,
                    under: None,
                    depth: 0,
                    figure: self.finish(info, request, operands),
                    refused: None,
                });
            }
        }
        Ok(within(rows, asked.under.as_ref()))
    }

    /// The cut by agencies.
    fn agency_set<'i>(&self, info: &'i IndicatorInfo, asked: &AgencyCut) -> Result<Set<'i>, FigureErrorBox> {
        let register = self.catalog.register(&info.definition.num.register);
        let name =
            register.and_then(|register| agency_cut(&info.indicator, &register.schema, asked.cut.as_deref()));
        name.and_then(|name| set(info, name)).ok_or_else(|| {
            let asked = asked.cut.as_deref().unwrap_or(BY_AGENCY);
            FigureErrorBox(no_cut(info, asked))
        })
    }

    /// Both operands of each agency that has records or totals of its own, by its slug, and what is of none of them.
    fn operands_by_agency(
        &self,
        info: &IndicatorInfo,
        request: &FigureRequest,
        at: Moment<'_>,
        set: Set<'_>,
    ) -> Result<(BTreeMap<String, Operands>, Rest), FigureErrorBox> {
        let names = self.values(info, at.db, set, request.place)?;
        let mut rest = self.operands(info, request, i64::from(request.place.0), at)?;
        let mut values = BTreeMap::new();
        let is_visible =
            |operands: Operands| operands.num.visible() || operands.den.is_some_and(Operand::visible);
        for name in names.iter().take(VALUES_MAX) {
            let operands = self.operands_of_cut(info, request, at, set, name)?;
            if is_visible(operands) {
                rest = rest.minus(operands);
                values.insert(name.clone(), operands);
            }
        }
        let (said, rest) = if names.len() > VALUES_MAX { (BEYOND, rest) } else { (UNSPLIT, rest.totals()) };
        Ok((values, is_visible(rest).then_some((said, rest))))
    }

    fn view(&self, info: &IndicatorInfo, request: &FigureRequest) -> Result<View, FigureErrorBox> {
        let mut since = None;
        for operand in [Some(info.num), info.den].into_iter().flatten() {
            let first = match window(self.catalog.measure(operand.counted)?, request) {
                Some(Window::Within(first, _)) => first,
                // From the beginning.
                Some(Window::UpTo(_)) => {
                    since = None;
                    break;
                }
                None => continue,
            };
            since = Some(since.map_or(first, |since: Day| since.min(first)));
        }
        let day = match request.places {
            PlaceBasis::Now => request.today,
            PlaceBasis::Then => request.period.to().min(request.today),
        };
        Ok(View { basis: request.places, day, since })
    }

    /// The rows of one agency: itself with all below it, then its own where there are any below.
    fn agency_rows(
        &self,
        info: &IndicatorInfo,
        request: &FigureRequest,
        (branch, sum): (&Branch, Sums),
        day: Day,
        rows: &mut Vec<AgencyRow>,
    ) {
        let refused = branch.refused_for.as_ref();
        let refused = refused.map(|old| FigureError::PartialAgency(self.agencies.name(old).to_owned()));
        let figure = |operands: Option<Operands>| {
            let operands = operands.unwrap_or_else(|| Operands::none(info.den.is_some()));
            let figure = self.finish(info, request, operands);
            if refused.is_some() { without_numbers(figure) } else { figure }
        };
        let row = |key: String, title: String, under: Option<String>, depth: usize, operands| AgencyRow {
            key,
            title,
            agency: Some(branch.agency.clone()),
            under,
            depth,
            figure: figure(operands),
            refused: refused.clone(),
        };
        let slug = branch.agency.0.clone();
        let under = branch.under.as_ref().map(|under| under.0.clone());
        rows.push(row(slug.clone(), self.agency_title(&branch.agency, day), under, branch.depth, sum.whole));
        if sum.is_parent && sum.own.is_some() {
            let title = format!("{} (cấp này)", self.agencies.name(&branch.agency));
            rows.push(row(format!("{slug}{OWN}"), title, Some(slug), branch.depth + 1, sum.own));
        }
    }

    /// The name; of an agency that is gone on `day`, with its end.
    fn agency_title(&self, agency: &AgencyId, day: Day) -> String {
        let name = self.agencies.name(agency);
        let ended = self.agencies.get(agency).and_then(|agency| agency.valid_until);
        match ended.filter(|until| *until <= day) {
            Some(until) => format!("{name} (đến trước {})", mc_base::date::short(until)),
            None => name.to_owned(),
        }
    }
}

/// Sums at one agency.
#[derive(Clone, Copy, Default)]
struct Sums {
    own: Option<Operands>,
    whole: Option<Operands>,
    is_parent: bool,
}

/// Sums of all branches, which stand parents first.
fn summed(branches: &[Branch], values: &BTreeMap<String, Operands>) -> Vec<Sums> {
    let plus = |sum: Option<Operands>, more: Option<Operands>| match (sum, more) {
        (Some(sum), Some(more)) => Some(sum.plus(more)),
        (sum, more) => sum.or(more),
    };
    let mut below: BTreeMap<&AgencyId, (Option<Operands>, bool)> = BTreeMap::new();
    let mut sums: Vec<Sums> = branches
        .iter()
        .rev()
        .map(|branch| {
            let own = branch.own.iter().filter_map(|agency| values.get(&agency.0));
            let own = own.fold(None, |sum, more| plus(sum, Some(*more)));
            let (units, is_parent) = below.get(&branch.agency).copied().unwrap_or_default();
            let whole = plus(own, units);
            if let Some(under) = &branch.under {
                let slot = below.entry(under).or_default();
                *slot = (plus(slot.0, whole), true);
            }
            Sums { own, whole, is_parent }
        })
        .collect();
    sums.reverse();
    sums
}

/// The agency of a branch and those above it.
fn branch_line<'b>(branches: &'b [Branch], branch: &'b Branch) -> impl Iterator<Item = &'b AgencyId> {
    std::iter::successors(Some(branch), move |branch| {
        let under = branch.under.as_ref()?;
        branches.iter().find(|above| above.agency == *under)
    })
    .map(|branch| &branch.agency)
}

/// Rows of a part of the tree, of which the first stands under nothing.
fn within(mut rows: Vec<AgencyRow>, under: Option<&AgencyId>) -> Vec<AgencyRow> {
    let base = rows.first().filter(|_| under.is_some()).map_or(0, |row| row.depth);
    for row in &mut rows {
        row.depth -= base;
    }
    if let Some(first) = rows.first_mut() {
        first.under = None;
    }
    rows
}
