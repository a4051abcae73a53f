//! Documents whose mentions people have marked → how well are names and the pronouns for them linked?
//!
//! Set `RELATA_DATA` to a folder that holds `ud/gum.dev.conllu`; without it, the measures say that they were
//! skipped. `cargo test --release --test coreference -- --nocapture` prints them. Counted are entities that
//! have a name (people, organisations, places), by their names and the pronouns of the third person.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test tells what it measured, or panics")]
#![allow(clippy::cast_precision_loss, reason = "counts of mentions are small")]

mod baseline;
mod gum;
mod response;
mod score;

use gum::{Document, Form};
use relata::pipeline::Pipeline;
use relata::rule::RuleSet;
use response::Said;
use score::{Chain, Score};
use std::collections::{BTreeMap, BTreeSet};

/// Least mean of MUC, B³ and CEAF-e, and least distance from the baseline.
const FLOOR: f64 = 65.0;
const MARGIN: f64 = 7.0;

/// What is measured, added up over documents.
#[derive(Debug, Clone, Default)]
struct Measures {
    mentions: Score,
    muc: Score,
    b_cubed: Score,
    ceaf_e: Score,
    /// Pronouns that were linked, by the word: rightly, all, and how many there are.
    links: BTreeMap<String, [usize; 3]>,
}

impl Measures {
    fn add(&mut self, other: &Measures) {
        self.mentions.add(other.mentions);
        self.muc.add(other.muc);
        self.b_cubed.add(other.b_cubed);
        self.ceaf_e.add(other.ceaf_e);
        for (word, counts) in &other.links {
            let own = self.links.entry(word.clone()).or_default();
            (0..3).for_each(|at| own[at] += counts[at]);
        }
    }

    /// The mean of the three scores, as in the CoNLL shared tasks.
    fn conll(&self) -> f64 {
        [self.muc, self.b_cubed, self.ceaf_e].iter().map(|score| score.prf()[2]).sum::<f64>() / 3.0
    }

    /// Precision and recall of the links of pronouns.
    fn links(&self) -> Score {
        let sum = |at: usize| self.links.values().map(|counts| counts[at]).sum::<usize>() as f64;
        Score { recall: (sum(0), sum(2)), precision: (sum(0), sum(1)) }
    }

    fn print(&self, title: &str) {
        let shown = |score: Score| score.prf().map(|part| format!("{part:5.1}")).join(" / ");
        eprintln!(
            "{title:24} mentions {}  MUC {}  B³ {}  CEAF-e {}  mean {:.1}  links {}",
            shown(self.mentions),
            shown(self.muc),
            shown(self.b_cubed),
            shown(self.ceaf_e),
            self.conll(),
            shown(self.links()),
        );
    }
}

/// The number of the gold mention that each said one is: the innermost round it, each only once.
fn aligned(document: &Document, said: &[Said]) -> Vec<Option<usize>> {
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut gold_of = vec![None; said.len()];
    for (at, own) in said.iter().enumerate() {
        let round = document.mentions.iter().enumerate().filter(|(_, gold)| {
            let pronoun = own.form == Form::Pronoun || gold.form == Form::Pronoun;
            let inside = gold.bytes.start <= own.bytes.start && own.bytes.end <= gold.bytes.end;
            if pronoun { gold.bytes == own.bytes } else { inside }
        });
        let Some((number, gold)) = round.min_by_key(|(_, gold)| gold.bytes.len()) else { continue };
        let heads = own.bytes.start <= gold.head.start && gold.head.end <= own.bytes.end;
        match taken.get(&number) {
            Some(_) if !heads => continue,
            Some(other) => gold_of[*other] = None,
            None => {}
        }
        taken.insert(number, at);
        gold_of[at] = Some(number);
    }
    gold_of
}

/// Key and response of a document, compared.
fn measure(document: &Document, said: &[Said], print: bool) -> Measures {
    let named = document.named();
    let counted = |at: usize| {
        let gold = &document.mentions[at];
        named.contains(&gold.entity) && gold.form != Form::Other && !gold.adjective
    };
    let gold_of = aligned(document, said);
    let mut key: BTreeMap<usize, Chain> = BTreeMap::new();
    for at in (0..document.mentions.len()).filter(|at| counted(*at)) {
        key.entry(document.mentions[at].entity).or_default().insert(at);
    }
    let mut response: BTreeMap<usize, Chain> = BTreeMap::new();
    for (at, own) in said.iter().enumerate().filter(|(_, own)| own.form != Form::Other) {
        let alone = document.mentions.len() + at;
        response.entry(own.entity).or_default().insert(gold_of[at].unwrap_or(alone));
    }
    let (key, response): (Vec<Chain>, Vec<Chain>) =
        (key.into_values().collect(), response.into_values().collect());
    let all = |chains: &[Chain]| chains.iter().flatten().copied().collect::<BTreeSet<usize>>();
    let (wanted, found) = (all(&key), all(&response));
    let both = wanted.intersection(&found).count() as f64;
    Measures {
        mentions: Score { recall: (both, wanted.len() as f64), precision: (both, found.len() as f64) },
        muc: score::muc(&key, &response),
        b_cubed: score::b_cubed(&key, &response),
        ceaf_e: score::ceaf_e(&key, &response),
        links: links(document, said, &gold_of, &named, print),
    }
}

