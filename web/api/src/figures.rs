//! `GET /api/v1/figures/{id}`.

use mc_base::{AgencyId, Seq};
use mc_figure::cover::StandingTotal;
use mc_figure::{Basis, Figure};
use mc_port::{
    AgencyCut, AgencyRow, By, FigureError, FigureRequest, Part, PlaceBasis, Snapshot, TOTALS_MAX,
    TotalsAsked, TotalsPage, agency_cut,
};
use serde_json::{Map, Value, json};

use crate::answer::{Answer, ApiError, Parameters, known_on, parameter, period, place};

/// One figure of the indicator `id` (or slug), split where `by` asks for it.
///
/// # Errors
/// A parameter that cannot be read, or no such figure.
pub fn figure(snapshot: &dyn Snapshot, id: &str, parameters: &Parameters) -> Result<Answer, ApiError> {
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
    let mut body = object(&found);
    let totals = match found.basis {
        Basis::Counted => TotalsPage::default(),
        _ => {
            let after = parameter(parameters, "totals_after");
            snapshot.totals(&TotalsAsked::Behind(request.clone()), after, TOTALS_MAX)?
        }
    };
    let notes: Vec<_> = totals.rows.iter().map(StandingTotal::note).collect();
    body.insert("totals".to_owned(), json!(notes));
    body.insert("totals_count".to_owned(), json!(totals.count));
    body.insert("totals_next".to_owned(), json!(totals.next));
    let explained = snapshot.explained_behind(&request, 0)?;
    let explained = json!({ "count": explained.count, "count_is_floor": explained.count_is_floor });
    body.insert("explained".to_owned(), explained);
    let under = parameter(parameters, "agency").map(|slug| AgencyId(slug.to_owned()));
    match parameter(parameters, "by") {
        Some(by) => {
            let rows = rows(snapshot, &request, by, under)?;
            body.insert("rows".to_owned(), Value::Array(rows));
        }
        None if under.is_some() => return Err(not_by_agency()),
        None => {}
    }
    Ok(Answer::new(snapshot, Seq(found.seq), &Value::Object(body)))
}

/// The parts of the figure, on the tree of agencies where `by` splits by these.
fn rows(
    snapshot: &dyn Snapshot,
    request: &FigureRequest,
    by: &str,
    under: Option<AgencyId>,
) -> Result<Vec<Value>, ApiError> {
    let row = |(key, title): (&str, &str), figure: &Figure, refused: Option<&FigureError>| {
        let mut row = Map::new();
        row.insert("key".to_owned(), json!(key));
        row.insert("title".to_owned(), json!(title));
        row.extend(object(figure));
        row.insert("refused".to_owned(), json!(refused.map(ToString::to_string)));
        row
    };
    let at = request.at.unwrap_or_else(|| snapshot.head().seq);
    let indicator = snapshot.indicator(&request.indicator, request.version, at);
    let schema = indicator.as_ref().and_then(|known| snapshot.schema(&known.definition.num.register));
    let cut = indicator.as_ref().zip(schema.as_ref());
    let Some(cut) = cut.and_then(|(indicator, schema)| agency_cut(indicator, schema, Some(by))) else {
        if under.is_some() {
            return Err(not_by_agency());
        }
        let by = if by == "place" { By::Place } else { By::Cut(by.to_owned()) };
        let parts = snapshot.figure_by(request, &by)?;
        let row =
            |part: &Part| Value::Object(row((&part.key, &part.title), &part.figure, part.refused.as_ref()));
        return Ok(parts.iter().map(row).collect());
    };
    let cut = AgencyCut { cut: Some(cut.to_owned()), under };
    let agencies = snapshot.figure_by_agency(request, &cut)?;
    let row = |part: &AgencyRow| {
        let mut row = row((&part.key, &part.title), &part.figure, part.refused.as_ref());
        row.insert("agency".to_owned(), json!(part.agency.as_ref().map(|agency| &agency.0)));
        row.insert("under".to_owned(), json!(part.under));
        row.insert("depth".to_owned(), json!(part.depth));
        Value::Object(row)
    };
    Ok(agencies.iter().map(row).collect())
}

fn not_by_agency() -> ApiError {
    ApiError::BadRequest("“agency” dùng cùng “by=agency”, cho chỉ tiêu tách được theo cơ quan.".to_owned())
}

/// The members of the command line's contract, in its order.
fn object(figure: &Figure) -> Map<String, Value> {
    let Value::Object(members) = json!({
        "id": figure.id,
        "version": figure.version,
        "place": figure.place,
        "period": figure.period,
        "seq": figure.seq,
        "value": figure.value,
        "num": figure.num,
        "den": figure.den,
        "unit": figure.unit,
        "basis": figure.basis,
        "listed": figure.listed,
        "records": figure.records,
    }) else {
        return Map::new();
    };
    members
}
