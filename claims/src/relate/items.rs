//! How many things a list names: commas, "và" and semicolons part them, and stand inside names too.

use crate::lexicon::{any_of, ends_with, starts_with};
use crate::text::{Token, TokenKind};

/// What a list may count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Count {
    /// As few as this.
    pub(super) least: i64,
    /// As many as this.
    pub(super) most: i64,
    /// The likeliest.
    pub(super) likely: i64,
    /// A number outside is surely wrong.
    pub(super) sure: bool,
}

/// Words on both sides of an "và" or a comma that stands inside a name.
const INSIDE: [(&str, &str); 45] = [
    ("giáo dục", "đào tạo"),
    ("khoa học", "công nghệ"),
    ("nông nghiệp", "môi trường"),
    ("tài nguyên", "môi trường"),
    ("nông nghiệp", "phát triển"),
    ("thông tin", "truyền thông"),
    ("thể thao", "du lịch"),
    ("văn hóa", "thể thao"),
    ("văn hóa", "thông tin"),
    ("văn hóa", "xã hội"),
    ("kinh tế", "xã hội"),
    ("thương binh", "xã hội"),
    ("lao động", "thương binh"),
    ("dân tộc", "tôn giáo"),
    ("thiểu số", "miền núi"),
    ("tiếp nhận", "trả kết quả"),
    ("phòng cháy", "chữa cháy"),
    ("chữa cháy", "cứu nạn"),
    ("quốc phòng", "an ninh"),
    ("an ninh", "trật tự"),
    ("nước sạch", "vệ sinh"),
    ("kiểm tra", "giám sát"),
    ("giám sát", "đánh giá"),
    ("kiểm tra", "đánh giá"),
    ("kế hoạch", "đầu tư"),
    ("xây dựng", "phát triển"),
    ("bảo vệ", "phát triển"),
    ("quản lý", "sử dụng"),
    ("quản lý", "bảo vệ"),
    ("thực hành", "chống"),
    ("tiết kiệm", "chống"),
    ("phòng", "chống"),
    ("sáng tạo", "chuyển đổi"),
    ("công nghệ", "đổi mới"),
    ("thu", "chi"),
    ("xã", "phường"),
    ("thôn", "bản"),
    ("thôn", "tổ dân phố"),
    ("cán bộ", "công chức"),
    ("công chức", "viên chức"),
    ("cơ quan", "đơn vị"),
    ("tổ chức", "cá nhân"),
    ("người dân", "doanh nghiệp"),
    ("nông", "lâm"),
    ("lâm", "thủy sản"),
];
/// Words that begin a clause behind a list.
const CLAUSES: [&str; 30] = [
    "giúp",
    "để",
    "nhằm",
    "góp phần",
    "với",
    "trong đó",
    "qua đó",
    "từ đó",
    "bảo đảm",
    "đảm bảo",
    "tạo",
    "hoàn thành",
    "do",
    "theo",
    "được",
    "đã",
    "phấn đấu",
    "đồng thời",
    "nên",
    "vì",
    "khi",
    "tại",
    "từ",
    "hướng tới",
    "phục vụ",
    "đáp ứng",
    "trước",
    "thuộc",
    "của",
    "là",
];
/// Tokens of a list that are looked through.
const LENGTH_MAX: usize = 240;
/// Cuts of a list that is counted.
const CUTS_MAX: usize = 40;

/// Where a list is parted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Cut {
    Comma,
    And,
    Semicolon,
}

/// The list without the clause behind it: "…, vào bãi và thông quan, giúp tiết kiệm …".
pub(super) fn trimmed(tokens: &[Token]) -> &[Token] {
    let joint = tokens.iter().position(|token| token.norm == "và").unwrap_or(tokens.len());
    let clause = (joint..tokens.len()).find(|at| {
        tokens.get(*at).is_some_and(|token| token.is_mark(',')) && starts_with(tokens, at + 1, &CLAUSES) > 0
    });
    tokens.get(..clause.unwrap_or(tokens.len())).unwrap_or_default()
}

