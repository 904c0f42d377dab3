//! 4.017 base stations known on 30 July 2025, 4.607 in October: both published, the records invented.
//!
//! | | on 31/7 as known then | on 31/10 |
//! |---|---|---|
//! | listed in July | 4.038 | 4.038 |
//! | to go on air in August | − 12 | |
//! | end day entered by mistake, corrected later | − 9 | |
//! | duplicates, retired later | | − 47 |
//! | listed as on air by mistake, corrected later | | − 14 |
//! | stopped since | | − 21 |
//! | new | | + 651 |
//! | | 4.017 | 4.607 |

use mc_base::Day;

use crate::chance::Chance;
use crate::network::{Network, OPERATORS, Site, Station, counted, file_of, repeats};
use crate::script::{Scene, Script};
use crate::stage::Province;
use crate::value::{at, code, d25, later, on, place};

/// The day the register of the merged province opens; nothing earlier was published.
const OPENED: (i8, i8) = (7, 1);
/// Stations each operator lists in July, and how many of them are duplicates.
const LISTED: [(usize, usize); 6] = [(1_468, 15), (1_070, 12), (820, 10), (360, 6), (200, 3), (120, 1)];
const LATE_STARTS: usize = 12;
const WRONGLY_ENDED: usize = 9;
const WRONGLY_LIVE: usize = 14;
const STOPPED: usize = 21;
const WRONG_COMMUNE: usize = 26;
/// New stations of August, September and October.
const NEW: [usize; 3] = [210, 223, 218];
/// How often an operator builds.
const BUILDS: [usize; 6] = [38, 27, 20, 8, 4, 3];
/// The first stations of the first operator stay as they are: examples import changes of theirs. Here is
/// where they stand.
const FIRST: [u32; 10] =
    [102_647, 102_761, 103_082, 102_671, 102_809, 104_252, 102_680, 102_839, 104_288, 102_683];

/// What July's lists say of stations, and what is found out about some of them later.
#[derive(Default)]
struct July {
    sites: Vec<Site>,
    /// By operator; duplicates last.
    lists: Vec<Vec<Station>>,
    duplicates: Vec<(Station, Station)>,
    late_starts: Vec<Station>,
    wrongly_ended: Vec<Station>,
    wrongly_live: Vec<Station>,
    stopped: Vec<Station>,
    wrong_commune: Vec<Station>,
}

pub(super) fn tell(province: &Province, seed: u64, script: &mut Script) {
    let mut chance = Chance::of(seed, "lao-cai/stations");
    let mut network = Network::new("LC", &province.communes, &mut chance);
    let july = july(province, &mut network, &mut chance);
    first_lists(province, &july, script);
    for (month, count) in (8..).zip(NEW) {
        new_stations(province, &mut network, &mut chance, (month, count), script);
    }
    duplicates_retired(province, &july, script);
    communes_corrected(province, &july, script);
    states_corrected(province, &july, script);
    stopped(province, &july, script);
}

fn july(province: &Province, network: &mut Network<'_>, chance: &mut Chance) -> July {
    let opened = d25(OPENED.0, OPENED.1);
    let mut july = July::default();
    for (operator, (listed, duplicates)) in LISTED.into_iter().enumerate() {
        let mut list = Vec::with_capacity(listed);
        if operator == 0 {
            let first = FIRST.iter().filter_map(|id| {
                let commune = province.communes.iter().position(|commune| commune.place.0 == *id)?;
                network.station_in(chance, commune, operator, opened)
            });
            list.extend(first);
        }
        while list.len() < listed - duplicates {
            let Some(station) = network.station(chance, operator, opened) else { break };
            list.push(station);
        }
        for nth in 0..duplicates {
            // Any ordinary station will do; these are spread over the list.
            let Some(of) = list.get(20 + nth * 5).cloned() else { continue };
            let twin = network.duplicate(&of);
            july.duplicates.push((twin.clone(), of));
            list.push(twin);
        }
        july.lists.push(list);
    }
    july.sites = network.new_sites();
    july.cast(chance, province);
    july
}

