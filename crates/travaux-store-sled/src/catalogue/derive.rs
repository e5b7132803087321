//! How the catalogue follows from the archive: opened, or made again as far as it does not reach.

use std::{fs, ops::ControlFlow};

use travaux_store::{StoreError, parallel_ordered};

use crate::{
    archive::{MOST_BLOCKS, block::WIDTH, blocks::Blocks, pack::Pack},
    catalogue::{Catalogue, run::Index},
    files::Files,
};

/// Opens the catalogue of an archive, and makes it again as far as it does not reach.
pub(crate) fn open(files: &Files, blocks: &Blocks, pack: &Pack) -> Result<Catalogue, StoreError> {
    let folder = files.catalogue();
    let archived = blocks.table().last();
    if let Ok(catalogue) = Catalogue::open(&folder)
        && catalogue.indexed() <= archived
        && catalogue.indexed().is_multiple_of(WIDTH)
        && is_of(&catalogue, blocks)
        && catch_up(&catalogue, blocks, pack).is_ok()
    {
        return Ok(catalogue);
    }
    // It cannot be read, or is of another log: it follows from the blocks.
    forget(files)?;
    let catalogue = Catalogue::open(&folder)?;
    catch_up(&catalogue, blocks, pack)?;
    Ok(catalogue)
}

/// Whether it is the catalogue of this log, and not one that was put in its place.
fn is_of(catalogue: &Catalogue, blocks: &Blocks) -> bool {
    let indexed = catalogue.indexed();
    indexed == 0
        || matches!(catalogue.root(), Ok(Some(root)) if root == blocks.table().frontier_at(indexed).root())
}

/// Deletes the catalogue in the folder: it is made again when it is needed.
pub(crate) fn forget(files: &Files) -> Result<(), StoreError> {
    let folder = files.catalogue();
    match fs::remove_dir_all(&folder) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(StoreError::io(
            format!("delete the catalogue in {}", folder.display()),
            e,
        )),
        _ => Ok(()),
    }
}

/// Indexes what the catalogue does not reach, on as many threads as the machine has.
pub(crate) fn catch_up(
    catalogue: &Catalogue,
    blocks: &Blocks,
    pack: &Pack,
) -> Result<(), StoreError> {
    let (indexed, archived) = (catalogue.indexed() / WIDTH, blocks.table().last() / WIDTH);
    if indexed == archived {
        return Ok(());
    }
    let mut places = pack.entries()?;
    let part = |n: u64| indexed + n * MOST_BLOCKS..archived.min(indexed + (n + 1) * MOST_BLOCKS);
    let index = |n: u64| {
        let mut index = Index::default();
        part(n)
            .try_for_each(|block| {
                blocks
                    .read(block)?
                    .records()
                    .try_for_each(|record| index.take(&record))
            })
            .map(|()| index)
    };
    let mut caught_up = Ok(());
    let mut next = 0;
    parallel_ordered(
        0..(archived - indexed).div_ceil(MOST_BLOCKS),
        index,
        |index| {
            let positions = part(next).start * WIDTH + 1..part(next).end * WIDTH + 1;
            next += 1;
            caught_up = index.and_then(|index| {
                let (first, last) = (positions.start, positions.end - 1);
                let root = blocks.table().frontier_at(last).root();
                catalogue.add((first, last), root, index, &std::mem::take(&mut places))
            });
            if caught_up.is_ok() {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        },
    );
    caught_up
}
