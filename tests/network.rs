//! Small networks of known shape → the measures that the literature gives for them.

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

use relata::dataset::{Dataset, EndRow, EntityRow, TripleRow};
use relata::network::{Measure, Network, Rank};
use relata::triple::Fact;
use std::collections::BTreeMap;

/// A dataset with an entity for each number and a triple for each pair of them.
fn dataset(pairs: &[(usize, usize)]) -> Dataset {
    let id = |number: usize| format!("person/{number:06}");
    let end = |number| EndRow { id: id(number), name: id(number), kind: "Person".to_owned(), subtype: None };
    let triple = |(subject, object): &(usize, usize)| TripleRow {
        id: format!("{subject}-{object}"),
        subject: end(*subject),
        relation: "metWith".to_owned(),
        object: end(*object),
        fact: Fact::Actual,
        when: None,
        qualifiers: BTreeMap::new(),
        confidence: 0.9,
        sources: 1,
        evidence: Vec::new(),
    };
    let last = pairs.iter().flat_map(|(one, other)| [*one, *other]).max().unwrap_or(0);
    let entities = (0..=last).map(|number| {
        let EndRow { id, name, kind, subtype } = end(number);
        EntityRow { id, name, kind, subtype, aliases: Vec::new(), mentions: 1, articles: Vec::new() }
    });
    Dataset {
        entities: entities.collect(),
        triples: pairs.iter().map(triple).collect(),
        ..Dataset::default()
    }
}

/// The places of all entities, in the order of their numbers.
fn ranks(dataset: &Dataset) -> Vec<Rank<'_>> {
    let mut ranks = Network::new(dataset).ranks(Measure::Degree);
    ranks.sort_by_key(|rank| &rank.entity.id);
    ranks
}

fn near(left: f64, right: f64) -> bool {
    (left - right).abs() < 1e-6
}

#[test]
fn the_middle_of_a_chain_is_between_all_others() {
    let chain = dataset(&[(0, 1), (1, 2), (2, 3), (3, 4)]);
    let ranks = ranks(&chain);
    // Of the 6 pairs of others, 3, 4 and 3 have their only chain through the inner three.
    let between: Vec<f64> = ranks.iter().map(|rank| rank.betweenness).collect();
    for (found, expected) in between.iter().zip([0.0, 3.0 / 6.0, 4.0 / 6.0, 3.0 / 6.0, 0.0]) {
        assert!(near(*found, expected), "{between:?}");
    }
    assert_eq!(ranks.iter().map(|rank| rank.degree).collect::<Vec<_>>(), [1, 2, 2, 2, 1]);
}

#[test]
fn two_shortest_chains_share_what_they_carry() {
    let square = dataset(&[(0, 1), (1, 2), (2, 3), (3, 0)]);
    assert!(ranks(&square).iter().all(|rank| near(rank.betweenness, 1.0 / 6.0)));
}

#[test]
fn a_star_has_the_pagerank_that_can_be_worked_out_by_hand() {
    let star = dataset(&[(0, 1), (0, 2), (0, 3), (0, 4)]);
    let ranks = ranks(&star);
    // r = 0.03 + 0.85 × 4 l and l = 0.03 + 0.85 × r / 4.
    let hub = (0.03 + 0.85 * 4.0 * 0.03) / (1.0 - 0.85 * 0.85);
    assert!(near(ranks[0].pagerank, hub), "{}", ranks[0].pagerank);
    assert!(near(ranks.iter().map(|rank| rank.pagerank).sum(), 1.0));
    assert!(near(ranks[0].betweenness, 1.0));
}

/// Every pair of the numbers from `first` to `last`.
fn clique(first: usize, last: usize) -> Vec<(usize, usize)> {
    (first..=last).flat_map(|one| (one + 1..=last).map(move |other| (one, other))).collect()
}

#[test]
fn two_groups_with_one_link_are_two_communities() {
    let pairs = [clique(0, 4), clique(5, 8), vec![(4, 5), (9, 10)]].concat();
    let data = dataset(&pairs);
    let communities: Vec<usize> = ranks(&data).iter().map(|rank| rank.community).collect();
    assert_eq!(communities, [1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3]);
}

/// Zachary's karate club, *An information flow model for conflict and fission in small groups* (1977), members 1 to 34:
/// the network that every such method is tried on.
const KARATE: &str = "2-1 3-1 3-2 4-1 4-2 4-3 5-1 6-1 7-1 7-5 7-6 8-1 8-2 8-3 8-4 9-1 9-3 10-3 11-1 11-5 11-6 12-1 \
    13-1 13-4 14-1 14-2 14-3 14-4 17-6 17-7 18-1 18-2 20-1 20-2 22-1 22-2 26-24 26-25 28-3 28-24 28-25 29-3 30-24 \
    30-27 31-2 31-9 32-1 32-25 32-26 32-29 33-3 33-9 33-15 33-16 33-19 33-21 33-23 33-24 33-30 33-31 33-32 34-9 \
    34-10 34-14 34-15 34-16 34-19 34-20 34-21 34-23 34-24 34-27 34-28 34-29 34-30 34-31 34-32 34-33";

#[test]
fn the_karate_club_has_its_known_figures() {
    let pairs = KARATE.split_whitespace().map(|pair| pair.split_once('-').unwrap());
    let pairs: Vec<(usize, usize)> = pairs.map(|(a, b)| (a.parse().unwrap(), b.parse().unwrap())).collect();
    assert_eq!(pairs.len(), 78);
    let club = dataset(&pairs);
    let network = Network::new(&club);
    assert_eq!((network.entities(), network.pairs()), (34, 78));
    let ranks = network.ranks(Measure::Betweenness);
    let first: Vec<&str> = ranks.iter().take(3).map(|rank| &rank.entity.id[9..]).collect();
    assert_eq!(first, ["0001", "0034", "0033"]);
    assert!((ranks[0].betweenness - 0.4376).abs() < 1e-4, "{}", ranks[0].betweenness);
    assert!((ranks[1].betweenness - 0.3041).abs() < 1e-4, "{}", ranks[1].betweenness);
    let ranks = network.ranks(Measure::PageRank);
    assert!((ranks[0].pagerank - 0.1009).abs() < 1e-3, "{}", ranks[0].pagerank);
    let communities = ranks.iter().map(|rank| rank.community).max();
    assert!(matches!(communities, Some(3 | 4)), "the best known division has four: {communities:?}");
}

#[test]
fn chains_are_the_shortest_and_the_best_said_come_first() {
    let mut data = dataset(&[(0, 1), (1, 2), (0, 3), (3, 2), (0, 4), (4, 5), (5, 2), (6, 7)]);
    data.triples[2].sources = 3;
    data.triples[3].sources = 2;
    let network = Network::new(&data);
    let id = |number: usize| format!("person/{number:06}");
    let chains = network.chains(&id(0), &id(2), 5);
    let through: Vec<&str> = chains.iter().map(|chain| chain.steps[0].to.id.as_str()).collect();
    assert_eq!(through, [id(3), id(1)]);
    assert_eq!(chains[0].steps.iter().map(|step| step.triples[0].sources).collect::<Vec<_>>(), [3, 2]);
    assert!(network.chains(&id(0), &id(6), 5).is_empty(), "no chain leads there");
    assert!(network.chains(&id(0), &id(0), 5).is_empty());
    assert_eq!(network.chains(&id(0), &id(2), 1).len(), 1);
}

#[test]
fn an_empty_network_has_no_ranks() {
    assert!(Network::new(&Dataset::default()).ranks(Measure::PageRank).is_empty());
}