/// Items of a list, of the tokens of its sentence behind the word that opens it.
pub(super) fn count(tokens: &[Token]) -> Option<Count> {
    let tokens = tokens.get(..tokens.len().min(LENGTH_MAX)).unwrap_or_default();
    if let Some(numbered) = numbered(tokens) {
        return Some(exact(numbered));
    }
    let cuts = cuts(tokens);
    if cuts.len() > CUTS_MAX {
        return None;
    }
    let semicolons = cuts.iter().filter(|(_, cut)| *cut == Cut::Semicolon).count();
    let first = cuts.iter().find(|(_, cut)| *cut == Cut::Semicolon).map_or(tokens.len(), |(at, _)| *at);
    let clause = tokens.get(..first).unwrap_or_default();
    let inner: Vec<(usize, Cut)> = cuts.iter().copied().filter(|(at, _)| *at < first).collect();
    let plain = of_commas(clause, &inner);
    if semicolons == 0 {
        return plain;
    }
    let parts = i64::try_from(semicolons).ok()? + 1;
    match plain {
        // "là A, B và C; một số nơi còn chậm": the list ends with its clause.
        Some(plain) if plain.likely >= 3 && (parts == 2 || is_joined(&inner)) => Some(Count {
            least: plain.least.min(parts),
            most: plain.most.max(parts),
            sure: plain.sure && parts == 2 && is_joined(&inner),
            ..plain
        }),
        _ => Some(Count { sure: semicolons >= 2, ..exact(parts) }),
    }
}

/// Whether an "và" joins the last item.
fn is_joined(cuts: &[(usize, Cut)]) -> bool {
    cuts.iter().any(|(_, cut)| *cut == Cut::And)
}

fn exact(count: i64) -> Count {
    Count { least: count, most: count, likely: count, sure: true }
}

/// "gồm: (1) …; (2) …": the items are numbered.
fn numbered(tokens: &[Token]) -> Option<i64> {
    let number = |token: &Token| token.is_number() && token.norm.len() <= 2;
    let numbered = tokens.windows(3).filter(|window| {
        matches!(window, [open, count, close] if open.is_mark('(') && number(count) && close.is_mark(')'))
    });
    i64::try_from(numbered.count()).ok().filter(|count| *count > 1)
}

/// Commas, "và" and semicolons outside brackets, quotes and names.
fn cuts(tokens: &[Token]) -> Vec<(usize, Cut)> {
    let mut cuts = Vec::new();
    let mut depth = 0_u32;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Mark('(' | '“' | '«') => depth += 1,
            TokenKind::Mark(')' | '”' | '»') => depth = depth.saturating_sub(1),
            _ => {}
        }
        let cut = match token.kind {
            TokenKind::Mark(',') => Cut::Comma,
            TokenKind::Mark(';') => Cut::Semicolon,
            TokenKind::Word if token.norm == "và" => Cut::And,
            _ => continue,
        };
        if cuts.len() > CUTS_MAX {
            break;
        }
        if depth == 0 && !is_inside(tokens, at) {
            cuts.push((at, cut));
        }
    }
    cuts
}

fn is_inside(tokens: &[Token], at: usize) -> bool {
    INSIDE.iter().any(|(left, right)| {
        ends_with(tokens, at, &[*left]) > 0 && starts_with(tokens, at + 1, &[*right]) > 0
    })
}

/// A list with commas, whose last item an "và" may join or hold.
fn of_commas(tokens: &[Token], cuts: &[(usize, Cut)]) -> Option<Count> {
    let joint = cuts.iter().rposition(|(_, cut)| *cut == Cut::And);
    let ands = cuts.iter().filter(|(_, cut)| *cut == Cut::And).count();
    let close = joint.and_then(|joint| cuts.get(joint + 1)).map(|(at, _)| *at);
    let behind = close.map(|close| tokens.get(close + 1..).unwrap_or_default());
    // "…, vào bãi và thông quan, giúp tiết kiệm …": a clause behind the list.
    let clause = behind.is_none_or(|behind| starts_with(behind, 0, &CLAUSES) > 0);
    let commas = cuts.iter().filter(|(_, cut)| *cut == Cut::Comma).count();
    let (commas, ands) = (i64::try_from(commas).ok()?, i64::try_from(ands).ok()?);
    let Some(joint) = joint else {
        let last = cuts.last().map_or(0, |(at, _)| at + 1);
        let tail = tokens.get(last..).unwrap_or_default();
        let plain = starts_with(tail, 0, &CLAUSES) == 0 && is_even(tokens, cuts);
        return (commas > 0).then(|| Count { sure: plain, ..exact(commas + 1) });
    };
    let before = i64::try_from(cuts.iter().take(joint).filter(|(_, cut)| *cut == Cut::Comma).count()).ok()?;
    let likely = before + 2;
    let joins = joins(tokens, cuts, joint);
    let sure = ands == 1 && before > 0 && clause && is_even(tokens, cuts);
    let (least, most) = match (joins, clause && behind.is_some()) {
        (true, _) if sure => (likely, likely),
        (_, true) => (before + 1, before + 1 + ands),
        _ => (before + 1, commas + 1 + ands),
    };
    Some(Count { least, most, likely, sure })
}

