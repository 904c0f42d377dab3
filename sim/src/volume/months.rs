//! What agencies report month by month: digitisation, procedures, use of platforms.

use mc_base::Month;

use super::{Book, Said, months_between, opened, working_day};
use crate::chance::Chance;
use crate::stage::Commune;
use crate::value::{Fields, agency, at, code, codes, d25, int, month, place, text, to, whole, yes};

/// Object that each commune digitises, files to be digitised, thousandths done in January 2021, thousandths
/// more each month.
const OBJECTS: [(&str, i64, i64, i64); 4] = [
    ("procedure_file", 5_200, 120, 14),
    ("valid_result", 3_400, 60, 13),
    ("historical_record", 2_800, 20, 11),
    ("current_record", 1_900, 90, 15),
];

/// Area of procedures at a commune's counter, files a month, percent on time.
const AREAS: [(&str, i64, i64); 12] = [
    ("Hộ tịch", 90, 98),
    ("Chứng thực", 160, 99),
    ("Đất đai tại xã", 70, 86),
    ("Bảo trợ xã hội", 34, 93),
    ("Người có công tại xã", 9, 91),
    ("Nuôi con nuôi", 1, 97),
    ("Tôn giáo", 2, 95),
    ("Giáo dục mầm non, tiểu học", 14, 96),
    ("Hộ kinh doanh", 22, 95),
    ("Nông nghiệp", 11, 92),
    ("Trật tự xây dựng", 18, 88),
    ("Văn hóa cơ sở", 5, 97),
];

/// What further platforms are for; each agency has its own.
const PURPOSES: [&str; 6] =
    ["Quản lý hồ sơ", "Báo cáo thống kê", "Kho dữ liệu", "Tra cứu", "Tập huấn trực tuyến", "Giám sát"];
const OWNERS: [(&str, &str); 6] = [
    ("so-noi-vu", "nội vụ"),
    ("so-xay-dung", "xây dựng"),
    ("so-cong-thuong", "công thương"),
    ("so-tu-phap", "tư pháp"),
    ("so-y-te", "y tế"),
    ("so-gddt", "giáo dục"),
];

/// A month with its position among all that are told, for whatever grows.
type Nth = (i64, Month);

pub(super) fn write(book: &mut Book<'_>) {
    let (first, last) = (book.size.first_month(), opened().plus(4).unwrap_or_else(opened));
    let all: Vec<Nth> = (0..).zip(months_between(first, last)).collect();
    // What goes back beyond January 2021 in a smaller province has grown as far all the same.
    let missing = 58 - whole(all.len());
    let all: Vec<Nth> = all.into_iter().map(|(nth, month)| (nth + missing, month)).collect();
    let (archive, later): (Vec<Nth>, Vec<Nth>) = all.into_iter().partition(|(_, month)| *month <= opened());
    platforms(book);
    reports(book, archive, None);
    for month in later {
        reports(book, vec![month], Some(month.1));
    }
}

/// The files of one month, or of all months before the registers were opened.
fn reports(book: &mut Book<'_>, months: Vec<Nth>, of: Option<Month>) {
    let (day, name, words) = match of {
        None => (d25(7, 3), "den-thang-6-2025".to_owned(), "đến tháng 6/2025, nạp khi mở sổ".to_owned()),
        Some(month) => {
            let (year, number) = month.year_month();
            let day = working_day(month.last_day(), 4);
            (day, format!("thang-{number}-{year}"), format!("tháng {number}/{year}"))
        }
    };
    let communes = &book.province.communes;
    let file = format!("so-hoa-cap-xa-{name}.xlsx");
    let reason = format!("Số hóa hồ sơ cấp xã {words}");
    let chance = book.chance(&format!("volume/digitisation/{name}"));
    let rows = each(communes, &months, &OBJECTS, chance, digitised);
    book.adds(Said { at: at(day, 19, 0), file: &file, reason, register: "digitisation_progress" }, rows);
    let file = format!("tthc-cap-xa-{name}.xlsx");
    let reason = format!("Hồ sơ thủ tục hành chính tại một cửa cấp xã {words}");
    let chance = book.chance(&format!("volume/procedures/{name}"));
    let rows = each(communes, &months, &AREAS, chance, dossiers);
    book.adds(Said { at: at(day, 19, 20), file: &file, reason, register: "procedure_month" }, rows);
    let file = format!("muc-su-dung-nen-tang-chuyen-nganh-{name}.xlsx");
    let reason = format!("Mức sử dụng nền tảng chuyên ngành {words}");
    let rows = used(book, months, book.chance(&format!("volume/platforms/{name}")));
    book.adds(Said { at: at(day, 19, 40), file: &file, reason, register: "platform_month" }, rows);
}

