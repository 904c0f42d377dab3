//! Budgets of the years before, and the communes' own lines of 2025.

use mc_base::{AgencyId, Day, PlaceId};

use super::{Book, Said, working_day};
use crate::chance::Chance;
use crate::value::{Fields, agency, at, code, codes, d25, day, int, on, place, text, to, whole};

const MILLION: i64 = 1_000_000;
const BILLION: i64 = 1_000 * MILLION;

/// Lines of an earlier year in a full province.
const LINES: usize = 140;
/// The local budget of an earlier year, in tỷ đồng: the first year and what each later one adds.
const BUDGET: (i64, i64) = (9_800, 850);
/// What departments spend it on: words, tag, nature.
const PURPOSES: [(&str, &str, &str); 6] = [
    ("Số hóa hồ sơ", "digital", "recurrent"),
    ("Hạ tầng mạng nội bộ", "digital", "investment"),
    ("Đề tài ứng dụng", "st", "recurrent"),
    ("Thiết bị đo lường, kiểm nghiệm", "st", "investment"),
    ("Hỗ trợ sáng kiến", "innovation", "recurrent"),
    ("Đào tạo kỹ năng số", "digital", "recurrent"),
];
const SPENDERS: [&str; 8] =
    ["so-khcn", "so-nnmt", "so-noi-vu", "so-y-te", "so-gddt", "so-xay-dung", "so-cong-thuong", "so-vhttdl"];

/// A line with what is spent on it.
#[derive(Clone)]
struct Line {
    year: i16,
    code: String,
    title: String,
    spender: AgencyId,
    place: PlaceId,
    level: &'static str,
    tag: &'static str,
    nature: &'static str,
    allocated: i64,
    /// Last month with an entry.
    to_month: i8,
}

pub(super) fn write(book: &mut Book<'_>) {
    let mut chance = book.chance("volume/budget");
    let mut lines: Vec<Line> = Vec::new();
    let years = book.size.first_month().year_month().0..=2024;
    for year in years.clone() {
        lines.extend((1..=book.size.of(LINES)).map(|nth| of_department(book, year, nth, &mut chance)));
    }
    for (nth, commune) in (1..).zip(&book.province.communes) {
        for (half, (words, tag, nature)) in (0..).zip(PURPOSES.into_iter().skip(4)) {
            lines.push(Line {
                year: 2025,
                code: format!("MHX-{:03}", nth * 2 + half),
                title: format!("{words} tại {}", commune.name),
                spender: commune.agency.clone(),
                place: commune.place,
                level: "commune",
                tag,
                nature,
                allocated: chance.range(60, 420) * MILLION,
                to_month: 6,
            });
        }
    }
    let file = "ngan-sach-cac-nam-truoc.xlsx";
    let said = |minute: i64, register: &'static str, reason: &str| Said {
        at: at(d25(7, 4), 20, minute),
        file,
        reason: reason.to_owned(),
        register,
    };
    let rows = lines.clone().into_iter().map(|line| line.fields());
    book.adds(said(0, "budget_line", "Dòng ngân sách các năm trước và của các xã"), rows);
    let mut drawn = book.chance("volume/budget/entries");
    let rows = lines.into_iter().flat_map(move |line| line.entries(&mut drawn));
    book.adds(said(10, "budget_entry", "Bút toán các năm trước và của các xã"), rows);
    let (here, issuer) = (book.province.place, book.province.agency("so-tai-chinh"));
    let rows = years.flat_map(move |year| totals(year, here, &issuer));
    book.adds(said(20, "local_budget_total", "Ngân sách địa phương các năm trước"), rows);
}

fn of_department(book: &Book<'_>, year: i16, nth: usize, chance: &mut Chance) -> Line {
    let (words, tag, nature) = PURPOSES.get(nth % PURPOSES.len()).copied().unwrap_or_default();
    let stem = chance.pick(&SPENDERS);
    Line {
        year,
        code: format!("MHT-{nth:03}"),
        title: format!("{words}, gói {nth} năm {year}"),
        spender: book.province.agency(stem),
        place: book.province.place,
        level: "province",
        tag,
        nature,
        allocated: chance.range(300, 3_600) * MILLION,
        to_month: 12,
    }
}

impl Line {
    fn key(&self) -> String {
        format!("{}/{}", self.year, self.code)
    }

    fn fields(&self) -> Fields {
        vec![
            ("year", int(self.year)),
            ("code", code(self.code.clone())),
            ("title", text(self.title.clone())),
            ("agency", agency(&self.spender)),
            ("place", place(self.place)),
            ("nature", code(self.nature)),
            ("source", code("local")),
            ("budget_level", code(self.level)),
            ("tags", codes(&[self.tag])),
        ]
    }

    /// Allocated in January; disbursed month by month, nine tenths at most.
    fn entries(&self, chance: &mut Chance) -> Vec<Fields> {
        let month_day = |month: i8, after: usize| working_day(day(self.year, month, 1), after);
        let mut entries = vec![self.entry("allocated", month_day(1, 9), self.allocated, 0)];
        for month in 2..=self.to_month {
            let amount = self.allocated / 110 * chance.range(2, 9);
            let paid = month_day(month, 2 + chance.below(22));
            entries.push(self.entry("disbursed", paid, amount, i64::from(month)));
        }
        entries
    }

    fn entry(&self, kind: &str, on_day: Day, amount: i64, voucher: i64) -> Fields {
        let part = |tag: &str| int(if self.tag == tag { amount } else { 0 });
        vec![
            ("line", to("budget_line", self.key())),
            ("kind", code(kind)),
            ("day", on(on_day)),
            ("voucher", code(format!("{}-{voucher:02}", self.code))),
            ("amount", int(amount)),
            ("st", part("st")),
            ("innovation", part("innovation")),
            ("digital", part("digital")),
        ]
    }
}

/// Planned before the year, estimated in September, actual month by month.
fn totals(year: i16, here: PlaceId, issuer: &AgencyId) -> Vec<Fields> {
    let planned = (BUDGET.0 + BUDGET.1 * i64::from(year - 2021)) * BILLION;
    let total = |kind: &str, on_day: Day, amount: i64| {
        let mut fields = vec![
            ("place", place(here)),
            ("year", int(year)),
            ("kind", code(kind)),
            ("day", on(on_day)),
            ("amount", int(amount)),
            ("agency", agency(issuer)),
            ("document", text(format!("Báo cáo ngân sách ngày {} (minh họa)", mc_base::date::short(on_day)))),
        ];
        if kind != "actual" {
            fields.push(("valid_from", on(day(year, 1, 1))));
            fields.push(("valid_until", on(day(year + 1, 1, 1))));
        }
        fields
    };
    let mut rows = vec![
        total("planned", day(year - 1, 12, 10), planned),
        total("estimated", day(year, 9, 30), planned / 100 * 97),
    ];
    rows.extend((1..=12).map(|month| {
        let last = day(year, month, 1).month().last_day();
        // Spending gathers towards the end of the year.
        total("actual", last, planned / 1_000 * (50 + whole(usize::from(month.unsigned_abs())) * 5))
    }));
    rows
}
