//! A small ledger with fixed keys, salts and nonces, and generators of values.

use mc_base::{AgencyId, Day, Hash32, Instant, Month, PlaceId, Scaled, Seq};
use mc_ledger::canon::{Act, RowLeaf};
use mc_ledger::hash::{SaltedText, TextKind, sha256};
use mc_ledger::proof::{CommitProof, ProofFile};
use mc_ledger::tree::{Leaves, MemoryNodes, inclusion_proof, leaf_hash, root};
use mc_ledger::{Checkpoint, Entry, InstanceId, NoteSigner, Point, Value};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

pub const ORIGIN: &str = "minh-hoa/15/0a0a0a0a";

/// Commits with their rows, oldest first.
pub struct Ledger {
    pub commits: Vec<(Entry, Vec<RowLeaf>)>,
    pub nodes: MemoryNodes,
}

pub fn signer() -> NoteSigner {
    NoteSigner::from_seed(ORIGIN, &[42; 32]).expect("a key")
}

pub fn day(text: &str) -> Day {
    Day::parse_iso(text).expect("a day")
}

pub fn open(key: &str, ordinal: u32, previous: Hash32, name: &str) -> RowLeaf {
    RowLeaf {
        register: "base_station".to_owned(),
        schema: sha256(b"schema of base_station"),
        key: key.to_owned(),
        act: Act::Open,
        ordinal,
        field: None,
        previous,
        nonce: [ordinal as u8; 16],
        fields: vec![
            (1, Value::Code(key.to_owned())),
            (2, Value::Text(name.to_owned())),
            (3, Value::Day(day("2025-07-30"))),
            (7, Value::Null),
        ],
    }
}

pub fn follow(open: &RowLeaf, act: Act, field: Option<u16>) -> RowLeaf {
    RowLeaf {
        act,
        field,
        previous: open.hash().expect("a hash"),
        nonce: [0xee; 16],
        fields: Vec::new(),
        ..open.clone()
    }
}

pub fn encoded(rows: &[RowLeaf]) -> Vec<Vec<u8>> {
    rows.iter().map(|row| row.encode().expect("a row")).collect()
}

pub fn hashes(rows: &[RowLeaf]) -> Vec<Hash32> {
    encoded(rows).iter().map(|bytes| leaf_hash(bytes)).collect()
}

impl Ledger {
    /// Five commits: seven stations; one corrected; two opened; one field erased; one retired.
    pub fn sample() -> Self {
        let first: Vec<_> =
            (1..=7).map(|n| open(&format!("tram-{n}"), 1, Hash32::ZERO, &format!("Trạm số {n}"))).collect();
        let wrong = &first[2];
        let right = open("tram-3", 2, wrong.hash().expect("a hash"), "Trạm số 3, Cốc Lếu");
        let more: Vec<_> = (8..=9).map(|n| open(&format!("tram-{n}"), 1, Hash32::ZERO, "Trạm mới")).collect();
        let erased = follow(&right, Act::Erase, Some(2));
        let retired = follow(&first[4], Act::Close, None);
        let corrected = vec![follow(wrong, Act::Close, None), right];
        let mut ledger = Self { commits: Vec::new(), nodes: MemoryNodes::default() };
        for mut rows in [first, corrected, more, vec![erased], vec![retired]] {
            rows.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
            ledger.commit(rows);
        }
        ledger
    }

    pub fn commit(&mut self, rows: Vec<RowLeaf>) {
        let seq = self.commits.len() as u64 + 1;
        let text = |kind: TextKind, text: &str| {
            SaltedText { salt: [seq as u8; 32], text: text.to_owned() }.hash(kind)
        };
        let entry = Entry {
            illustrative: true,
            instance: InstanceId([10; 16]),
            seq: Seq(seq),
            recorded_at: Instant(1_763_377_200_000 + seq as i64 * 1_000),
            actor: "khach-minh-hoa".to_owned(),
            source: text(TextKind::Source, "tram-nha-mang-a.xlsx"),
            reason: text(TextKind::Reason, "Nhập danh sách trạm"),
            idempotency_key: text(TextKind::IdempotencyKey, "khoa-1"),
            request: text(TextKind::Request, "{}"),
            leaf_count: rows.len() as u64,
            rows_root: root(&hashes(&rows)),
        };
        self.nodes.append(entry.hash().expect("an entry"));
        self.commits.push((entry, rows));
    }

    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint { origin: ORIGIN.to_owned(), size: self.nodes.size(), root: self.nodes.root() }
    }

    pub fn path(&self, seq: u64) -> Vec<Hash32> {
        inclusion_proof(&self.nodes, seq - 1, self.nodes.size()).expect("a path")
    }

    /// All rows of the commits in `whole`, and rows 1 and 4 of commit 1 if it is not among them.
    pub fn proof(&self, whole: &[u64]) -> ProofFile {
        let commits = self
            .commits
            .iter()
            .filter_map(|(entry, rows)| {
                let path = self.path(entry.seq.0);
                if whole.contains(&entry.seq.0) {
                    Some(CommitProof::whole(entry, path, encoded(rows)).expect("a commit"))
                } else if entry.seq.0 == 1 {
                    let some = [1, 4].map(|index| (index, rows[index as usize].encode().expect("a row")));
                    Some(CommitProof::part(entry, path, &Leaves(&hashes(rows)), some).expect("a commit"))
                } else {
                    None
                }
            })
            .collect();
        ProofFile {
            origin: ORIGIN.to_owned(),
            vkey: signer().verifier().to_string(),
            checkpoint: self.checkpoint().sign(&signer()).expect("a checkpoint"),
            commits,
            figure: None,
        }
    }
}

