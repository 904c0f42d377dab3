//! A record of register `cover` says what its own commit does to a total, and stays as it is.

use std::collections::BTreeSet;

use mc_figure::TOTALS;
use mc_figure::cover::{CoverError, Covering, Total};
use mc_ledger::Act;
use mc_port::RowRefusal;
use mc_register::system;

use super::{Context, Planned};
use crate::{StoreError, rows, totals};

pub(super) fn refusals(
    context: &Context<'_>,
    planned: &[Planned<'_>],
) -> Result<Vec<RowRefusal>, StoreError> {
    let covers = |row: &&Planned<'_>| row.leaf.register == system::COVER && row.leaf.act != Act::Erase;
    let mut refused = Vec::new();
    let mut answered = BTreeSet::new();
    for row in planned.iter().filter(covers) {
        let error = if row.leaf.act == Act::Open && row.leaf.ordinal == 1 {
            unmatched(context, planned, row, &mut answered)?
        } else {
            Some(CoverError::Recorded)
        };
        refused.extend(error.map(|error| RowRefusal {
            register: system::COVER.to_owned(),
            key: row.leaf.key.clone(),
            field: None,
            message: error.to_string(),
        }));
    }
    Ok(refused)
}

fn unmatched(
    context: &Context<'_>,
    planned: &[Planned<'_>],
    cover: &Planned<'_>,
    answered: &mut BTreeSet<String>,
) -> Result<Option<CoverError>, StoreError> {
    let Some(said) = Covering::read(&cover.info.schema, &cover.record) else {
        return Ok(Some(CoverError::Schema(system::COVER)));
    };
    let of_totals =
        |act: Act| planned.iter().filter(move |row| row.leaf.register == TOTALS && row.leaf.act == act);
    let closed = of_totals(Act::Close).find(|row| row.leaf.key == said.total);
    let before = match closed {
        Some(row) => {
            rows::thing(context.db, row.info, context.catalog, &said.total)?.remove(&said.total).and_then(
                |version| Total::read(&row.info.schema, &version.key, version.ordinal, &version.record),
            )
        }
        None => None,
    };
    let after: Vec<Total> = of_totals(Act::Open)
        .filter_map(|row| Total::read(&row.info.schema, &row.leaf.key, row.leaf.ordinal, &row.record))
        .collect();
    let matches = before.is_some_and(|before| {
        totals::is_level(context.catalog, &before.measure)
            .is_some_and(|level| said.matches(level, &before, &after))
    });
    // One change answers one cover.
    let matches = matches && answered.insert(said.total.clone());
    Ok((!matches).then_some(CoverError::Unmatched(said.total)))
}
