//! Whether a number is said to be, to be wanted or to be expected.

use crate::claim::Modality;
use crate::lexicon::ends_with;
use crate::text::Token;

const TARGET: [&str; 16] = [
    "phấn đấu",
    "mục tiêu",
    "chỉ tiêu",
    "yêu cầu",
    "phải đạt",
    "cần đạt",
    "giao",
    "quyết tâm",
    "bảo đảm đạt",
    "đặt ra",
    "đề ra",
    "tối thiểu",
    "ít nhất",
    "phải hoàn thành",
    "theo kế hoạch",
    "kế hoạch là",
];
const FORECAST: [&str; 6] = ["dự kiến", "dự báo", "ước", "sẽ", "có thể đạt", "kỳ vọng"];
/// Said before the number it undoes a target: the result stands behind.
const FACT: [&str; 6] = ["đã", "hiện", "đạt được", "thực tế", "kết quả", "vượt"];

/// Where a sentence turns to targets, forecasts or facts.
#[derive(Default)]
pub(super) struct Modalities {
    /// The token behind each word that turns it, with what it turns to.
    turns: Vec<(usize, Modality)>,
}

impl Modalities {
    pub(super) fn of(tokens: &[Token]) -> Self {
        let turns = (1..=tokens.len()).filter_map(|end| Some((end, turn(tokens, end)?))).collect();
        Self { turns }
    }

    /// The modality of the number that begins at `at`: the nearest word before it decides.
    pub(super) fn at(&self, at: usize) -> Modality {
        let before = self.turns.partition_point(|(end, _)| *end <= at);
        before.checked_sub(1).and_then(|last| self.turns.get(last)).map_or(Modality::Fact, |(_, turn)| *turn)
    }
}

fn turn(tokens: &[Token], end: usize) -> Option<Modality> {
    if tokens.get(end - 1).is_some_and(|token| token.is_mark(';')) || ends_with(tokens, end, &FACT) > 0 {
        return Some(Modality::Fact);
    }
    if ends_with(tokens, end, &TARGET) > 0 && !is_base(tokens, end) {
        return Some(Modality::Target);
    }
    (ends_with(tokens, end, &FORECAST) > 0).then_some(Modality::Forecast)
}

/// "bằng 138,7% dự toán Trung ương giao và tăng 31%": what a percentage is of is no target of what follows.
fn is_base(tokens: &[Token], end: usize) -> bool {
    const BASE: usize = 8;
    let before = tokens.get(end.saturating_sub(BASE)..end).unwrap_or_default();
    before.iter().rev().find(|token| !token.is_word()).is_some_and(|mark| mark.is_mark('%'))
}
