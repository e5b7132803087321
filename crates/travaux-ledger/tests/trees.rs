//! Trees against a naive oracle: RFC 9162's definitions, written as they are written there.

use std::convert::Infallible;

use travaux_ledger::{
    Frontier, Hash, Nodes, OutOfTree, ProofError, Tile, TileNodes, consistency_proof,
    inclusion_proof, leaf_hash, node_hash, root, tiles, verify_consistency, verify_inclusion,
};
use travaux_testkit::random::Rng;

/// MTH of section 2.1.1, over leaf hashes.
fn mth(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::of_empty_tree(),
        [leaf] => *leaf,
        _ => {
            let k = leaves.len().next_power_of_two() / 2;
            node_hash(&mth(&leaves[..k]), &mth(&leaves[k..]))
        }
    }
}

/// PATH of section 2.1.3.1.
fn path(m: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() == 1 {
        return vec![];
    }
    let k = leaves.len().next_power_of_two() / 2;
    let (mut below, beside) = if m < k {
        (path(m, &leaves[..k]), &leaves[k..])
    } else {
        (path(m - k, &leaves[k..]), &leaves[..k])
    };
    below.push(mth(beside));
    below
}

/// SUBPROOF of section 2.1.4.1.
fn subproof(m: usize, leaves: &[Hash], whole: bool) -> Vec<Hash> {
    if m == leaves.len() {
        return if whole { vec![] } else { vec![mth(leaves)] };
    }
    let k = leaves.len().next_power_of_two() / 2;
    if m <= k {
        let mut proof = subproof(m, &leaves[..k], whole);
        proof.push(mth(&leaves[k..]));
        proof
    } else {
        let mut proof = subproof(m - k, &leaves[k..], false);
        proof.push(mth(&leaves[..k]));
        proof
    }
}

struct Naive<'a>(&'a [Hash]);

impl Nodes for Naive<'_> {
    type Error = Infallible;
    fn node(&self, level: u32, index: u64) -> Result<Hash, Infallible> {
        let (first, count) = ((index << level) as usize, 1 << level);
        Ok(mth(&self.0[first..first + count]))
    }
}

fn leaves(n: u64) -> Vec<Hash> {
    (0..n).map(|i| leaf_hash(&i.to_be_bytes())).collect()
}

fn frontier(leaves: &[Hash]) -> Frontier {
    let mut frontier = Frontier::default();
    for leaf in leaves {
        frontier.push(*leaf, |_, _, _| ());
    }
    frontier
}

#[test]
fn every_small_tree_has_the_roots_and_proofs_of_the_definition() {
    let all = leaves(70);
    for size in 0..=all.len() {
        let of = &all[..size];
        let naive = Naive(of);
        let whole = mth(of);
        assert_eq!(frontier(of).root(), whole);
        assert_eq!(root(&naive, size as u64), Ok(whole));
        for (index, leaf) in of.iter().enumerate() {
            let proof = inclusion_proof(&naive, index as u64, size as u64)
                .expect("no error")
                .expect("it is in the tree");
            assert_eq!(proof, path(index, of), "{index} of {size}");
            verify_inclusion(index as u64, size as u64, leaf, &proof, &whole).expect("it verifies");
        }
        for old in 0..=size {
            let proof = consistency_proof(&naive, old as u64, size as u64)
                .expect("no error")
                .expect("it is smaller");
            let expected = if old == 0 {
                vec![]
            } else {
                subproof(old, of, true)
            };
            assert_eq!(proof, expected, "{old} to {size}");
            verify_consistency(old as u64, size as u64, &mth(&all[..old]), &whole, &proof)
                .expect("it verifies");
        }
    }
}

