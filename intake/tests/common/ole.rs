//! Containers of Office files up to 2003, written by hand, so that they can be wrong in any way.

pub const SECTOR: usize = 512;
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
const TABLE: u32 = 0xFFFF_FFFD;
/// A stream below this lies in small sectors; ours are filled up to it.
const SMALL: usize = 4096;

/// Numbers of tables that the header lists, and that a sector which goes on with the list does.
const LISTED: usize = 109;
const LISTED_MORE: usize = SECTOR / 4 - 1;
const LIST: u32 = 0xFFFF_FFFC;

/// A container with these streams in its root, in sectors of 512 bytes.
pub fn ole(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let sectors = |bytes: usize| bytes.div_ceil(SECTOR);
    let padded: Vec<usize> = streams.iter().map(|(_, bytes)| bytes.len().max(SMALL)).collect();
    let directory = sectors((streams.len() + 1) * 128);
    let data: usize = padded.iter().map(|bytes| sectors(*bytes)).sum();
    let (mut tables, mut lists) = (1, 0);
    while tables * (SECTOR / 4) < tables + lists + directory + data {
        tables += 1;
        lists = tables.saturating_sub(LISTED).div_ceil(LISTED_MORE);
    }
    let mut fat: Vec<u32> = [vec![TABLE; tables], vec![LIST; lists]].concat();
    let mut chain = |count: usize| {
        let first = fat.len() as u32;
        fat.extend((1..count as u32).map(|next| first + next));
        fat.push(END);
        first
    };
    let directory_at = chain(directory);
    let starts: Vec<u32> = padded.iter().map(|bytes| chain(sectors(*bytes))).collect();
    fat.resize(tables * (SECTOR / 4), FREE);

    let mut file = header([tables, directory_at as usize, lists], [END, 0]);
    file.extend(fat.iter().flat_map(|entry| entry.to_le_bytes()));
    for list in 0..lists {
        let first = LISTED + list * LISTED_MORE;
        let numbers = (first..first + LISTED_MORE).map(|at| if at < tables { at as u32 } else { FREE });
        let next = if list + 1 < lists { (tables + list + 1) as u32 } else { END };
        file.extend(numbers.chain([next]).flat_map(u32::to_le_bytes));
    }
    file.extend(entry("Root Entry", 5, [FREE, if streams.is_empty() { FREE } else { 1 }], END, 0));
    for (at, (((name, bytes), start), padded)) in (2..).zip(streams.iter().zip(&starts).zip(&padded)) {
        let right = if at > streams.len() as u32 { FREE } else { at };
        let size = if bytes.is_empty() { 0 } else { *padded as u32 };
        file.extend(entry(name, 2, [right, FREE], *start, size));
    }
    file.resize(SECTOR + (tables + lists + directory) * SECTOR, 0);
    for ((_, bytes), padded) in streams.iter().zip(&padded) {
        let end = file.len() + sectors(*padded) * SECTOR;
        file.extend_from_slice(bytes);
        file.resize(end, 0);
    }
    file
}

/// A container with one stream of less than 4,096 bytes, in small sectors.
pub fn ole_of_small(name: &str, stream: &[u8]) -> Vec<u8> {
    assert!(stream.len() < SMALL);
    let small = stream.len().div_ceil(64);
    let home = (small * 64).div_ceil(SECTOR);
    let chain = |first: usize, count: usize| {
        (1..count).map(move |next| (first + next) as u32).chain([END]).collect::<Vec<u32>>()
    };
    let table = |mut numbers: Vec<u32>| {
        numbers.resize(SECTOR / 4, FREE);
        numbers.into_iter().flat_map(u32::to_le_bytes).collect::<Vec<u8>>()
    };
    // The table, the directory, the table of small sectors, then these.
    let mut file = header([1, 1, 0], [2, 1]);
    file.extend(table([vec![TABLE, END, END], chain(3, home)].concat()));
    file.extend(entry("Root Entry", 5, [FREE, 1], 3, (small * 64) as u32));
    file.extend(entry(name, 2, [FREE, FREE], 0, stream.len() as u32));
    file.resize(SECTOR * 3, 0);
    file.extend(table(chain(0, small)));
    file.extend_from_slice(stream);
    file.resize(SECTOR * (4 + home), 0);
    file
}

/// The header: number of tables, first sector of the directory, number of lists of tables behind it; first
/// sector and number of the tables of small sectors.
fn header([tables, directory, lists]: [usize; 3], [small, smalls]: [u32; 2]) -> Vec<u8> {
    let mut header = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    header.resize(24, 0);
    for number in [0x3E_u16, 3, 0xFFFE, 9, 6, 0, 0, 0] {
        header.extend(number.to_le_bytes());
    }
    let list = if lists == 0 { END } else { tables as u32 };
    let numbers = [0, tables as u32, directory as u32, 0, SMALL as u32, small, smalls, list, lists as u32];
    header.extend(numbers.into_iter().flat_map(u32::to_le_bytes));
    header.extend((0..LISTED).flat_map(|at| if at < tables { at as u32 } else { FREE }.to_le_bytes()));
    header
}

fn entry(name: &str, kind: u8, [right, child]: [u32; 2], start: u32, size: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let name_bytes = entry.len() as u16 + 2;
    entry.resize(64, 0);
    entry.extend(name_bytes.to_le_bytes());
    entry.extend([kind, 1]);
    for link in [FREE, right, child] {
        entry.extend(link.to_le_bytes());
    }
    entry.resize(116, 0);
    entry.extend(start.to_le_bytes());
    entry.extend(size.to_le_bytes());
    entry.resize(128, 0);
    entry
}

/// Where the allocation table begins.
pub const FAT: usize = SECTOR;

/// Sets an entry of the allocation table.
pub fn link(file: &mut [u8], sector: u32, next: u32) {
    let at = FAT + sector as usize * 4;
    file[at..at + 4].copy_from_slice(&next.to_le_bytes());
}

/// In a small container the table is sector 0, then come the directory and the first stream.
pub const DIRECTORY: u32 = 1;
/// The first sector of the first stream.
pub const STREAM: u32 = 2;
