//! A dataset and what a person asks for → the part of it: who is near whom, said by whom, and when.

use super::{Dataset, TripleRow};
use crate::triple::Fact;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What to keep of a dataset. What is empty or zero asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Ids of entities to start from.
    pub focus: Vec<String>,
    /// How many triples away from those an entity may be; 1 where they are given and this is zero.
    pub hops: usize,
    /// Triples of at least so many sources.
    pub min_sources: usize,
    /// Triples of these relations or families.
    pub relations: Vec<String>,
    /// Triples both ends of which are of these types or narrower ones.
    pub types: Vec<String>,
    /// Triples of these facts.
    pub facts: Vec<Fact>,
    /// Nothing that ended before this ISO date, month or year.
    pub since: Option<String>,
    /// Nothing that began after this ISO date, month or year.
    pub until: Option<String>,
    /// So many entities, those with most triples left.
    pub top: usize,
}

impl Dataset {
    /// The part that is asked for: triples, the entities at their ends, and the articles that say so. Rows stay as they
    /// are, so an entity's `mentions` still count all articles. The focus is looked for last but for `top`: paths lead
    /// only through triples that are kept. O(triples × log entities).
    pub fn select(&self, selection: &Selection) -> Self {
        let mut triples: Vec<&TripleRow> =
            self.triples.iter().filter(|triple| self.is_asked_for(triple, selection)).collect();
        if !selection.focus.is_empty() {
            let near = near(&triples, &selection.focus, selection.hops.max(1));
            triples.retain(|triple| ends(triple).iter().all(|end| near.contains(end)));
        }
        if selection.top > 0 {
            let top = top(&triples, selection.top, &selection.focus);
            triples.retain(|triple| ends(triple).iter().all(|end| top.contains(end)));
        }
        let mut entities: BTreeSet<&str> = triples.iter().flat_map(|triple| ends(triple)).collect();
        entities.extend(selection.focus.iter().map(String::as_str));
        let evidence = || triples.iter().flat_map(|triple| &triple.evidence);
        entities.extend(evidence().filter_map(|evidence| Some(evidence.attributed_to.as_ref()?.id.as_str())));
        let articles: BTreeSet<&str> = evidence().map(|evidence| evidence.article.as_str()).collect();
        Self {
            terms: self.terms.clone(),
            articles: self
                .articles
                .iter()
                .filter(|row| articles.contains(row.id.as_str()))
                .cloned()
                .collect(),
            entities: self
                .entities
                .iter()
                .filter(|row| entities.contains(row.id.as_str()))
                .cloned()
                .collect(),
            patterns: self.patterns.clone(),
            silent: Vec::new(),
            triples: triples.into_iter().cloned().collect(),
        }
    }

    fn is_asked_for(&self, triple: &TripleRow, selection: &Selection) -> bool {
        let Selection { relations, types, facts, .. } = selection;
        let family = || self.terms.relation(&triple.relation).map(|relation| &relation.family);
        let of_type = |own: &str| self.terms.kinds(own).iter().any(|kind| types.contains(&kind.name));
        let typed = || [&triple.subject, &triple.object].iter().all(|end| of_type(end.own_type()));
        triple.sources >= selection.min_sources
            && (facts.is_empty() || facts.contains(&triple.fact))
            && (relations.is_empty()
                || relations.contains(&triple.relation)
                || family().is_some_and(|family| relations.contains(family)))
            && (types.is_empty() || typed())
            && ((&selection.since, &selection.until) == (&None, &None) || self.is_then(triple, selection))
    }

    /// Whether a triple is of the time that is asked for: by its own date or, where no sentence fixes one, by the day on
    /// which one of its articles appeared. What has neither is of no time.
    fn is_then(&self, triple: &TripleRow, selection: &Selection) -> bool {
        let reported = || {
            let articles = triple.evidence.iter().filter_map(|evidence| self.article(&evidence.article));
            articles.filter_map(|article| article.date.as_deref()).collect::<Vec<&str>>()
        };
        let times = triple.when.as_deref().map_or_else(reported, |when| vec![when]);
        times.iter().any(|time| overlaps(time, selection.since.as_deref(), selection.until.as_deref()))
    }
}

/// Whether a date, month or year shares a day with what lies between two others. ISO forms of different exactness
/// are compared by what both have: 2021-08 is neither before nor after 2021.
fn overlaps(time: &str, since: Option<&str>, until: Option<&str>) -> bool {
    let common = |other: &str| time.len().min(other.len());
    let late = since.is_none_or(|since| time.get(..common(since)) >= since.get(..common(since)));
    let early = until.is_none_or(|until| time.get(..common(until)) <= until.get(..common(until)));
    late && early
}

fn ends(triple: &TripleRow) -> [&str; 2] {
    [&triple.subject.id, &triple.object.id]
}

/// The entities that so many triples, in whatever direction, lead to.
fn near<'a>(triples: &[&'a TripleRow], focus: &'a [String], hops: usize) -> BTreeSet<&'a str> {
    let mut links: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for [one, other] in triples.iter().map(|triple| ends(triple)) {
        links.entry(one).or_default().push(other);
        links.entry(other).or_default().push(one);
    }
    let mut near: BTreeSet<&str> = focus.iter().map(String::as_str).collect();
    let mut edge: Vec<&str> = near.iter().copied().collect();
    for _ in 0..hops {
        let next = edge.iter().filter_map(|at| links.get(at)).flatten().copied();
        edge = next.filter(|other| near.insert(other)).collect();
    }
    near
}

/// The entities with most triples, those of the focus first; of equals, those whose id comes first.
fn top<'a>(triples: &[&'a TripleRow], most: usize, focus: &'a [String]) -> BTreeSet<&'a str> {
    let mut links: BTreeMap<&str, usize> = BTreeMap::new();
    triples.iter().flat_map(|triple| ends(triple)).for_each(|end| *links.entry(end).or_default() += 1);
    let mut order: Vec<(&str, usize)> = links.into_iter().collect();
    order.sort_by_key(|(id, links)| (!focus.iter().any(|focus| focus == id), Reverse(*links)));
    order.into_iter().take(most).map(|(id, _)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_different_exactness_are_compared_by_what_both_have() {
        for (time, since, until, expected) in [
            ("2021-08-25", Some("2021-08-25"), None, true),
            ("2021-08-24", Some("2021-08-25"), None, false),
            ("2021-08", Some("2021-08-25"), None, true),
            ("2021", Some("2021-08-25"), Some("2021-09"), true),
            ("2020", Some("2021-08-25"), None, false),
            ("2021-08-25", None, Some("2021-07"), false),
            ("2021-08-25", None, Some("2021"), true),
        ] {
            assert_eq!(overlaps(time, since, until), expected, "{time} {since:?} {until:?}");
        }
    }
}
