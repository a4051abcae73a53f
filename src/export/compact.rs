//! [`Dataset`] → the tables that `page/data.js` reads: every string once, everything else by number.
//!
//! A row is a list without keys, because the keys would be half of the file. What stands where is what the tuples
//! here say; `data.js` gives the names back.

use crate::dataset::{Dataset, EntityRow, EvidenceRow, MentionRow, TripleRow, hundredths};
use crate::layout;
use crate::triple::Fact;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// All that the page knows.
#[derive(Serialize)]
pub(super) struct Page<'a> {
    types: Vec<Type<'a>>,
    families: Vec<Family<'a>>,
    relations: Vec<Relation<'a>>,
    articles: Vec<Article<'a>>,
    rules: Vec<&'a str>,
    /// Article and text: a sentence that says ten things is written once.
    quotes: Vec<(usize, &'a str)>,
    /// The most linked first; those without relations last, and without a place.
    entities: Vec<Entity<'a>>,
    triples: Vec<Triple<'a>>,
}

#[derive(Serialize)]
struct Type<'a> {
    name: &'a str,
    colour: &'a str,
    shape: &'a str,
}

#[derive(Serialize)]
struct Family<'a> {
    name: &'a str,
    colour: &'a str,
}

#[derive(Serialize)]
struct Relation<'a> {
    name: &'a str,
    about: &'a str,
    family: usize,
    symmetric: bool,
}

/// Id, title, date, publisher, address.
type Article<'a> = (&'a str, Option<&'a str>, Option<&'a str>, Option<&'a str>, Option<&'a str>);

/// Id, name, type, number of mentions and of articles, aliases, and `[x, y, radius]` of those that are drawn.
type Entity<'a> = (&'a str, &'a str, usize, u32, usize, &'a [String], Option<[i32; 3]>);

