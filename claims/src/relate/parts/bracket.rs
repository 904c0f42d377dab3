//! Parts in brackets behind their total: "734 hồ sơ (trực tuyến 702 hồ sơ, trực tiếp 32 hồ sơ)".

use super::super::enumeration::{Parts, is_amount, is_compared};
use super::super::judge::Stated;
use super::super::sum::{BEGINNINGS_MAX, is_close, sum};
use super::super::{Said, Scene, adds, has, has_mark, states};
use crate::claim::Kind;

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
    let found = sum(total, &told, true);
    // "1.203 phương tiện (ô tô 47 chiếc, mô tô 1.156 chiếc)": things told by another word are parts where they fit.
    let counts = told.iter().chain([&total]).all(|said| said.claim.kind == Kind::Count && is_amount(said));
    let named = || counts && !told.iter().any(|part| part.alike(total)) && scene.holds(&found);
    if told.len() < 2 || !(told.iter().all(fits) || named()) {
        return None;
    }
    let apart = states::are_opposites(&told) || states::are_states(&told);
    let sure = || apart && is_close(scene, total, &told, &Parts::default());
    (scene.holds(&found) || sure()).then_some(found)
}

/// "1.129 hộ bị ảnh hưởng, tập trung ở các xã Bảo Thắng (214 hộ), Văn Bàn (163 hộ)": some, each in a bracket of its own.
pub(super) fn each(scene: &Scene<'_, '_>, at: usize) -> Option<Stated> {
    const SOME: [&str; 10] = [
        "tập trung",
        "chủ yếu",
        "nhiều nhất",
        "như",
        "điển hình",
        "nguyên nhân",
        "gồm",
        "nhất là",
        "trong đó",
        "tại",
    ];
    let own = scene.own;
    let total = own.get(at).filter(|total| !total.is_bracketed())?;
    let lone = |part: &&Said<'_>| {
        let around = [part.from.checked_sub(1), Some(part.to)];
        let [open, close] = around.map(|at| at.and_then(|at| part.tokens.get(at)));
        open.is_some_and(|mark| mark.is_mark('(')) && close.is_some_and(|mark| mark.is_mark(')'))
    };
    let of = |part: &&Said<'_>| part.same_sentence(total) && part.alike(total) && lone(part);
    // "29 dự án giải ngân dưới 30% kế hoạch, nguyên nhân như: …"
    let behind = own.get(at + 1..)?.iter().skip_while(|said| said.claim.unit == "%");
    let parts: Vec<&Said<'_>> = behind.take_while(of).take(BEGINNINGS_MAX).collect();
    let first = parts.first()?;
    let told =
        parts.len() >= 2 && has(total.until(first), &SOME) && !has_mark(total.until(first), &[';', '.']);
    let less = parts.iter().all(|part| part.value() < total.value());
    (told && less).then(|| sum(total, &parts, false))
}