#[test]
fn a_proof_that_is_changed_in_any_way_shows_nothing() {
    let all = leaves(40);
    let mut tried = 0;
    for size in 1..=all.len() {
        let of = &all[..size];
        let (naive, whole, n) = (Naive(of), mth(of), size as u64);
        for index in 0..n {
            let good = inclusion_proof(&naive, index, n)
                .expect("no error")
                .expect("it is in the tree");
            let leaf = &all[index as usize];
            let refused = |i: u64, s: u64, leaf: &Hash, proof: &[Hash], root: &Hash| {
                assert!(
                    verify_inclusion(i, s, leaf, proof, root).is_err(),
                    "{index} of {size} as {i} of {s}"
                );
            };
            for other in (0..n).filter(|i| *i != index) {
                refused(other, n, leaf, &good, &whole);
            }
            refused(index, n, &leaf_hash(b"another"), &good, &whole);
            refused(index, n, leaf, &good, &leaf_hash(b"another"));
            refused(
                index,
                n,
                leaf,
                &[good.as_slice(), &[*leaf]].concat(),
                &whole,
            );
            for at in 0..good.len() {
                let mut changed = good.clone();
                changed[at].0[at % 32] ^= 1 << (at % 8);
                refused(index, n, leaf, &changed, &whole);
                refused(index, n, leaf, &good[..at], &whole);
                tried += 2;
            }
            assert_eq!(
                verify_inclusion(n, n, leaf, &good, &whole),
                Err(OutOfTree { asked: n, size: n }.into())
            );
        }
        for old in 1..n {
            let good = consistency_proof(&naive, old, n)
                .expect("no error")
                .expect("it is smaller");
            let before = mth(&all[..old as usize]);
            let refused = |o: u64, before: &Hash, after: &Hash, proof: &[Hash]| {
                assert!(
                    verify_consistency(o, n, before, after, proof).is_err(),
                    "{old} to {size}"
                );
            };
            for at in 0..good.len() {
                let mut changed = good.clone();
                changed[at].0[31 - at] ^= 0x80;
                refused(old, &before, &whole, &changed);
                refused(old, &before, &whole, &good[..at]);
                tried += 2;
            }
            refused(old, &whole, &whole, &good);
            refused(old, &before, &before, &good);
            refused(old, &before, &whole, &[good.as_slice(), &[before]].concat());
            assert_eq!(
                verify_consistency(n, old, &whole, &before, &[]),
                Err(OutOfTree {
                    asked: n,
                    size: old
                }
                .into())
            );
        }
    }
    assert!(tried > 5_000, "{tried}");
    let empty = Hash::of_empty_tree();
    assert!(verify_consistency(0, 5, &empty, &mth(&all[..5]), &[]).is_ok());
    assert!(matches!(
        verify_consistency(0, 5, &all[0], &mth(&all[..5]), &[]),
        Err(ProofError::Root { .. })
    ));
    assert!(matches!(
        verify_consistency(0, 5, &empty, &mth(&all[..5]), &[empty]),
        Err(ProofError::Length { found: 1 })
    ));
    assert!(matches!(
        verify_consistency(5, 5, &all[0], &all[0], &[empty]),
        Err(ProofError::Length { found: 1 })
    ));
}

#[test]
fn proofs_of_what_is_not_in_the_tree_are_refused() {
    let all = leaves(5);
    assert_eq!(
        inclusion_proof(&Naive(&all), 5, 5),
        Ok(Err(OutOfTree { asked: 5, size: 5 }))
    );
    assert_eq!(
        consistency_proof(&Naive(&all), 6, 5),
        Ok(Err(OutOfTree { asked: 6, size: 5 }))
    );
}

#[test]
fn a_frontier_is_read_back_as_it_was_written_and_nothing_else_is() {
    let all = leaves(100);
    for size in 0..=all.len() {
        let frontier = frontier(&all[..size]);
        assert_eq!(frontier.size(), size as u64);
        let bytes = frontier.to_bytes();
        assert_eq!(Frontier::from_bytes(&bytes), Some(frontier));
        assert_eq!(
            Frontier::from_bytes(&[bytes.as_slice(), &[0]].concat()),
            None
        );
        assert_eq!(Frontier::from_bytes(&bytes[..bytes.len() - 1]), None);
        assert_eq!(
            Frontier::from_bytes(&[bytes.as_slice(), &[0; 32]].concat()),
            None,
            "a hash too many"
        );
    }
}

