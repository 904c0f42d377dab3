//! "Trong 58 hộ đăng ký có 64 hộ đạt": a part that is more than its whole.

use super::judge::Stated;
use super::relation::{Formula, Tie};
use super::{Said, Scene, adds, has, has_mark, tie};
use crate::claim::Hedge;
use crate::lexicon::starts_with;

/// Words between a whole and a part of it.
const HAVE: [&str; 10] =
    ["có", "đã có", "mới có", "chỉ có", "thì có", "được", "đã", "hiện có", "có tới", "có đến"];
/// What is done to a whole before something is found in some of it.
const CHECKED: [&str; 7] =
    ["kiểm tra", "thanh tra", "rà soát", "khảo sát", "xét nghiệm", "lấy mẫu", "hậu kiểm"];
/// Words of another time: the part may have grown since.
const SINCE: [&str; 9] = ["nay", "năm", "tháng", "quý", "ban đầu", "hiện nay", "tăng", "nâng lên", "thêm"];

pub(super) fn find(scene: &Scene<'_, '_>, out: &mut Vec<Stated>) {
    for pair in scene.own.windows(2) {
        if let [whole, part] = pair
            && part.value() > whole.value()
            && is_part(part, whole)
        {
            out.push(tie(Tie::Share, Formula::Within, vec![part.index, whole.index], true));
        }
    }
}

fn is_part(part: &Said<'_>, whole: &Said<'_>) -> bool {
    let plain = |said: &Said<'_>| {
        adds(said.claim.kind)
            && said.is_level()
            && said.claim.hedge == Hedge::None
            && said.claim.value_to.is_none()
            && said.fraction.is_none()
            && !said.is_bracketed()
    };
    let words = whole.until(part);
    let last = words.get(words.len().saturating_sub(4)..).unwrap_or_default();
    plain(part)
        && plain(whole)
        && part.same_sentence(whole)
        && part.claim.unit == whole.claim.unit
        && (whole.follows(&["trong", "trong số", "trong tổng số", "trên tổng số"], 1) && has(last, &HAVE)
            || starts_with(part.tokens, part.to, &["trong số này", "trong số đó"]) > 0
            || whole.follows(&CHECKED, 2)
                && part.follows(&["phát hiện"], 1)
                && !has(words, &["thêm", "trước"]))
        && !has(words, &SINCE)
        && !has_mark(words, &[';', '.', ':'])
}
