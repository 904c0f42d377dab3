//! "tốt 1.016 cơ sở, khá 894 cơ sở, tương ứng 53,2% và 46,8%": percentages told in the order of their parts.

use super::super::judge::Stated;
use super::super::{Said, Scene, has, has_mark};
use super::{is_part, is_share, share};
use crate::relate::Tie;

/// Words before percentages that stand in the order of their parts.
const IN_ORDER: [&str; 5] = ["tương ứng", "lần lượt", "tương ứng với", "tương đương", "lần lượt chiếm"];
/// Parts looked back for.
const PARTS_MAX: usize = 12;

pub(super) fn find(scene: &Scene<'_, '_>, out: &mut Vec<Stated>) {
    let own = scene.own;
    let mut at = 0;
    while at < own.len() {
        let count = run(own, at);
        if count >= 2 {
            let shares = in_order(scene, at, count, out);
            out.extend(shares);
        }
        at += count.max(1);
    }
}

/// How many percentages stand one after the other from `at` on, with nothing but commas and "và" between.
fn run(own: &[Said<'_>], at: usize) -> usize {
    let rest = own.get(at..).unwrap_or_default();
    let Some(first) = rest.first().filter(|first| is_share(first)) else { return 0 };
    let follows = |pair: &[Said<'_>]| match pair {
        [one, next] => is_share(next) && next.same_sentence(first) && one.until(next).len() <= 2,
        _ => false,
    };
    1 + rest.windows(2).take_while(|pair| follows(pair)).count()
}

fn in_order(scene: &Scene<'_, '_>, at: usize, count: usize, known: &[Stated]) -> Vec<Stated> {
    let own = scene.own;
    let (Some(first), Some(begin)) = (own.get(at), at.checked_sub(count)) else { return Vec::new() };
    let parts = own.get(begin..at).unwrap_or_default();
    let Some(last) = parts.last() else { return Vec::new() };
    let words = last.until(first);
    let told = has(words, &IN_ORDER) && !has_mark(words, &['.', ';']);
    let alike = parts
        .iter()
        .all(|part| part.alike(last) && is_part(part) && part.is_level() && part.same_sentence(first));
    if !told || !alike || count > PARTS_MAX {
        return Vec::new();
    }
    let sum = known.iter().find(|sum| {
        sum.kind == Tie::Sum && parts.iter().all(|part| sum.claims.iter().skip(1).any(|at| *at == part.index))
    });
    let told = sum.and_then(|sum| sum.claims.first()).and_then(|total| scene.said(*total));
    let most = parts.iter().map(Said::value).max();
    let before = begin.checked_sub(1).and_then(|before| own.get(before));
    let before = before.filter(|whole| whole.alike(last) && whole.is_level() && Some(whole.value()) >= most);
    let Some(whole) = told.or(before) else { return Vec::new() };
    let percents = own.get(at..at + count).unwrap_or_default();
    percents.iter().zip(parts).map(|(percent, part)| share(percent, part, whole, told.is_some())).collect()
}
