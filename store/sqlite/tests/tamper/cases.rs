//! The cases on the log and what it signs: the numbers are those of the list of tamper cases that the project keeps.

use std::fs;
use std::path::Path;

use mc_port::FindingKind;
use mc_testkit::instance::ORIGIN;

use crate::damage::{delete_last, extension, flip, older, publish, sql, swap, two_roots, uncovered};

/// One tampering and what `verify` must say of it.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) damage: fn(&Path),
    pub(crate) kind: FindingKind,
    pub(crate) place: &'static str,
    pub(crate) message: &'static str,
}

pub(crate) const fn case(
    name: &'static str,
    damage: fn(&Path),
    kind: FindingKind,
    place: &'static str,
    message: &'static str,
) -> Case {
    Case { name, damage, kind, place, message }
}

use FindingKind::{Checkpoint as Mark, Entry, Row, Tree, Version};

const K1: &str = "outlay/K-1, phiên bản 2";
const PUBLISHED: &str = "mốc niêm phong đã công bố";

pub(crate) const CASES: &[Case] = &[
    case(
        "T1 a bit of an entry",
        |dir| flip(dir, "entry", "bytes", "seq = 6"),
        Row,
        "lần ghi 6",
        "mã gốc của các dòng khác với mục ghi",
    ),
    case(
        "T2 a figure of a record",
        |dir| sql(dir, "UPDATE r_outlay SET f4 = 15 WHERE key = 'K-1' AND ord = 2"),
        Version,
        K1,
        "khác với giá trị đã ghi",
    ),
    case(
        "T3 a date of a record",
        |dir| sql(dir, "UPDATE r_outlay SET f2 = f2 + 1 WHERE key = 'K-1' AND ord = 2"),
        Version,
        K1,
        "khác với giá trị đã ghi",
    ),
    case(
        "T3 the instant of an entry",
        |dir| sql(dir, "UPDATE entry SET recorded_at = recorded_at + 1 WHERE seq = 6"),
        Entry,
        "lần ghi 6",
        "thời điểm",
    ),
    case(
        "T4 the author of an entry",
        |dir| sql(dir, "UPDATE entry SET actor = 'nguoi-khac' WHERE seq = 6"),
        Entry,
        "lần ghi 6",
        "người ghi",
    ),
    case("T5 the last entry deleted", delete_last, Mark, PUBLISHED, "sổ cái chỉ còn 9"),
    case(
        "T6 an entry in the middle deleted",
        |dir| sql(dir, "DELETE FROM entry WHERE seq = 6"),
        Entry,
        "lần ghi 7",
        "thiếu lần ghi 6",
    ),
    case(
        "T7 an entry inserted",
        |dir| {
            sql(
                dir,
                "INSERT INTO entry SELECT 11, recorded_at, actor, leaf_count, bytes FROM entry WHERE seq = 10",
            )
        },
        Entry,
        "lần ghi 11",
        "mang số 10",
    ),
    case("T8 two entries swapped", swap, Entry, "lần ghi 5", "mang số 6"),
    case(
        "T9 an entry twice",
        |dir| sql(dir, "UPDATE entry SET bytes = (SELECT bytes FROM entry WHERE seq = 5) WHERE seq = 6"),
        Entry,
        "lần ghi 6",
        "mang số 5",
    ),
    case(
        "T10 an entry cut short",
        |dir| sql(dir, "UPDATE entry SET bytes = substr(bytes, 1, length(bytes) - 1) WHERE seq = 6"),
        Entry,
        "lần ghi 6",
        "không đọc được",
    ),
    case(
        "T11 an entry with a byte more",
        |dir| sql(dir, "UPDATE entry SET bytes = CAST(bytes || x'00' AS BLOB) WHERE seq = 6"),
        Entry,
        "lần ghi 6",
        "không đọc được",
    ),
    case(
        "T13 a leaf hash of the tree",
        |dir| flip(dir, "tree_node", "hash", "level = 0 AND idx = 4"),
        Tree,
        "tầng 0, nút 4",
        "mã băm",
    ),
    case(
        "T14 a node of the tree",
        |dir| flip(dir, "tree_node", "hash", "level = 1 AND idx = 2"),
        Tree,
        "tầng 1, nút 2",
        "mã băm",
    ),
    case(
        "T16 a node too many",
        |dir| sql(dir, "INSERT INTO tree_node VALUES (5, 0, zeroblob(32))"),
        Tree,
        "tầng 5, nút 0",
        "nút thừa",
    ),
    case(
        "T17 a node missing",
        |dir| sql(dir, "DELETE FROM tree_node WHERE level = 1 AND idx = 1"),
        Tree,
        "tầng 1, nút 1",
        "thiếu nút",
    ),
    case(
        "T18 the log of another instance",
        |dir| sql(dir, "UPDATE meta SET value = '00112233445566778899aabbccddeeff' WHERE name = 'instance'"),
        Entry,
        "lần ghi 1",
        "bản cài khác",
    ),
    case(
        "T19 the root of a checkpoint",
        |dir| publish(dir, |it| it.root.0[0] ^= 1, ORIGIN, true),
        Mark,
        PUBLISHED,
        "mã gốc khác",
    ),
    case(
        "T20 the size of a checkpoint",
        |dir| publish(dir, |it| it.size += 1, ORIGIN, true),
        Mark,
        PUBLISHED,
        "sổ cái chỉ còn 10",
    ),
    case("T21 an older checkpoint published", older, Mark, PUBLISHED, "là mốc cũ"),
    case(
        "T22 a checkpoint signed by another key",
        |dir| publish(dir, |_| {}, ORIGIN, false),
        Mark,
        PUBLISHED,
        "",
    ),
    case(
        "T24 the origin of a checkpoint",
        |dir| publish(dir, |_| {}, "minh-hoa/khac", true),
        Mark,
        PUBLISHED,
        "",
    ),
    case("T25 a checkpoint with a line more", extension, Mark, PUBLISHED, ""),
    case("T26 two roots of one size", two_roots, Mark, "mốc niêm phong 10", "mã gốc khác"),
    case(
        "the published checkpoint missing",
        |dir| fs::remove_file(dir.join("checkpoint")).expect("a file"),
        Mark,
        PUBLISHED,
        "thiếu tệp",
    ),
    case(
        "the last entries without checkpoint",
        uncovered,
        Mark,
        "mốc niêm phong",
        "2 lần ghi cuối chưa có mốc",
    ),
];