impl July {
    /// Chooses the stations about which something is found out later, none twice, none of the first sixty of
    /// an operator and no duplicate.
    fn cast(&mut self, chance: &mut Chance, province: &Province) {
        let mut pool: Vec<(usize, usize)> = Vec::new();
        for (operator, (listed, duplicates)) in LISTED.into_iter().enumerate() {
            pool.extend((100..listed - duplicates).map(|at| (operator, at)));
        }
        let mut draw = |count: usize| -> Vec<(usize, usize)> {
            (0..count.min(pool.len())).map(|_| pool.swap_remove(chance.below(pool.len()))).collect()
        };
        let (late, ended, live) = (draw(LATE_STARTS), draw(WRONGLY_ENDED), draw(WRONGLY_LIVE));
        let (stopped, moved) = (draw(STOPPED), draw(WRONG_COMMUNE));
        for (nth, at) in late.into_iter().enumerate() {
            if let Some(station) = self.listed(at) {
                station.since = later(d25(8, 4), i32::try_from(nth * 2).unwrap_or(0));
                station.on_air = station.since;
                let station = station.clone();
                self.late_starts.push(station);
            }
        }
        self.wrongly_ended = self.all(&ended);
        self.wrongly_live = self.all(&live);
        self.stopped = self.all(&stopped);
        // Keeps where they really are; the list has the next commune of the register instead.
        self.wrong_commune = self.all(&moved);
        for at in moved {
            let Some(station) = self.listed(at) else { continue };
            let communes = province.communes.iter().cycle();
            let mut next = communes.skip_while(|commune| commune.place != station.place).skip(1);
            if let Some(wrong) = next.next() {
                station.place = wrong.place;
            }
        }
    }

    fn listed(&mut self, (operator, at): (usize, usize)) -> Option<&mut Station> {
        self.lists.get_mut(operator)?.get_mut(at)
    }

    fn all(&mut self, at: &[(usize, usize)]) -> Vec<Station> {
        at.iter().filter_map(|at| self.listed(*at).cloned()).collect()
    }

    fn is_duplicate(&self, station: &Station) -> bool {
        self.duplicates.iter().any(|(twin, _)| twin.code == station.code)
    }

    fn is_wrongly_ended(&self, station: &Station) -> bool {
        self.wrongly_ended.iter().any(|one| one.code == station.code)
    }

    /// Technologies were listed for stations that really transmit.
    fn transmits(&self, station: &Station) -> bool {
        !self.is_duplicate(station) && !self.wrongly_live.iter().any(|one| one.code == station.code)
    }
}

fn first_lists(province: &Province, july: &July, script: &mut Script) {
    let keeper = province.agency("so-khcn");
    let officer = || province.focal_officer("so-khcn");
    let mut sites = Scene::new(
        at(d25(7, 4), 9, 15),
        officer(),
        "bang-vi-tri-tram.xlsx (minh họa)",
        "Lập sổ vị trí đặt trạm của tỉnh sau sắp xếp",
    );
    for site in &july.sites {
        sites.insert("base_site", site.fields(&keeper));
    }
    script.add(sites);
    let days = [8, 9, 11, 15, 16, 18].map(|day| d25(7, day));
    for ((operator, list), day) in july.lists.iter().enumerate().zip(days) {
        let name = OPERATORS.get(operator).copied().unwrap_or_default();
        let reason = format!("Nhập danh sách trạm của {name}: {}", counted(list.len(), "trạm"));
        let mut scene = Scene::new(at(day, 10, 20), officer(), file_of(operator), reason);
        for station in list {
            let mut fields = station.fields(&keeper);
            if july.is_wrongly_ended(station) {
                fields.push(("until", on(d25(7, 15))));
            }
            if let Some((_, of)) = july.duplicates.iter().find(|(twin, _)| twin.code == station.code) {
                fields.push(repeats(of));
            }
            scene.insert("base_station", fields);
        }
        script.add(scene);
    }
    let mut technologies = Scene::new(
        at(d25(7, 22), 14, 0),
        province.standing_agency(),
        "bang-cong-nghe-tram.xlsx (minh họa)",
        "Nhập công nghệ của từng trạm",
    );
    for station in july.lists.iter().flatten().filter(|station| july.transmits(station)) {
        for fields in station.technology_fields() {
            technologies.insert("station_technology", fields);
        }
    }
    script.add(technologies);
}

fn new_stations(
    province: &Province,
    network: &mut Network<'_>,
    chance: &mut Chance,
    (month, count): (i8, usize),
    script: &mut Script,
) {
    let keeper = province.agency("so-khcn");
    let reported = later(d25(month, 1).month().last_day(), 5);
    let days = i64::from(d25(month, 1).month().last_day().ymd().2);
    let stations: Vec<Station> = (0..count)
        .filter_map(|_| {
            let operator = chance.weighted(&BUILDS);
            let since = d25(month, i8::try_from(chance.range(1, days)).unwrap_or(1));
            let station = network.station(chance, operator, since)?;
            Some(Station { on_air: since, ..station })
        })
        .collect();
    let file = format!("bang-tram-tang-thang-{month}.xlsx (minh họa)");
    let officer = || province.focal_officer("so-khcn");
    let reason = format!("Vị trí đặt trạm mới của tháng {month}/2025");
    let mut sites = Scene::new(at(reported, 8, 40), officer(), file.clone(), reason);
    for site in network.new_sites() {
        sites.insert("base_site", site.fields(&keeper));
    }
    script.add(sites);
    let reason = format!("Trạm phát sóng mới của tháng {month}/2025: {}", counted(count, "trạm"));
    let mut list = Scene::new(at(reported, 8, 55), officer(), file.clone(), reason);
    let reason = format!("Công nghệ của các trạm mới tháng {month}/2025");
    let mut technologies = Scene::new(at(reported, 9, 10), province.standing_agency(), file, reason);
    for station in &stations {
        list.insert("base_station", station.fields(&keeper));
        for fields in station.technology_fields() {
            technologies.insert("station_technology", fields);
        }
    }
    script.add(list);
    script.add(technologies);
}

