//! `GET /api/v1/figures/{id}`.

use mc_base::Seq;
use mc_figure::cover::StandingTotal;
use mc_figure::{Basis, Figure};
use mc_port::{By, FigureRequest, PlaceBasis, Snapshot, TOTALS_MAX, TotalsAsked, TotalsPage};
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
    if let Some(by) = parameter(parameters, "by") {
        let by = if by == "place" { By::Place } else { By::Cut(by.to_owned()) };
        let parts = snapshot.figure_by(&request, &by)?;
        let rows = parts.iter().map(|part| {
            let mut row = Map::new();
            row.insert("key".to_owned(), json!(part.key));
            row.insert("title".to_owned(), json!(part.title));
            row.extend(object(&part.figure));
            row.insert("refused".to_owned(), json!(part.refused.as_ref().map(ToString::to_string)));
            Value::Object(row)
        });
        body.insert("rows".to_owned(), rows.collect());
    }
    Ok(Answer::new(snapshot, Seq(found.seq), &Value::Object(body)))
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
