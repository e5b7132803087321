//! Texts, and changes that fit them.

use proptest::{collection::vec, prelude::*};
use travaux_text::{
    Anchor, Body, Edit, Kind, Lang, Layout, Localized, NewProvision, Node, Operation, ProvisionId,
    Text,
};

/// A text of pieces that parsers and comparisons stumble over: headings that repeat, points, blank lines, tabs, carriage returns,
/// letters of several scripts.
pub fn markup() -> impl Strategy<Value = String> {
    "(?s)((## Article [1-4]\n|un deux trois quatre|cinq six|- sept huit\n|\n\n|é|م|\t|\r){0,14})"
}

/// What a document consists of, whatever its language.
#[derive(Clone, Debug)]
enum Block {
    Article {
        heading: bool,
        paragraphs: Vec<usize>,
    },
    Points(usize),
}

fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let article =
        (any::<bool>(), vec(1..9_usize, 0..4)).prop_map(|(heading, paragraphs)| Block::Article {
            heading,
            paragraphs,
        });
    vec(
        prop_oneof![3 => article, 1 => (1..4_usize).prop_map(Block::Points)],
        1..6,
    )
}

/// The words of a language: of its articles, its headings, its sentences.
fn vocabulary(lang: Lang) -> (&'static str, &'static str, [&'static str; 6]) {
    match lang.as_str() {
        "ar" => (
            "المادة",
            "الغرض",
            [
                "يتعاون",
                "الطرفان",
                "ويتبادلان",
                "المعلومات",
                "والوثائق",
                "كتابة",
            ],
        ),
        "en" => (
            "Article",
            "Purpose",
            [
                "the",
                "Parties",
                "exchange",
                "information",
                "and",
                "documents",
            ],
        ),
        _ => (
            "Article",
            "Objet",
            [
                "les",
                "Parties",
                "échangent",
                "informations",
                "et",
                "pièces",
            ],
        ),
    }
}

/// The document in a language: the same blocks give the same provisions in each.
fn write(blocks: &[Block], lang: Lang) -> String {
    let (article, heading, words) = vocabulary(lang);
    // A number of its own in every paragraph: no two are equal, and they are of the same number in all languages.
    let mut number = 0;
    let mut sentence = |length: usize| {
        number += 1;
        let chosen: Vec<_> = (0..length).map(|at| words[(at + number) % 6]).collect();
        format!("{} {}.", chosen.join(" "), 100 + number)
    };
    let mut out = String::new();
    for (at, block) in (1..).zip(blocks) {
        match block {
            Block::Article {
                heading: headed,
                paragraphs,
            } => {
                let heading = if *headed {
                    format!(" — {heading} {at}")
                } else {
                    String::new()
                };
                out += &format!("## {article} {at}{heading}\n\n");
                for length in paragraphs {
                    out += &format!("{}\n\n", sentence(*length));
                }
            }
            Block::Points(points) => {
                for _ in 0..*points {
                    out += &format!("- {}\n", sentence(3));
                }
                out.push('\n');
            }
        }
    }
    out
}

/// A document in Markdown: articles with headings or without, of several paragraphs, and lists.
pub fn document(lang: Lang) -> impl Strategy<Value = String> {
    blocks().prop_map(move |blocks| write(&blocks, lang))
}

/// A document in several languages that say the same, provision by provision.
pub fn documents(languages: &'static [&'static str]) -> impl Strategy<Value = Localized<String>> {
    blocks().prop_map(move |blocks| {
        let of = |tag: &&str| Lang::parse(tag).expect("a tag");
        let all = languages.iter().map(of);
        all.map(|lang| (lang, write(&blocks, lang))).collect()
    })
}

/// A change to some text, before it is known to which: what is done, to which provision, and where to.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    what: u8,
    which: usize,
    place: usize,
}

/// So many changes at most; see [`operations`].
pub fn choices(most: usize) -> impl Strategy<Value = Vec<Choice>> {
    let choice = (0..11_u8, 0..64_usize, 0..64_usize);
    vec(
        choice.prop_map(|(what, which, place)| Choice { what, which, place }),
        0..=most,
    )
}