/// Whether each pronoun was given to the entity that it means.
fn links(
    document: &Document,
    said: &[Said],
    gold_of: &[Option<usize>],
    named: &BTreeSet<usize>,
    print: bool,
) -> BTreeMap<String, [usize; 3]> {
    let mut links: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let word = |bytes: &std::ops::Range<usize>| document.text[bytes.clone()].to_lowercase();
    for gold in &document.mentions {
        if gold.form == Form::Pronoun && named.contains(&gold.entity) {
            links.entry(word(&gold.bytes)).or_default()[2] += 1;
        }
    }
    // Whom the names of a said entity mean, most of them.
    let mut votes: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
    for (own, gold) in said.iter().zip(gold_of).filter(|(own, _)| own.form == Form::Name) {
        if let Some(gold) = gold {
            let entity = document.mentions[*gold].entity;
            *votes.entry(own.entity).or_default().entry(entity).or_default() += 1;
        }
    }
    let most = |votes: &BTreeMap<usize, usize>| {
        votes.iter().max_by_key(|(_, count)| **count).map_or(0, |(entity, _)| *entity)
    };
    let mostly: BTreeMap<usize, usize> = votes.iter().map(|(own, votes)| (*own, most(votes))).collect();
    for (at, own) in said.iter().enumerate() {
        let (Some(meant), true) = (own.meant, own.form == Form::Pronoun) else { continue };
        let entity = |at: usize| gold_of[at].map(|gold| document.mentions[gold].entity);
        let right = entity(at).is_some() && entity(at) == mostly.get(&own.entity).copied();
        let counts = links.entry(word(&own.bytes)).or_default();
        counts[0] += usize::from(right);
        counts[1] += 1;
        if print {
            let from = document.text[..own.bytes.start].len().saturating_sub(260);
            let from = (from..own.bytes.start).find(|at| document.text.is_char_boundary(*at)).unwrap();
            let to = (own.bytes.end + 60).min(document.text.len());
            let to = (to..).find(|at| document.text.is_char_boundary(*at)).unwrap();
            let verdict = if right { "right" } else { "WRONG" };
            let (name, meant) = (&document.name, word(&said[meant].bytes));
            let (before, after) = (&document.text[from..own.bytes.start], &document.text[own.bytes.end..to]);
            let shown = format!("{before}[[{}]]{after}", word(&own.bytes)).replace('\n', " ");
            eprintln!("{verdict}\t{name}\t{}\t{meant}\t{shown}", word(&own.bytes));
        }
    }
    links
}

/// The measures of a file by genre and over all, of relata and of the baseline.
fn measure_file(text: &str, print: bool) -> (Measures, Measures) {
    let (pipeline, _) = Pipeline::new(RuleSet::built_in());
    let (mut own, mut base): (BTreeMap<String, Measures>, BTreeMap<String, Measures>) = Default::default();
    for document in gum::documents(text) {
        let article = relata::language::paragraph::article(document.text.clone());
        let reading = pipeline.read(&article);
        let said = response::said(&pipeline.rules, &document.text, &reading);
        let nearest = baseline::nearest(&pipeline.rules, &document.text, &reading, &said);
        let sets = if document.genre() == "news" { ["all", "news"] } else { ["all", "other"] };
        let measures = measure(&document, &said, std::env::var_os("RELATA_DUMP").is_some());
        for genre in sets.into_iter().chain([document.genre()].into_iter().filter(|genre| *genre != "news")) {
            own.entry(genre.to_owned()).or_default().add(&measures);
        }
        for genre in sets {
            base.entry(genre.to_owned()).or_default().add(&measure(&document, &nearest, false));
        }
    }
    if print {
        own.iter().for_each(|(genre, measures)| measures.print(genre));
        base.iter().for_each(|(genre, measures)| measures.print(&format!("nearest, {genre}")));
        for (word, [right, all, wanted]) in &own["all"].links {
            eprintln!("{word:12} {right} right of {all} linked; {wanted} mean a named entity");
        }
    }
    (own.remove("all").unwrap(), base.remove("all").unwrap())
}

/// The text of a file below `RELATA_DATA`.
fn data(path: &str) -> Option<String> {
    let Some(folder) = std::env::var_os("RELATA_DATA") else {
        eprintln!("skipped: RELATA_DATA does not name a folder with {path}");
        return None;
    };
    Some(std::fs::read_to_string(std::path::Path::new(&folder).join(path)).unwrap())
}

#[test]
fn names_and_pronouns_are_linked_better_than_to_the_nearest_that_fits() {
    let file = std::env::var("RELATA_COREFERENCE").unwrap_or_else(|_| "ud/gum.dev.conllu".to_owned());
    let Some(text) = data(&file) else { return };
    let (own, base) = measure_file(&text, true);
    assert!(own.conll() >= base.conll() + MARGIN, "{:.1} against {:.1}", own.conll(), base.conll());
    assert!(own.conll() >= FLOOR, "{:.1} is below {FLOOR}", own.conll());
    assert!(
        own.links().prf()[0] >= base.links().prf()[0] * 2.0,
        "{:?} against {:?}",
        own.links(),
        base.links()
    );
}