/// Subject, relation, object, fact, date, confidence in hundredths, sources, qualifiers, evidence.
type Triple<'a> =
    (usize, usize, usize, u8, Option<&'a str>, u8, usize, &'a BTreeMap<String, String>, Vec<Evidence<'a>>);

/// Quote, rule, confidence in hundredths, subject, object, who says so, qualifiers.
type Evidence<'a> =
    (usize, usize, u8, Mention<'a>, Mention<'a>, Option<usize>, Option<&'a BTreeMap<String, String>>);

/// Where a name stands.
#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Mention<'a> {
    /// In the quote, from and to: counted in UTF-16 units, as scripts count.
    Inside([usize; 2]),
    /// Elsewhere in the article: its words.
    Outside(&'a str),
}

/// Strings by the order in which they were first asked for.
#[derive(Default)]
struct Numbers<'a> {
    numbers: BTreeMap<&'a str, usize>,
    list: Vec<&'a str>,
}

impl<'a> Numbers<'a> {
    fn number(&mut self, text: &'a str) -> usize {
        *self.numbers.entry(text).or_insert_with(|| {
            self.list.push(text);
            self.list.len() - 1
        })
    }
}

impl<'a> Page<'a> {
    /// O((triples + entities) log entities), and the layout.
    pub(super) fn new(dataset: &'a Dataset) -> Page<'a> {
        let terms = &dataset.terms;
        let order = Order::new(dataset);
        let place = order.places();
        let mut types = Numbers::default();
        // In the order of the vocabulary, for the legend; a type that it does not know comes behind.
        let known: BTreeSet<&str> = order.entities.iter().map(|entity| entity.own_type()).collect();
        for kind in terms.types.iter().filter(|kind| known.contains(kind.name.as_str())) {
            types.number(&kind.name);
        }
        let entities = order.entities.iter().enumerate().map(|(at, entity)| {
            let kind = types.number(entity.own_type());
            let (id, name, aliases) = (entity.id.as_str(), entity.name.as_str(), entity.aliases.as_slice());
            (id, name, kind, entity.mentions, entity.articles.len(), aliases, place.get(at).copied())
        });
        let entities = entities.collect();
        let types = types.list.into_iter().map(|name| match terms.kind(name) {
            Some(kind) => Type { name, colour: &kind.colour, shape: &kind.shape },
            None => Type { name, colour: "#DDDDDD", shape: "ellipse" },
        });
        let mut tables = Tables::default();
        let triples = dataset.triples.iter().map(|triple| tables.triple(triple, &order)).collect();
        let (families, relations) = vocabulary(dataset, &tables.relations.list);
        Page {
            types: types.collect(),
            families,
            relations,
            articles: tables.article_rows(dataset),
            rules: tables.rules.list,
            quotes: tables.quotes,
            entities,
            triples,
        }
    }
}

/// Families in the order of the legend, and the relations with the numbers of their families.
fn vocabulary<'a>(dataset: &'a Dataset, used: &[&'a str]) -> (Vec<Family<'a>>, Vec<Relation<'a>>) {
    let terms = &dataset.terms;
    let family = |name: &str| terms.relation(name).map_or("other", |relation| relation.family.as_str());
    let mut families = Numbers::default();
    let known: BTreeSet<&str> = used.iter().map(|name| family(name)).collect();
    for row in terms.families.iter().filter(|row| known.contains(row.name.as_str())) {
        families.number(&row.name);
    }
    let relations = used.iter().map(|name| {
        let row = terms.relation(name);
        Relation {
            name,
            about: row.map_or("", |row| &row.about),
            family: families.number(row.map_or("other", |row| &row.family)),
            symmetric: row.is_some_and(|row| row.symmetric),
        }
    });
    let relations = relations.collect();
    let families = families.list.into_iter();
    (families.map(|name| Family { name, colour: terms.family_colour(name) }).collect(), relations)
}

/// The order of the entities on the page.
struct Order<'a> {
    entities: Vec<&'a EntityRow>,
    /// Number on the page, by id.
    numbers: BTreeMap<&'a str, usize>,
    /// How many triples link the two, by their numbers on the page, the smaller first.
    pairs: BTreeMap<(usize, usize), u32>,
    /// With how many others each is linked.
    linked: Vec<usize>,
}

impl<'a> Order<'a> {
    fn new(dataset: &'a Dataset) -> Order<'a> {
        let mut others: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for triple in &dataset.triples {
            let (a, b) = (triple.subject.id.as_str(), triple.object.id.as_str());
            others.entry(a).or_default().insert(b);
            others.entry(b).or_default().insert(a);
        }
        let count = |entity: &EntityRow| others.get(entity.id.as_str()).map_or(0, BTreeSet::len);
        let mut entities: Vec<&EntityRow> = dataset.entities.iter().collect();
        entities.sort_by_cached_key(|entity| (Reverse(count(entity)), &entity.id));
        let linked = entities.iter().map(|entity| count(entity)).collect();
        let numbers: BTreeMap<&str, usize> =
            entities.iter().map(|entity| entity.id.as_str()).zip(0..).collect();
        let mut pairs = BTreeMap::new();
        for triple in &dataset.triples {
            let ends = [&triple.subject, &triple.object].map(|end| numbers.get(end.id.as_str()));
            if let [Some(a), Some(b)] = ends {
                *pairs.entry((*a.min(b), *a.max(b))).or_default() += 1;
            }
        }
        Order { entities, numbers, pairs, linked }
    }

    /// Places and radii of the entities that are drawn, which are the first ones.
    fn places(&self) -> Vec<[i32; 3]> {
        let drawn = self.linked.iter().take_while(|others| **others > 0);
        let radii: Vec<f64> =
            drawn.map(|others| (5.0 + 2.2 * (*others as f64).sqrt()).min(30.0).round()).collect();
        let pull = |triples: &u32| f64::from(*triples).sqrt().min(3.0);
        let edges: Vec<layout::Edge> =
            self.pairs.iter().map(|((a, b), triples)| (*a as u32, *b as u32, pull(triples))).collect();
        let places = layout::place(&radii, &edges);
        places.into_iter().zip(radii).map(|([x, y], radius)| [x, y, radius as i32]).collect()
    }

    fn number(&self, id: &str) -> Option<usize> {
        self.numbers.get(id).copied()
    }
}

/// The tables that triples refer to.
#[derive(Default)]
struct Tables<'a> {
    named: Numbers<'a>,
    relations: Numbers<'a>,
    rules: Numbers<'a>,
    quotes: Vec<(usize, &'a str)>,
    quote_numbers: BTreeMap<(usize, u32, &'a str), usize>,
}

impl<'a> Tables<'a> {
    fn triple(&mut self, triple: &'a TripleRow, order: &Order) -> Triple<'a> {
        let [subject, object] =
            [&triple.subject, &triple.object].map(|end| order.number(&end.id).unwrap_or_default());
        let fact = match triple.fact {
            Fact::Actual => 0,
            Fact::Possible => 1,
            Fact::Negated => 2,
        };
        let evidence =
            triple.evidence.iter().map(|evidence| self.evidence(evidence, triple, order)).collect();
        let (relation, when) = (self.relations.number(&triple.relation), triple.when.as_deref());
        let confidence = hundredths(triple.confidence);
        (subject, relation, object, fact, when, confidence, triple.sources, &triple.qualifiers, evidence)
    }

    fn evidence(&mut self, evidence: &'a EvidenceRow, triple: &TripleRow, order: &Order) -> Evidence<'a> {
        let article = self.named.number(&evidence.article);
        let quotes = &mut self.quotes;
        let quote = *self
            .quote_numbers
            .entry((article, evidence.start, evidence.quote.as_str()))
            .or_insert_with(|| {
                quotes.push((article, evidence.quote.as_str()));
                quotes.len() - 1
            });
        let said_by = evidence.attributed_to.as_ref().and_then(|end| order.number(&end.id));
        // One sentence of one triple: what it gives is what the triple has.
        let own = Some(&evidence.qualifiers).filter(|own| !own.is_empty() && **own != triple.qualifiers);
        let [subject, object] = [&evidence.subject, &evidence.object].map(|of| mention(of, evidence));
        let rule = self.rules.number(&evidence.rule);
        (quote, rule, hundredths(evidence.confidence), subject, object, said_by, own)
    }

    fn article_rows(&self, dataset: &'a Dataset) -> Vec<Article<'a>> {
        let rows = self.named.list.iter().map(|id| match dataset.article(id) {
            Some(row) => {
                let [title, date, publisher, url] = [&row.title, &row.date, &row.publisher, &row.url];
                (*id, title.as_deref(), date.as_deref(), publisher.as_deref(), url.as_deref())
            }
            None => (*id, None, None, None, None),
        });
        rows.collect()
    }
}

/// Where the words of a mention stand in a quote. The words are compared, so that a name is never marked where it
/// does not stand, whoever wrote the rows.
fn mention<'a>(mention: &'a MentionRow, evidence: &EvidenceRow) -> Mention<'a> {
    let quote = evidence.quote.as_str();
    let start = mention.start.checked_sub(evidence.start);
    let start = start.and_then(|start| quote.char_indices().nth(start as usize)).map(|(at, _)| at);
    match start {
        Some(start) if !mention.text.is_empty() && quote[start..].starts_with(&mention.text) => {
            let from = quote[..start].encode_utf16().count();
            Mention::Inside([from, from + mention.text.encode_utf16().count()])
        }
        _ => Mention::Outside(&mention.text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(quote: &str) -> EvidenceRow {
        let nobody = MentionRow { start: 0, end: 0, text: String::new() };
        EvidenceRow {
            article: "a".into(),
            sentence: 3,
            start: 100,
            end: 100 + quote.chars().count() as u32,
            quote: quote.into(),
            rule: "metWith#1".into(),
            subject: nobody.clone(),
            object: nobody,
            attributed_to: None,
            confidence: 0.5,
            qualifiers: BTreeMap::new(),
        }
    }

    #[test]
    fn a_name_is_marked_where_it_stands_in_the_quote_and_shown_apart_where_it_does_not() {
        let evidence = evidence("🙂 Ada met Böb.");
        let at = |start: u32, text: &str| MentionRow {
            start,
            end: start + text.chars().count() as u32,
            text: text.into(),
        };
        let cases: [(u32, &str, Option<[usize; 2]>); 5] = [
            // The smiling face is one code point and two units.
            (102, "Ada", Some([3, 6])),
            (110, "Böb", Some([11, 14])),
            (20, "Ada", None),
            (103, "Ada", None),
            (400, "Ada", None),
        ];
        for (start, text, expected) in cases {
            let row = at(start, text);
            let expected = expected.map_or(Mention::Outside(text), Mention::Inside);
            assert_eq!(mention(&row, &evidence), expected, "{text} at {start}");
        }
    }
}
