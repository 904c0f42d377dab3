//! The log as a monitor reads it that knows the standards (C2SP tlog-tiles, tlog-checkpoint, tlog-proof; RFC 6962) and
//! nothing of our code but SHA-256: it fetches everything, and makes the root anew.

use std::sync::LazyLock;

use axum::http::StatusCode;
use mc_ledger::hash::sha256;
use mc_stories::small;

use crate::site::Site;

type Hash = [u8; 32];

/// More entries than one tile holds.
static LOG: LazyLock<Site> = LazyLock::new(|| {
    let site = Site::illustrative(true);
    for batch in 0..9 {
        let requests: Vec<_> = (0..32)
            .map(|number| {
                let code = format!("K-{batch}-{number}");
                let outlay = small::outlay(&code, small::COMMUNES[0], "2025-08-01", 5);
                small::request(vec![small::inserted("outlay", outlay)])
            })
            .collect();
        for answer in site.queue.with(|writer| writer.commit_group(&requests)) {
            answer.expect("a commit");
        }
    }
    site
});

fn leaf(entry: &[u8]) -> Hash {
    sha256(&[&[0], entry].concat()).0
}

fn node(left: &Hash, right: &Hash) -> Hash {
    sha256(&[&[1], &left[..], &right[..]].concat()).0
}

/// MTH of RFC 6962, section 2.1, over leaf hashes.
fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => sha256(&[]).0,
        [one] => *one,
        _ => {
            let mut half = 1;
            while half * 2 < leaves.len() {
                half *= 2;
            }
            node(&root(&leaves[..half]), &root(&leaves[half..]))
        }
    }
}

fn base64(text: &str) -> Vec<u8> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut held, mut bytes) = (0_u32, 0, Vec::new());
    for letter in text.trim_end_matches('=').chars() {
        bits = bits << 6 | u32::try_from(LETTERS.find(letter).expect("a letter")).expect("small");
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).expect("a byte"));
        }
    }
    bytes
}

/// Size and root of a checkpoint: its second and third line.
fn checkpoint(note: &str) -> (usize, Vec<u8>) {
    let lines: Vec<&str> = note.lines().collect();
    (lines[1].parse().expect("a size"), base64(lines[2]))
}

/// Every resource of one level: full ones, and the partial one at the right edge.
fn names(count: usize) -> Vec<(String, usize)> {
    let mut names: Vec<(String, usize)> =
        (0..count / 256).map(|index| (format!("{index:03}"), 256)).collect();
    if !count.is_multiple_of(256) {
        names.push((format!("{:03}.p/{}", count / 256, count % 256), count % 256));
    }
    names
}

fn fetch(path: &str) -> Vec<u8> {
    let answer = LOG.get(path);
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
    assert_eq!(answer.header("content-type"), "application/octet-stream", "{path}");
    assert!(answer.header("cache-control").contains("immutable"), "{path}");
    answer.bytes
}

/// The entries of all bundles.
fn entries(size: usize) -> Vec<Vec<u8>> {
    let mut entries = Vec::new();
    for (name, width) in names(size) {
        let bundle = fetch(&format!("/nhat-ky/tile/entries/{name}"));
        let mut rest = &bundle[..];
        for _ in 0..width {
            let length = usize::from(u16::from_be_bytes([rest[0], rest[1]]));
            entries.push(rest[2..2 + length].to_vec());
            rest = &rest[2 + length..];
        }
        assert!(rest.is_empty(), "{name} goes on after {width} entries");
    }
    entries
}

