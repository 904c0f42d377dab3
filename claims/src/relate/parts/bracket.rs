//! Parts in brackets behind their total: "734 hồ sơ (trực tuyến 702 hồ sơ, trực tiếp 32 hồ sơ)".

use super::super::enumeration::{Parts, is_amount, is_compared};
use super::super::judge::Stated;
use super::super::sum::{BEGINNINGS_MAX, is_close, sum};
use super::super::{Said, Scene, adds, has_mark, states};

/// Tokens of the total's name before the bracket at most.
const NAME_MAX: usize = 8;

/// The parts that the bracket right behind a total tells; wrong only where no thing can be in two of them.
pub(super) fn of(scene: &Scene<'_, '_>, at: usize) -> Option<Stated> {
    let own = scene.own;
    let total = own.get(at).filter(|total| !total.is_bracketed())?;
    let head = own.get(at + 1).filter(|head| head.is_bracketed() && head.same_sentence(total))?;
    let open = total.until(head).iter().position(|token| token.is_mark('('))?;
    let name = total.until(head).get(..open)?;
    if open > NAME_MAX || has_mark(name, &[',', ';', ':']) {
        return None;
    }
    let within = |part: &&Said<'_>| {
        let words = part.tokens.get(head.from..part.from).unwrap_or_default();
        part.same_sentence(total) && part.is_bracketed() && !has_mark(words, &[')'])
    };
    let told = own.get(at + 1..)?.iter().take_while(within).filter(|part| adds(part.claim.kind));
    let told: Vec<&Said<'_>> = told.take(BEGINNINGS_MAX).collect();
    let fits = |part: &&Said<'_>| part.alike(total) && is_amount(part) && !is_compared(part);
    if told.len() < 2 || !told.iter().all(fits) {
        return None;
    }
    let found = sum(total, &told, true);
    let apart = states::are_opposites(&told) || states::are_states(&told);
    let sure = || apart && is_close(scene, total, &told, &Parts::default());
    (scene.holds(&found) || sure()).then_some(found)
}