/// All level-8k hashes of a tree as they are completed, and the tiles that they make.
#[derive(Default)]
struct Tiled {
    frontier: Frontier,
    levels: Vec<Vec<Hash>>,
}

impl Tiled {
    fn push(&mut self, leaf: Hash) {
        let levels = &mut self.levels;
        self.frontier.push(leaf, |level, index, hash| {
            if level % 8 == 0 {
                let at = level as usize / 8;
                levels.resize_with(levels.len().max(at + 1), Vec::new);
                assert_eq!(levels[at].len() as u64, index, "completed in order");
                levels[at].push(hash);
            }
        });
    }

    fn nodes(&self, size: u64) -> impl Nodes<Error = OutOfTree> + '_ {
        TileNodes::new(size, move |tile: Tile| {
            let first = tile.index() as usize * 256;
            Ok(
                self.levels[tile.level() as usize][first..first + usize::from(tile.width())]
                    .to_vec(),
            )
        })
    }
}

#[test]
fn random_trees_of_up_to_a_million_leaves() {
    const LEAVES: u64 = 1_000_000;
    let mut tree = Tiled::default();
    let mut numbers = Rng::new(20_241_028);
    // The naive tree is too slow for each size: some sizes, those at the edges of tiles and of powers of two among them.
    let mut sizes: Vec<u64> = (0..12).map(|_| numbers.below(LEAVES)).collect();
    sizes.extend([255, 256, 257, 65_535, 65_536, 65_537, 1 << 19, LEAVES]);
    sizes.sort_unstable();
    let all = leaves(LEAVES);
    let mut roots = vec![(0, Hash::of_empty_tree())];
    for size in sizes {
        for leaf in &all[tree.frontier.size() as usize..size as usize] {
            tree.push(*leaf);
        }
        let whole = tree.frontier.root();
        assert_eq!(whole, mth(&all[..size as usize]), "{size} leaves");
        let nodes = tree.nodes(size);
        assert_eq!(root(&nodes, size), Ok(whole));
        for _ in 0..200 {
            let index = numbers.below(size);
            let proof = inclusion_proof(&nodes, index, size)
                .expect("it is read")
                .expect("it is in the tree");
            assert!(proof.len() <= 20);
            verify_inclusion(index, size, &all[index as usize], &proof, &whole)
                .unwrap_or_else(|e| panic!("{index}, {size}: {e}"));
        }
        for (old, before) in &roots {
            let proof = consistency_proof(&nodes, *old, size)
                .expect("it is read")
                .expect("it is smaller");
            verify_consistency(*old, size, before, &whole, &proof)
                .unwrap_or_else(|e| panic!("{old}, {size}: {e}"));
        }
        roots.push((size, whole));
    }
    // What is not in a tree cannot be read from its tiles, even if the tiles have grown since.
    assert!(tree.nodes(257).node(0, 257).is_err() && tree.nodes(257).node(8, 1).is_err());
    assert!(tree.nodes(257).node(8, 0).is_ok() && tree.nodes(257).node(0, 256).is_ok());
}