#[test]
fn a_monitor_makes_the_root_anew_from_bundles_and_from_tiles() {
    let note = LOG.get("/nhat-ky/checkpoint");
    assert_eq!(note.header("content-type"), "text/plain; charset=utf-8");
    assert!(note.header("cache-control").contains("no-cache"));
    let (size, signed) = checkpoint(&note.text);
    assert!(size > 256, "a full tile and a partial one: {size}");
    let leaves: Vec<Hash> = entries(size).iter().map(|entry| leaf(entry)).collect();
    assert_eq!(root(&leaves).to_vec(), signed);
    let mut level = leaves;
    for number in 0.. {
        for ((name, width), hashes) in names(level.len()).into_iter().zip(level.chunks(256)) {
            let tile = fetch(&format!("/nhat-ky/tile/{number}/{name}"));
            assert_eq!(tile.len(), 32 * width, "tile {number}/{name}");
            assert_eq!(tile, hashes.concat(), "tile {number}/{name}");
        }
        // Each hash of the next level is the root over a full tile.
        level = level.chunks_exact(256).map(root).collect();
        if level.is_empty() {
            break;
        }
    }
    // A partial tile stays when the full one is there.
    assert_eq!(fetch("/nhat-ky/tile/0/000.p/7"), fetch("/nhat-ky/tile/0/000")[..7 * 32]);
}

#[test]
fn what_the_checkpoint_does_not_cover_or_the_standard_does_not_name_is_not_there() {
    let (size, _) = checkpoint(&LOG.get("/nhat-ky/checkpoint").text);
    let beyond = format!("0/001.p/{}", size % 256 + 1);
    for name in [
        &beyond,
        "0/001",
        "0/002",
        "entries/001",
        "1/000",
        "2/000.p/1",
        "0/000.p/0",
        "0/000.p/256",
        "0/0",
        "00/000",
        "8/000",
        "64/000",
        "0/x000/000",
        "entries",
        "0/x018/x446/x744/x073/x709/x551/615",
    ] {
        assert_eq!(LOG.get(&format!("/nhat-ky/tile/{name}")).status, StatusCode::NOT_FOUND, "{name}");
    }
}

#[test]
fn the_proof_of_a_commit_holds_as_the_standard_says() {
    let (size, _) = checkpoint(&LOG.get("/nhat-ky/checkpoint").text);
    for seq in [1, 2, 255, 256, 257, size] {
        let proof = LOG.get(&format!("/kiem-chung/ghi/{seq}/tlog-proof"));
        assert!(proof.header("content-disposition").contains(&format!("lan-ghi-{seq}.tlog-proof")));
        let (head, note) = proof.text.split_once("\n\n").expect("a blank line");
        let mut lines = head.lines();
        assert_eq!(lines.next(), Some("c2sp.org/tlog-proof@v1"));
        assert_eq!(lines.next(), Some(format!("index {}", seq - 1).as_str()));
        let (size, signed) = checkpoint(note);
        let entry = LOG.get(&format!("/kiem-chung/ghi/{seq}/muc-ghi")).bytes;
        // RFC 9162, section 2.1.3.2.
        let (mut place, mut last, mut hash) = (seq - 1, size - 1, leaf(&entry));
        for line in lines {
            let other: Hash = base64(line).try_into().expect("32 bytes");
            assert!(last > 0, "commit {seq}: a hash too many");
            if place % 2 == 1 || place == last {
                hash = node(&other, &hash);
                while place.is_multiple_of(2) && place > 0 {
                    (place, last) = (place / 2, last / 2);
                }
            } else {
                hash = node(&hash, &other);
            }
            (place, last) = (place / 2, last / 2);
        }
        assert_eq!((last, hash.to_vec()), (0, signed), "commit {seq}");
    }
    for seq in ["0", "x", "999999", "18446744073709551615"] {
        assert_eq!(LOG.get(&format!("/kiem-chung/ghi/{seq}/tlog-proof")).status, StatusCode::NOT_FOUND);
    }
}

#[test]
fn no_word_of_a_record_is_in_an_entry() {
    let log = Site::near();
    let (size, _) = checkpoint(&log.get("/nhat-ky/checkpoint").text);
    let all = log.get(&format!("/nhat-ky/tile/entries/000.p/{size}")).bytes;
    assert!(!all.is_empty());
    for word in ["Bí Mật", "Hòa Bình", "A-1"] {
        assert!(!all.windows(word.len()).any(|part| part == word.as_bytes()), "{word}");
    }
}