/// Whether an "và" surely joins the last item: what stands on both sides could be an item by itself.
fn joins(tokens: &[Token], cuts: &[(usize, Cut)], joint: usize) -> bool {
    let Some((at, _)) = cuts.get(joint) else { return false };
    let from = joint.checked_sub(1).and_then(|before| cuts.get(before)).map_or(0, |(before, _)| before + 1);
    let to = cuts.get(joint + 1).map_or(tokens.len(), |(next, _)| *next);
    let left = tokens.get(from..*at).unwrap_or_default();
    let right = tokens.get(at + 1..to).unwrap_or_default();
    let first = |side: &[Token]| side.first().map(|token| token.norm.clone());
    let begins: Vec<Option<String>> = std::iter::once(0)
        .chain(cuts.iter().take(joint).map(|(at, _)| at + 1))
        .map(|at| tokens.get(at).map(|token| token.norm.clone()))
        .collect();
    // "xã A, xã B và xã C"; "Cát Cát, Sín Chải và Má Tra"; "vật liệu san lấp, nhân lực kỹ thuật và vốn đối ứng"
    let same = begins.len() > 1 && begins.iter().all(|begin| *begin == first(right));
    let names = |side: &[Token]| side.iter().take(2).all(|token| token.capital);
    let long = left.len() >= 3 && right.len() >= 2 && !left.iter().any(|token| token.capital);
    same || (names(left) && names(right) && left.len() <= 3) || long
}

/// Whether no item is a lone word beside longer ones: it may be half of a name, as in "nông, lâm nghiệp".
fn is_even(tokens: &[Token], cuts: &[(usize, Cut)]) -> bool {
    let mut lengths = Vec::new();
    let mut from = 0;
    for end in cuts.iter().map(|(at, _)| *at).chain(std::iter::once(tokens.len())) {
        lengths.push(end.saturating_sub(from));
        from = end + 1;
    }
    let short = lengths.iter().filter(|length| **length <= 1).count();
    short == 0 || short * 2 >= lengths.len()
}

/// Names that follow a number and its noun at once: "2 cơn bão số 10 và số 11", "3 xã Bát Xát, Cao Sơn và Y Tý",
/// "3 tổ 5, 9 và 11".
pub(super) fn names(tokens: &[Token]) -> Option<i64> {
    let mut at = 0;
    let mut count = 0;
    loop {
        at += name(tokens.get(at..)?)?;
        count += 1;
        let Some(next) = tokens.get(at) else { return Some(count) };
        let comma = next.is_mark(',') && name(tokens.get(at + 1..)?).is_some();
        if !comma && next.norm != "và" {
            return Some(count);
        }
        at += 1;
    }
}

/// Names in a bracket that follows a number and its noun at once: "2 thôn (Piềng Láo, Ky Quan San)".
pub(super) fn bracketed(tokens: &[Token]) -> Option<i64> {
    tokens.first().filter(|mark| mark.is_mark('('))?;
    let close = tokens.iter().position(|token| token.is_mark(')'))?;
    names(tokens.get(1..close)?).filter(|count| *count > 1)
}

fn name(tokens: &[Token]) -> Option<usize> {
    if any_of(tokens.first(), &["số"]) {
        return tokens.get(1).filter(|token| token.is_number()).map(|_| 2);
    }
    // "ba tổ dân phố 5, 9 và 11"
    let joins =
        |token: &Token| token.is_mark(',') || token.norm == "và" || token.is_mark('.') || token.is_mark(';');
    if tokens.first().is_some_and(Token::is_number) && tokens.get(1).is_none_or(joins) {
        return Some(1);
    }
    let length = tokens.iter().take_while(|token| token.is_word() && token.capital).count();
    (length > 0).then_some(length)
}
