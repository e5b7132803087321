//! Tiles: the tree as static files (C2SP tlog-tiles), each with up to 256 hashes of one level in eight.

use std::{fmt, str::FromStr};

use crate::{Hash, Nodes, node_hash};

/// Hashes in a full tile, and leaves under each hash of the level above.
pub const TILE_WIDTH: u64 = 256;

const HEIGHT: u32 = 8;

/// A tile: hashes `index` × 256 and following of tree level `level` × 8; not full at the right edge of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    level: u32,
    index: u64,
    width: u16,
}

impl Tile {
    /// A tile of `width` hashes, 1 to 256; `None` for another width, or a level that no tree of 2^64 leaves has.
    pub fn new(level: u32, index: u64, width: u16) -> Option<Self> {
        ((1..=256).contains(&width) && level < 8).then_some(Self {
            level,
            index,
            width,
        })
    }

    /// The tile in which the hash of a node stands as it is in a tree of `size` leaves, or those of its descendants at most seven
    /// levels below. `None` if the tree does not have the node.
    pub fn holding(level: u32, index: u64, size: u64) -> Option<Self> {
        let (tile_level, first) = (level / HEIGHT, index.checked_shl(level % HEIGHT)?);
        let there = size.checked_shr(tile_level * HEIGHT).unwrap_or(0);
        let (tile, count) = (first / TILE_WIDTH, 1_u64 << (level % HEIGHT));
        let width = there.saturating_sub(tile * TILE_WIDTH).min(TILE_WIDTH);
        (first % TILE_WIDTH + count <= width).then_some(Self {
            level: tile_level,
            index: tile,
            width: width as u16,
        })
    }

    /// Its level, 0 for leaf hashes.
    pub fn level(self) -> u32 {
        self.level
    }

    /// Its index on its level.
    pub fn index(self) -> u64 {
        self.index
    }

    /// How many hashes it has.
    pub fn width(self) -> u16 {
        self.width
    }

    /// Whether it has all that it can have, and so never changes.
    pub fn is_full(self) -> bool {
        u64::from(self.width) == TILE_WIDTH
    }

    /// The path of the records under a tile of level 0: `tile/entries/…`.
    pub fn entries_path(self) -> String {
        format!("tile/entries/{}", Number(self))
    }
}

/// An index in groups of three digits, all but the last marked `x`, and the width if it is not full.
struct Number(Tile);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.index.to_string();
        let digits = format!("{}{digits}", "0".repeat((3 - digits.len() % 3) % 3));
        let groups = digits.len() / 3;
        for (at, group) in digits.as_bytes().chunks(3).enumerate() {
            let mark = if at + 1 < groups { "x" } else { "" };
            let slash = if at > 0 { "/" } else { "" };
            write!(f, "{slash}{mark}{}", String::from_utf8_lossy(group))?;
        }
        if self.0.is_full() {
            Ok(())
        } else {
            write!(f, ".p/{}", self.0.width)
        }
    }
}

/// Its path: `tile/0/x001/234`, or `tile/0/x001/234.p/5` while it has only five hashes.
impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tile/{}/{}", self.level, Number(*self))
    }
}

/// A path that is not one of a tile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no path of a tile: expected `tile/LEVEL/INDEX` or `tile/LEVEL/INDEX.p/WIDTH`, as in `tile/0/x001/234.p/5`"
)]
pub struct NoTile(String);

impl FromStr for Tile {
    type Err = NoTile;

    fn from_str(path: &str) -> Result<Self, NoTile> {
        let read = || {
            let (level, number) = path.strip_prefix("tile/")?.split_once('/')?;
            let (groups, width) = match number.split_once(".p/") {
                Some((groups, width)) => (groups, width.parse().ok().filter(|w| *w < 256)?),
                None => (number, 256),
            };
            let mut index = 0_u64;
            for group in groups.split('/') {
                let digits = group.strip_prefix('x').unwrap_or(group);
                index = index
                    .checked_mul(1_000)?
                    .checked_add(digits.parse().ok()?)?;
            }
            Self::new(level.parse().ok()?, index, width)
        };
        // Whatever is not written as we write it is no path: one tile has one name.
        read()
            .filter(|tile| tile.to_string() == path)
            .ok_or_else(|| NoTile(path.chars().take(100).collect()))
    }
}

/// The tiles that a tree of `new` leaves has and one of `old` leaves has not, the lowest level first; with `old` 0, all of them.
pub fn tiles(old: u64, new: u64) -> impl Iterator<Item = Tile> {
    let on = |size: u64, level: u32| size.checked_shr(level * HEIGHT).unwrap_or(0);
    (0..8).flat_map(move |level| {
        let (had, has) = (on(old, level), on(new, level));
        let first = if has > had {
            had / TILE_WIDTH
        } else {
            has.div_ceil(TILE_WIDTH)
        };
        (first..has.div_ceil(TILE_WIDTH)).map(move |index| {
            let width = (has - index * TILE_WIDTH).min(TILE_WIDTH);
            Tile {
                level,
                index,
                width: width as u16,
            }
        })
    })
}

/// A tree of `size` leaves whose nodes are read from tiles.
///
/// The bytes of a tile are the hashes one behind the other. What `read` gives for a tile has to have as many as the tile's width.
#[derive(Clone, Copy, Debug)]
pub struct TileNodes<F> {
    size: u64,
    read: F,
}

impl<F> TileNodes<F> {
    /// A tree of `size` leaves, from the tiles that `read` gives.
    pub fn new(size: u64, read: F) -> Self {
        Self { size, read }
    }
}

impl<E, F> Nodes for TileNodes<F>
where
    F: Fn(Tile) -> Result<Vec<Hash>, E>,
    E: From<crate::OutOfTree>,
{
    type Error = E;

    fn node(&self, level: u32, index: u64) -> Result<Hash, E> {
        let outside = crate::OutOfTree {
            asked: index,
            size: self.size,
        };
        let tile = Tile::holding(level, index, self.size).ok_or(outside)?;
        let hashes = (self.read)(tile)?;
        let (first, count) = (
            (index << (level % HEIGHT)) % TILE_WIDTH,
            1 << (level % HEIGHT),
        );
        let mut hashes = hashes
            .get(first as usize..first as usize + count)
            .ok_or(outside)?
            .to_vec();
        while hashes.len() > 1 {
            hashes = hashes
                .chunks_exact(2)
                .map(|pair| node_hash(&pair[0], &pair[1]))
                .collect();
        }
        hashes.first().copied().ok_or_else(|| outside.into())
    }
}