fn duplicates_retired(province: &Province, july: &July, script: &mut Script) {
    const FIRST_FOUND: usize = 30;
    let split = july.duplicates.len().min(FIRST_FOUND);
    let (first, second) = july.duplicates.split_at(split);
    for (twins, day) in [(first, d25(8, 20)), (second, d25(10, 15))] {
        let reason = format!(
            "Rút {} ghi trùng: cùng vị trí, cùng doanh nghiệp, hai mã (minh họa)",
            counted(twins.len(), "trạm")
        );
        let source = "Đối chiếu danh sách giữa các doanh nghiệp (minh họa)";
        let mut scene = Scene::new(at(day, 15, 30), province.focal_officer("so-khcn"), source, reason);
        for (twin, _) in twins {
            scene.retire("base_station", twin.code.clone());
        }
        script.add(scene);
    }
}

fn communes_corrected(province: &Province, july: &July, script: &mut Script) {
    let day = d25(9, 12);
    let source = "Đối chiếu tọa độ với địa giới xã, phường (minh họa)";
    let reason = format!("Sửa xã, phường của {} ghi sai địa bàn (minh họa)", counted(WRONG_COMMUNE, "trạm"));
    let mut scene = Scene::new(at(day, 9, 5), province.focal_officer("so-khcn"), source, reason);
    let reason = "Chép lại địa bàn cho công nghệ của các trạm vừa sửa";
    let mut copies = Scene::new(at(day, 9, 20), province.standing_agency(), source, reason);
    for station in &july.wrong_commune {
        scene.correct("base_station", station.code.clone(), vec![("place", place(station.place))]);
        for key in station.technology_keys() {
            copies.correct("station_technology", key, Vec::new());
        }
    }
    script.add(scene);
    script.add(copies);
}

fn states_corrected(province: &Province, july: &July, script: &mut Script) {
    let officer = || province.focal_officer("so-khcn");
    let reason = format!(
        "Sửa trạng thái của {} ghi nhầm là đang phát sóng (minh họa)",
        counted(july.wrongly_live.len(), "trạm")
    );
    let source = "Kiểm tra tại chỗ, biên bản minh họa";
    let mut scene = Scene::new(at(d25(9, 25), 16, 10), officer(), source, reason);
    for station in &july.wrongly_live {
        scene.correct("base_station", station.code.clone(), vec![("state", code("stopped"))]);
    }
    script.add(scene);
    let reason = format!(
        "Bỏ ngày ngừng ghi nhầm của {} vẫn phát sóng (minh họa)",
        counted(july.wrongly_ended.len(), "trạm")
    );
    let source = "Phản hồi của doanh nghiệp viễn thông (minh họa)";
    let mut scene = Scene::new(at(d25(10, 8), 10, 45), officer(), source, reason);
    for station in &july.wrongly_ended {
        scene.correct("base_station", station.code.clone(), vec![("until", mc_ledger::Value::Null)]);
    }
    script.add(scene);
}

fn stopped(province: &Province, july: &July, script: &mut Script) {
    let days: [Day; 3] = [d25(8, 29), d25(9, 30), d25(10, 31)];
    for (stations, day) in july.stopped.chunks(STOPPED.div_ceil(days.len())).zip(days) {
        let since = later(day, -12);
        let (_, month, _) = day.ymd();
        let file = format!("bang-tram-giam-thang-{month}.xlsx (minh họa)");
        let reason = format!("{} ngừng phát sóng trong tháng {month}/2025", counted(stations.len(), "trạm"));
        let officer = province.focal_officer("so-khcn");
        let mut scene = Scene::new(at(day, 11, 0), officer, file.clone(), reason);
        let reason = format!("Công nghệ tắt sóng cùng các trạm ngừng tháng {month}/2025");
        let mut off = Scene::new(at(day, 11, 15), province.standing_agency(), file, reason);
        for station in stations {
            scene.change("base_station", station.code.clone(), since, vec![("state", code("stopped"))]);
            for key in station.technology_keys() {
                off.correct("station_technology", key, vec![("off_air", on(since))]);
            }
        }
        script.add(scene);
        script.add(off);
    }
}
