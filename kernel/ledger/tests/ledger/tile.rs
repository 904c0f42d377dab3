//! Tiles and bundles as the standard names and lays them out.

use mc_base::Hash32;
use mc_ledger::tile::{
    BundleId, FromTiles, TileError, TileId, bundles_of, encode_bundle, parse_bundle, parse_tile, tile_bytes,
    tiles_of,
};
use mc_ledger::tree::{MemoryNodes, inclusion_proof, leaf_hash, verify_inclusion};
use proptest::prelude::*;

fn nodes(size: u64) -> MemoryNodes {
    MemoryNodes::new((0..size).map(|n| leaf_hash(&n.to_be_bytes())))
}

#[test]
fn paths_are_those_of_the_standard() {
    let tile = TileId { level: 0, index: 1_234_067, width: 256 };
    assert_eq!(tile.to_string(), "tile/0/x001/x234/067");
    assert_eq!(TileId { level: 1, index: 0, width: 5 }.to_string(), "tile/1/000.p/5");
    assert_eq!(TileId { level: 0, index: 1_234, width: 5 }.to_string(), "tile/0/x001/234.p/5");
    assert_eq!(BundleId { index: 1_000, width: 256 }.to_string(), "tile/entries/x001/000");
    for bad in [
        "tile/0/67",
        "tile/0/0067",
        "tile/0/x000/067",
        "tile/0/001/067",
        "tile/0/x001/x067",
        "tile/00/067",
        "tile/8/067",
        "tile/0/067.p/0",
        "tile/0/067.p/256",
        "tile/0/067.p/05",
        "tile/0/067.p/",
        "tile/0/067/",
        "/tile/0/067",
        "tile/-1/067",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
    ] {
        assert_eq!(TileId::parse(bad), None, "{bad}");
        assert_eq!(BundleId::parse(bad), None, "{bad}");
    }
}

#[test]
fn a_log_of_70000_entries_has_the_tiles_of_the_standards_example() {
    let tiles: Vec<_> = tiles_of(0, 70_000).collect();
    let count = |level, full| tiles.iter().filter(|t| t.level == level && (t.width == 256) == full).count();
    assert_eq!([count(0, true), count(0, false)], [273, 1]);
    assert_eq!([count(1, true), count(1, false)], [1, 1]);
    assert_eq!([count(2, true), count(2, false)], [0, 1]);
    let widths: Vec<_> = tiles.iter().filter(|t| t.width < 256).map(|t| t.width).collect();
    assert_eq!(widths, [112, 17, 1]);
    let at_256: Vec<_> = tiles_of(0, 256).map(|tile| tile.to_string()).collect();
    assert_eq!(at_256, ["tile/0/000", "tile/1/000.p/1"]);
    assert_eq!(bundles_of(250, 520).map(|b| b.width).collect::<Vec<_>>(), [256, 256, 8]);
    assert_eq!(tiles_of(300, 300).count(), 0);
}

#[test]
fn proofs_can_be_made_from_published_tiles_alone() {
    let size = 66_000;
    let store = nodes(size);
    let published = FromTiles::new(size, |tile| tile_bytes(&store, tile).ok());
    for index in [0, 255, 256, 65_535, 65_536, 65_999] {
        let path = inclusion_proof(&published, index, size).expect("a proof");
        assert_eq!(path, inclusion_proof(&store, index, size).expect("a proof"));
        let leaf = leaf_hash(&index.to_be_bytes());
        assert_eq!(verify_inclusion(leaf, index, size, &path, store.root()), Ok(()));
    }
    let short = FromTiles::new(size, |tile| {
        tile_bytes(&store, tile).ok().map(|bytes| bytes[..bytes.len() - 32].to_vec())
    });
    assert!(inclusion_proof(&short, 3, size).is_err(), "a tile that is too short counts as missing");
}

#[test]
fn tiles_and_bundles_of_wrong_length_are_refused() {
    let bytes = tile_bytes(&nodes(5), TileId { level: 0, index: 0, width: 5 }).expect("a tile");
    assert_eq!(parse_tile(&bytes, 5).expect("hashes").len(), 5);
    assert_eq!(parse_tile(&bytes, 4), Err(TileError::Length { found: 160, expected: 128 }));
    assert_eq!(parse_tile(&bytes, 0), Err(TileError::Width(0)));
    assert_eq!(parse_tile(&bytes, 257), Err(TileError::Width(257)));
    let missing = tile_bytes(&nodes(5), TileId { level: 0, index: 0, width: 6 });
    assert_eq!(missing, Err(TileError::MissingHash { level: 0, index: 5 }));

    let bundle = encode_bundle(&[b"mot".as_slice(), b"", b"ba"]).expect("a bundle");
    assert_eq!(parse_bundle(&bundle, 3), Ok(vec![b"mot".as_slice(), b"", b"ba"]));
    assert_eq!(parse_bundle(&bundle, 2), Err(TileError::Trailing(4)));
    assert_eq!(parse_bundle(&bundle, 4), Err(TileError::Truncated(4)));
    assert_eq!(parse_bundle(&bundle[..bundle.len() - 1], 3), Err(TileError::Truncated(3)));
    assert_eq!(encode_bundle::<&[u8]>(&[]), Err(TileError::Width(0)));
    assert_eq!(encode_bundle(&[vec![0; 65_536]]), Err(TileError::EntryTooLong(65_536)));
}

proptest! {
    #[test]
    fn paths_round_trip(level in 0_u32..8, index in any::<u64>(), width in 1_u64..=256) {
        let tile = TileId { level, index, width };
        prop_assert_eq!(TileId::parse(&tile.to_string()), Some(tile));
        let bundle = BundleId { index, width };
        prop_assert_eq!(BundleId::parse(&bundle.to_string()), Some(bundle));
    }

    #[test]
    fn only_canonical_paths_parse(path in "tile/[0-9]{1,2}/(x[0-9]{3}/){0,3}[0-9]{3}(\\.p/[0-9]{1,3})?") {
        if let Some(tile) = TileId::parse(&path) {
            prop_assert_eq!(tile.to_string(), path);
        }
    }

    /// Growing in steps offers in the end every tile that growing at once does.
    #[test]
    fn steps_offer_all_tiles(steps in prop::collection::vec(1_u64..700, 1..6)) {
        let mut size = 0;
        let mut offered = std::collections::BTreeSet::new();
        for step in steps {
            offered.extend(tiles_of(size, size + step));
            size += step;
        }
        prop_assert!(tiles_of(0, size).all(|tile| offered.contains(&tile)));
    }

    #[test]
    fn tiles_round_trip(hashes in prop::collection::vec(any::<[u8; 32]>(), 1..256)) {
        let hashes: Vec<_> = hashes.into_iter().map(Hash32).collect();
        let store = MemoryNodes::new(hashes.iter().copied());
        let width = hashes.len() as u64;
        let bytes = tile_bytes(&store, TileId { level: 0, index: 0, width }).expect("a tile");
        prop_assert_eq!(parse_tile(&bytes, width), Ok(hashes));
    }
}