/// Operations that apply to `text` in this order, one for each choice that fits it.
pub fn operations(text: &Text, choices: &[Choice], revision: u32) -> Vec<Operation> {
    let (mut ops, mut current) = (Vec::new(), text.clone());
    for (number, choice) in choices.iter().enumerate() {
        let Some(op) = choice.on(&current, revision, number) else {
            continue;
        };
        ops.push(op);
        let mut tried = text.clone();
        match tried.apply(&ops, revision) {
            Ok(_) => current = tried,
            Err(_) => drop(ops.pop()),
        }
    }
    ops
}

impl Choice {
    /// The operation that it is on a text, if it can be one.
    fn on(self, text: &Text, revision: u32, number: usize) -> Option<Operation> {
        let nodes: Vec<&Node> = text.nodes().collect();
        let node = *nodes.get(self.which % nodes.len().max(1))?;
        let (provision, new) = (node.id, format!("r{revision}n{number}"));
        let each = |words: &str| -> Localized<String> {
            let langs = node.bodies.iter().map(|(lang, _)| *lang);
            langs.map(|lang| (lang, words.to_owned())).collect()
        };
        let (lang, body) = node.bodies.get(self.place % node.bodies.len().max(1))?;
        let lang = *lang;
        // Nobody numbers what has no number, words a heading that is not there, or a line of a heading
        // anew; nor writes on to a label without a space: `Article 1` and `r2n0` would be one word.
        let nothing_between = body.between().is_empty() && body.heading().is_empty();
        match self.what {
            2 if !body.label().is_empty() && nothing_between => return None,
            6 | 10 if body.label().is_empty() => return None,
            8 if body.heading().is_empty() => return None,
            9 if !body.label().is_empty() => return None,
            _ => {}
        }
        Some(match self.what {
            0 => Operation::Insert {
                at: self.anchor(&nodes),
                provisions: vec![paragraph(text, &new)],
            },
            1 => {
                let word = body.text().split_whitespace().next()?;
                let count = u32::try_from(body.text().matches(word).count()).ok()?;
                Operation::substitute(provision, lang, word, &new, count)
            }
            2 => {
                let at = body.text().char_indices().nth(self.place)?.0;
                let remove = body.text()[at..].split('\n').next()?.to_owned();
                let edit = Edit {
                    at: u32::try_from(at).ok()?,
                    remove,
                    insert: new,
                };
                Operation::EditWords {
                    provision,
                    lang,
                    edits: vec![edit],
                }
            }
            3 => Operation::Repeal {
                provisions: vec![provision],
                notice: Localized::new(),
            },
            4 => Operation::repeal(provision, each(&format!("({new})"))),
            5 => Operation::Remove {
                provisions: vec![provision],
            },
            6 => Operation::Renumber {
                provision,
                labels: each(&format!("Article {new}")),
            },
            7 => Operation::Move {
                provision,
                at: self.anchor(&nodes),
            },
            8 => Operation::SetHeading {
                provision,
                headings: each(&new),
            },
            9 => {
                let bodies = node.bodies.iter();
                let reword = |body: &Body| body.with_text(&format!("{new}.\n\n"));
                let bodies = bodies.map(|(lang, body)| (*lang, reword(body))).collect();
                Operation::Replace {
                    provision,
                    expect: Localized::new(),
                    bodies,
                }
            }
            _ => {
                let layout = Layout {
                    before: "### ".into(),
                    between: " : ".into(),
                    label: None,
                };
                let langs = node.bodies.iter().map(|(lang, _)| *lang);
                let layout = langs.map(|lang| (lang, layout.clone())).collect();
                Operation::Reformat {
                    provision,
                    kind: node.kind,
                    rank: node.rank,
                    layout,
                }
            }
        })
    }

    fn anchor(self, nodes: &[&Node]) -> Anchor {
        let id: ProvisionId = nodes[self.place % nodes.len()].id;
        match self.place % 5 {
            0 => Anchor::Start,
            1 => Anchor::End,
            2 => Anchor::Before(id),
            3 => Anchor::After(id),
            _ => Anchor::First(id),
        }
    }
}

/// A paragraph in every language of a text.
fn paragraph(text: &Text, words: &str) -> NewProvision {
    let body = Body::text_only(&format!("{words} nouveau.\n\n"));
    let langs = text.languages().into_iter();
    NewProvision {
        kind: Kind::Paragraph,
        rank: Kind::Paragraph.rank(),
        bodies: langs.map(|lang| (lang, body.clone())).collect(),
    }
}