/// Any text in normal form C, with Vietnamese letters often among it.
pub fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-zđơưăâêô ỦủòÒ/%,\n]{0,40}"].prop_map(|text| text.nfc().collect())
}

pub fn any_code() -> impl Strategy<Value = String> {
    any_text().prop_map(|text| {
        let plain: String = text.chars().filter(|c| !c.is_control() && *c != ',').collect();
        let code: String = plain.trim().nfc().collect();
        if code.is_empty() { "x".to_owned() } else { code }
    })
}

pub fn any_key() -> impl Strategy<Value = String> {
    prop::collection::vec(any_code(), 1..4).prop_map(|parts| {
        let parts: Vec<_> = parts.iter().map(|p| p.replace('%', "%25").replace('/', "%2F")).collect();
        let key: String = parts.join("/").nfc().collect();
        if key.len() > 1_000 { "k".to_owned() } else { key }
    })
}

pub fn any_register() -> impl Strategy<Value = String> {
    "[a-z][a-z0-9_]{0,20}"
}

pub fn any_hash() -> impl Strategy<Value = Hash32> {
    any::<[u8; 32]>().prop_map(Hash32)
}

pub fn any_value() -> impl Strategy<Value = Value> {
    let any_day = (-719_162..=2_932_896).prop_map(|days| Day::from_epoch_days(days).expect("a day"));
    let any_month = (1_i16..=9_999, 1_i8..=12).prop_map(|(y, m)| Month::new(y, m).expect("a month"));
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        (any::<i64>(), 0_u8..=9).prop_map(|(mantissa, scale)| Value::Scaled(Scaled { mantissa, scale })),
        any_day.prop_map(Value::Day),
        any_month.prop_map(Value::Month),
        (-62_000_000_000_000..=250_000_000_000_000_i64).prop_map(|ms| Value::Instant(Instant(ms))),
        any_text().prop_map(Value::Text),
        any_code().prop_map(Value::Code),
        prop::collection::btree_set(any_code(), 0..6).prop_map(|s| Value::CodeSet(s.into_iter().collect())),
        (any_register(), any_key()).prop_map(|(register, key)| Value::Ref { register, key }),
        any::<u32>().prop_map(|place| Value::Place(PlaceId(place))),
        any_code().prop_map(|slug| Value::Agency(AgencyId(slug))),
        (-1_800_000_000..=1_800_000_000, -900_000_000..=900_000_000)
            .prop_map(|(lon, lat)| Value::Point(Point { lon, lat })),
        any_hash().prop_map(Value::File),
        any_hash().prop_map(Value::Commitment),
    ]
}

pub fn any_row() -> impl Strategy<Value = RowLeaf> {
    let act = prop_oneof![Just(Act::Open), Just(Act::Close), Just(Act::Erase)];
    let fields = prop::collection::btree_map(1_u16.., any_value(), 0..8);
    (
        any_register(),
        any_hash(),
        any_key(),
        act,
        1_u32..,
        1_u16..,
        any::<[u8; 32]>(),
        any::<[u8; 16]>(),
        fields,
    )
        .prop_map(|(register, schema, key, act, ordinal, field, previous, nonce, fields)| RowLeaf {
            register,
            schema,
            key,
            act,
            ordinal,
            field: (act == Act::Erase).then_some(field),
            previous: if act == Act::Open && ordinal == 1 { Hash32::ZERO } else { Hash32(previous) },
            nonce,
            fields: if act == Act::Open { fields.into_iter().collect() } else { Vec::new() },
        })
        .prop_filter("a hash of zeros", |row| {
            (row.previous == Hash32::ZERO) == (row.act == Act::Open && row.ordinal == 1)
        })
}
