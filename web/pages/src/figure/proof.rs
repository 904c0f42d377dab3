//! The proof of a figure as a file.

use mc_port::PlaceBasis;

use super::asked;
use super::lens::{Lens, Outcome};
use crate::context::Page;
use crate::error::PageError;
use crate::reply::{Cache, Reply};

/// The file that `verifier` checks offline.
pub(super) fn download(page: &Page<'_>) -> Result<Reply, PageError> {
    let lens = Lens::of(page);
    let (ask, definition) = asked(page, &lens)?;
    let reading = lens.read(&definition, ask.ky)?;
    match &reading.outcome {
        Outcome::Value(_) => {}
        Outcome::Absent { why, .. } => {
            return Err(PageError::missing(t!("Chưa có số nào để chứng minh. {why}", why)));
        }
        Outcome::Hidden | Outcome::Guarded => return Err(PageError::no_page()),
    }
    // The file holds records whole, so it goes only to those who may read all of them.
    if lens.guards(&definition) {
        return Err(PageError::no_page());
    }
    let proof = lens.snapshot.proof_of_figure(&lens.request(&definition.id, ask.ky))?;
    let then = if lens.places == PlaceBasis::Then { "-dia-gioi-luc-do" } else { "" };
    let name = format!("{}-{}-{}{then}-ghi-{}.json", ask.slug, ask.dv, ask.ky, lens.position());
    Ok(Reply::attachment("application/json", name, proof.to_json()).cache(Cache::NoStore))
}