#[test]
fn tiles_have_one_path_each() {
    let tile = |level, index, width| Tile::new(level, index, width).expect("a tile");
    for (tile, path) in [
        (tile(0, 0, 256), "tile/0/000"),
        (tile(0, 5, 256), "tile/0/005"),
        (tile(1, 1_234_067, 256), "tile/1/x001/x234/067"),
        (tile(0, 1_000, 5), "tile/0/x001/000.p/5"),
        (tile(7, 999, 255), "tile/7/999.p/255"),
    ] {
        assert_eq!(tile.to_string(), path);
        assert_eq!(path.parse(), Ok(tile));
    }
    assert_eq!(
        tile(0, 1_234, 7).entries_path(),
        "tile/entries/x001/234.p/7"
    );
    for wrong in [
        "",
        "tile/0",
        "tile/0/5",
        "tile/0/0005",
        "tile/00/005",
        "tile/8/000",
        "tile/0/000.p/256",
        "tile/0/000.p/0",
        "tile/0/x000/001",
        "tile/0/001/000",
        "tile/-1/000",
        "tile/0/+05",
        "tile/0/000.p/007",
        "/tile/0/000",
        "tile/0/../000",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
    ] {
        assert!(wrong.parse::<Tile>().is_err(), "{wrong}");
    }
    assert_eq!(
        (Tile::new(0, 0, 0), Tile::new(0, 0, 257), Tile::new(8, 0, 1)),
        (None, None, None)
    );
}

#[test]
fn a_grown_tree_has_new_tiles() {
    let names = |old, new| tiles(old, new).map(|t| t.to_string()).collect::<Vec<_>>();
    assert!(names(0, 0).is_empty() && names(300, 300).is_empty());
    assert_eq!(names(0, 1), ["tile/0/000.p/1"]);
    assert_eq!(names(0, 256), ["tile/0/000", "tile/1/000.p/1"]);
    assert_eq!(
        names(255, 257),
        ["tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1"]
    );
    assert_eq!(names(256, 300), ["tile/0/001.p/44"]);
    assert_eq!(
        names(65_530, 65_536),
        ["tile/0/255", "tile/1/000", "tile/2/000.p/1"]
    );
    // Whatever a proof looks up is in one of them.
    let of: std::collections::BTreeSet<_> = tiles(0, 70_000).collect();
    for (level, index) in [(0, 0), (0, 69_999), (7, 545), (8, 272), (15, 1), (16, 0)] {
        assert!(
            of.contains(&Tile::holding(level, index, 70_000).expect("it is there")),
            "{level} {index}"
        );
    }
    assert_eq!(
        (
            Tile::holding(0, 70_000, 70_000),
            Tile::holding(16, 1, 70_000),
            Tile::holding(63, 1, 70_000)
        ),
        (None, None, None)
    );
}

/// A node above leaves is held by a tile only if all of its leaves are there.
#[test]
fn a_node_is_held_where_all_below_it_is() {
    for size in 0..40_u64 {
        for level in 0..6 {
            for index in 0..=size >> level {
                let whole = (index + 1) << level <= size;
                assert_eq!(
                    Tile::holding(level, index, size).is_some(),
                    whole,
                    "{level} {index} in {size}"
                );
            }
        }
    }
}

/// The roots of a frontier are those of the complete subtrees, and make it again.
#[test]
fn a_frontier_is_its_roots() {
    let leaves: Vec<Hash> = (0..100_u64).map(|n| leaf_hash(&n.to_be_bytes())).collect();
    let mut frontier = Frontier::default();
    for (size, leaf) in (1..).zip(&leaves) {
        frontier.push(*leaf, |_, _, _| ());
        let (mut from, mut roots) = (0, Vec::new());
        for bit in (0..7).rev().filter(|bit| size >> bit & 1 == 1) {
            roots.push(mth(&leaves[from..from + (1 << bit)]));
            from += 1 << bit;
        }
        assert_eq!(frontier.roots(), roots);
        assert_eq!(
            Frontier::new(size as u64, roots).map(|again| again.root()),
            Some(frontier.root())
        );
    }
}

/// A hash is shown as it is written.
#[test]
fn a_hash_is_shown_in_base64() {
    let hash = leaf_hash(b"x");
    assert!(format!("{hash:?}").contains(&hash.to_string()), "{hash:?}");
}
