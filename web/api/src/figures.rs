//! `GET /api/v1/figures/{id}`.

use mc_access::Actor;
use mc_base::{AgencyId, Seq};
use mc_figure::cover::StandingTotal;
use mc_figure::{Basis, Figure};
use mc_port::{
    AgencyCut, By, Disclosing, Disclosure, FigureError, FigureRequest, PlaceBasis, Snapshot, TOTALS_MAX,
    TotalsAsked, TotalsPage, agency_cut_of,
};
use serde_json::{Map, Value, json};

use crate::answer::{Answer, ApiError, Parameters, known_on, parameter, period, place};

/// Why a number is not told: so few records of persons stand behind it.
pub(crate) const FEW: &str = "few";
/// Why a number is not told: such a one could be worked out from it.
pub(crate) const DERIVABLE: &str = "derivable";

/// One figure of the indicator `id` (or slug) as `viewer` may see it, split where `by` asks for it.
///
/// # Errors
/// A parameter that cannot be read, or no such figure.
pub fn figure(
    snapshot: &dyn Snapshot,
    viewer: &Actor,
    id: &str,
    parameters: &Parameters,
) -> Result<Answer, ApiError> {
    let definition = snapshot
        .indicators()
        .into_iter()
        .find(|definition| definition.id == id || definition.slug == id)
        .ok_or_else(|| ApiError::NotFound("Không có chỉ tiêu này.".to_owned()))?;
    let period = period(parameters)?;
    let request = FigureRequest {
        indicator: definition.id.clone(),
        version: None,
        place: place(snapshot, parameters, period.to())?,
        period,
        today: snapshot.today(),
        at: known_on(snapshot, parameters)?,
        places: match parameter(parameters, "places") {
            None | Some("now") => PlaceBasis::Now,
            Some("then") => PlaceBasis::Then,
            Some(_) => return Err(ApiError::BadRequest("“places” cần là now hoặc then.".to_owned())),
        },
    };
    let found = snapshot.figure(&request)?;
    let disclosing = Disclosing { snapshot, viewer, definition: &definition };
    let told = disclosing.figure(&request, &found)?;
    let mut body = object(&found, told);
    body.extend(behind(snapshot, &request, &found, told, parameters)?);
    let under = parameter(parameters, "agency").map(|slug| AgencyId(slug.to_owned()));
    match parameter(parameters, "by") {
        Some(by) => {
            let rows = rows(&disclosing, &request, told, by, under)?;
            body.insert("rows".to_owned(), Value::Array(rows));
        }
        None if under.is_some() => return Err(not_by_agency()),
        None => {}
    }
    Ok(Answer::new(snapshot, Seq(found.seq), &Value::Object(body)))
}

/// The totals in the figure, and how many of its records carry an explanation. Of a figure that is not told neither.
fn behind(
    snapshot: &dyn Snapshot,
    request: &FigureRequest,
    found: &Figure,
    told: Disclosure,
    parameters: &Parameters,
) -> Result<Map<String, Value>, ApiError> {
    let is_open = told == Disclosure::Open;
    let totals = if is_open && found.basis != Basis::Counted {
        let after = parameter(parameters, "totals_after");
        snapshot.totals(&TotalsAsked::Behind(request.clone()), after, TOTALS_MAX)?
    } else {
        TotalsPage::default()
    };
    let notes: Vec<_> = totals.rows.iter().map(StandingTotal::note).collect();
    let explained = if is_open {
        let explained = snapshot.explained_behind(request, 0)?;
        json!({ "count": explained.count, "count_is_floor": explained.count_is_floor })
    } else {
        Value::Null
    };
    Ok(members(json!({
        "totals": notes,
        "totals_count": is_open.then_some(totals.count),
        "totals_next": totals.next,
        "explained": explained,
    })))
}

/// The parts of the figure, on the tree of agencies where `by` splits by these.
fn rows(
    disclosing: &Disclosing<'_>,
    request: &FigureRequest,
    whole: Disclosure,
    by: &str,
    under: Option<AgencyId>,
) -> Result<Vec<Value>, ApiError> {
    let snapshot = disclosing.snapshot;
    let row = |(key, title): (&str, &str), figure: (&Figure, Disclosure), refused: Option<&FigureError>| {
        let mut row = Map::new();
        row.insert("key".to_owned(), json!(key));
        row.insert("title".to_owned(), json!(title));
        row.extend(object(figure.0, figure.1));
        row.insert("refused".to_owned(), json!(refused.map(ToString::to_string)));
        row
    };
    let at = request.at.unwrap_or_else(|| snapshot.head().seq);
    let Some(cut) = agency_cut_of(snapshot, (&request.indicator, request.version), at, Some(by)) else {
        if under.is_some() {
            return Err(not_by_agency());
        }
        let by = if by == "place" { By::Place } else { By::Cut(by.to_owned()) };
        let parts = snapshot.figure_by(request, &by)?;
        let told = disclosing.parts(request.place, whole, &parts);
        let rows = parts.iter().zip(told);
        let rows = rows.map(|(part, told)| {
            Value::Object(row((&part.key, &part.title), (&part.figure, told), part.refused.as_ref()))
        });
        return Ok(rows.collect());
    };
    let cut = AgencyCut { cut: Some(cut), under };
    let agencies = snapshot.figure_by_agency(request, &cut)?;
    let told = disclosing.agencies(request, &cut, whole, &agencies)?;
    let rows = agencies.iter().zip(told).map(|(part, told)| {
        let mut row = row((&part.key, &part.title), (&part.figure, told), part.refused.as_ref());
        row.insert("agency".to_owned(), json!(part.agency.as_ref().map(|agency| &agency.0)));
        row.insert("under".to_owned(), json!(part.under));
        row.insert("depth".to_owned(), json!(part.depth));
        Value::Object(row)
    });
    Ok(rows.collect())
}

fn not_by_agency() -> ApiError {
    ApiError::BadRequest("“agency” dùng cùng “by=agency”, cho chỉ tiêu tách được theo cơ quan.".to_owned())
}

/// The members of the command line's contract, in its order, and whether the reader is told the number.
fn object(figure: &Figure, told: Disclosure) -> Map<String, Value> {
    let is_open = told == Disclosure::Open;
    members(json!({
        "id": figure.id,
        "version": figure.version,
        "place": figure.place,
        "period": figure.period,
        "seq": figure.seq,
        "value": figure.value.as_ref().filter(|_| is_open),
        "num": figure.num.as_ref().filter(|_| is_open),
        "den": figure.den.as_ref().filter(|_| is_open),
        "unit": figure.unit,
        "basis": figure.basis,
        "listed": figure.listed.as_ref().filter(|_| is_open),
        "records": is_open.then_some(figure.records),
        "hidden": match told {
            Disclosure::Open => None,
            Disclosure::Few => Some(FEW),
            Disclosure::Derivable => Some(DERIVABLE),
        },
    }))
}

fn members(object: Value) -> Map<String, Value> {
    match object {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