/// A row for each commune, month and line.
fn each<T: Copy + 'static>(
    communes: &[Commune],
    months: &[Nth],
    lines: &'static [T],
    mut chance: Chance,
    row: impl Fn(&Commune, Nth, T, &mut Chance) -> Fields + 'static,
) -> impl Iterator<Item = Fields> + 'static {
    let (communes, months) = (communes.to_vec(), months.to_vec());
    let all = communes.into_iter().flat_map(move |commune| {
        let months = months.clone().into_iter();
        months.flat_map(move |month| {
            let commune = commune.clone();
            lines.iter().map(move |line| (commune.clone(), month, *line))
        })
    });
    all.map(move |(commune, month, line)| row(&commune, month, line, &mut chance))
}

fn digitised(
    commune: &Commune,
    (nth, of): Nth,
    (object, files, first, more): (&str, i64, i64, i64),
    chance: &mut Chance,
) -> Fields {
    let total = if commune.is_ward { files * 2 } else { files };
    let thousandths = (first + more * nth + chance.range(-6, 6)).clamp(0, 990);
    let done = total * thousandths / 1_000;
    vec![
        ("agency", agency(&commune.agency)),
        ("object", code(object)),
        ("unit", code("file")),
        ("bloc", code("state")),
        ("month", month(of)),
        ("place", place(commune.place)),
        ("total", int(total)),
        ("done", int(done)),
        ("accepted", int(done * chance.range(86, 99) / 100)),
    ]
}

fn dossiers(
    commune: &Commune,
    (nth, of): Nth,
    (area, usual, on_time): (&str, i64, i64),
    chance: &mut Chance,
) -> Fields {
    let usual = if commune.is_ward { usual * 3 } else { usual };
    let received = usual * chance.range(78, 124) / 100;
    let resolved = received * chance.range(92, 100) / 100;
    let in_time = resolved * (on_time - chance.range(0, 4)) / 100;
    let online = received * (12 + nth).min(96) / 100;
    vec![
        ("agency", agency(&commune.agency)),
        ("area", code(area)),
        ("month", month(of)),
        ("place", place(commune.place)),
        ("received", int(received)),
        ("online", int(online)),
        ("resolved", int(resolved)),
        ("on_time", int(in_time)),
        ("overdue_open", int((resolved - in_time) / 3)),
        ("paid_online", int(online * 6 / 10)),
    ]
}

fn platform_code(nth: usize) -> String {
    format!("NT-MH-{:03}", 101 + nth)
}

fn platforms(book: &mut Book<'_>) {
    let province = book.province;
    let here = province.place;
    let owners = OWNERS.map(|(stem, words)| (province.agency(stem), words));
    let rows = PURPOSES.into_iter().enumerate().flat_map(move |(first, purpose)| {
        let owners = owners.clone().into_iter().enumerate();
        owners.map(move |(second, (owner, words))| {
            let nth = first * OWNERS.len() + second;
            vec![
                ("code", code(platform_code(nth))),
                ("name", text(format!("{purpose} ngành {words}"))),
                ("kind", code("specialised")),
                ("agency", agency(&owner)),
                ("place", place(here)),
                ("audience", codes(&["officials"])),
                ("in_use_from", crate::value::on(working_day(crate::value::day(2018, 2, 5), nth * 29))),
                ("security_level", int(2)),
                ("connected", yes(nth % 3 != 2)),
                ("yearly_cost", int(whole(1 + nth % 4) * 350_000_000)),
            ]
        })
    });
    let reason = "Nền tảng chuyên ngành của các sở".to_owned();
    let file = "danh-muc-nen-tang-chuyen-nganh.xlsx";
    book.adds(Said { at: at(d25(7, 3), 18, 0), file, reason, register: "platform" }, rows);
}

fn used(book: &Book<'_>, months: Vec<Nth>, mut chance: Chance) -> impl Iterator<Item = Fields> + 'static {
    let here = book.province.place;
    let all = (0..PURPOSES.len() * OWNERS.len())
        .flat_map(move |nth| months.clone().into_iter().map(move |month| (nth, month)));
    all.map(move |(platform, (nth, of))| {
        let users = 60 + whole(platform % 7) * 45 + nth * whole(1 + platform % 5) + chance.range(0, 25);
        vec![
            ("platform", to("platform", platform_code(platform))),
            ("place", place(here)),
            ("month", month(of)),
            ("accounts", int(users * 14 / 10)),
            ("users", int(users)),
            ("sessions", int(users * chance.range(8, 22))),
            ("transactions", int(users * chance.range(2, 9))),
            ("downtime_minutes", int(chance.range(0, 180))),
        ]
    })
}
