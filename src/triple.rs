//! Matches and entities → [`Triple`]s: who did what to whom, and which sentence says so?

use crate::article::Copies;
pub use crate::entity::EntityId;
use crate::entity::{Certainty, Entities, LocalNames};
use crate::language::Sentence;
pub use crate::matcher::Fact;
use crate::matcher::Match;
use crate::mention::Mentions;
use crate::rule::{RelationId, RuleSet};
use crate::span::Span;
use std::cmp::Reverse;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// The sentence that says so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// Index of the article in the graph's list.
    pub article: u32,
    /// Index of the article that this one is a copy of; itself where it is none. Copies are one source.
    pub source: u32,
    /// Number of the sentence in its article, counted from 0.
    pub sentence: u32,
    /// The sentence, in bytes of the article's text.
    pub span: Span,
    /// The subject's mention, in bytes of the article's text.
    pub subject: Span,
    /// The object's mention, in bytes of the article's text.
    pub object: Span,
    /// The rule that found it, with the number of its pattern counted from 1: `spokeWith#2`.
    pub rule: String,
    /// How sure it is by this sentence alone, in hundredths: see [`Triple::confidence`].
    pub confidence: u8,
    /// Who says so, where the sentence or a quotation attributes it to somebody named.
    pub attributed_to: Option<EntityId>,
    /// Further particulars that this sentence gives, by name: `role`, `status`, `place`, `kin`.
    pub qualifiers: BTreeMap<String, String>,
}

/// What a triple asserts; triples that assert the same are one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Statement {
    /// Who.
    pub subject: EntityId,
    /// Does what.
    pub relation: RelationId,
    /// To whom.
    pub object: EntityId,
    /// And is it so.
    pub fact: Fact,
    /// ISO date (`2021-08-25`), month (`2021-08`) or year (`2021`) of it, where the article fixes it.
    pub when: Option<String>,
}

/// One relation between two entities, with everything that says so.
///
/// "Ada Byron met Bob Poe in Oslo on Monday" in an article of 2024-03-06 gives
/// subject Ada Byron, relation `metWith`, object Bob Poe, fact actual, when `2024-03-04`,
/// and one [`Evidence`]. There is no way to make a triple without evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Triple {
    statement: Statement,
    evidence: Vec<Evidence>,
}

impl Triple {
    /// A triple with the first sentence that says so.
    pub fn new(statement: Statement, evidence: Evidence) -> Self {
        Self { statement, evidence: vec![evidence] }
    }

    /// Adds a sentence that says so too; the same names in the same sentence count once, whichever pattern found
    /// them: of two patterns the surer, of equally sure ones the first stays, with the particulars of both.
    pub fn add(&mut self, evidence: Evidence) {
        let place = |evidence: &Evidence| {
            (evidence.article, evidence.sentence, evidence.span, evidence.subject, evidence.object)
        };
        let rank = |evidence: &Evidence| (Reverse(evidence.confidence), evidence.rule.clone());
        match self.evidence.binary_search_by_key(&place(&evidence), place) {
            Ok(at) => {
                let known = &mut self.evidence[at];
                let (better, other) = if rank(&evidence) < rank(known) {
                    let known = std::mem::replace(known, evidence);
                    (&mut self.evidence[at], known)
                } else {
                    (known, evidence)
                };
                for (name, value) in other.qualifiers {
                    better.qualifiers.entry(name).or_insert(value);
                }
            }
            Err(at) => self.evidence.insert(at, evidence),
        }
    }

    /// What it asserts.
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// Further particulars by name; the first sentence that gives one decides it. O(evidence).
    pub fn qualifiers(&self) -> BTreeMap<String, String> {
        let mut qualifiers = BTreeMap::new();
        for (name, value) in self.evidence.iter().flat_map(|evidence| &evidence.qualifiers) {
            qualifiers.entry(name.clone()).or_insert_with(|| value.clone());
        }
        qualifiers
    }

    /// How sure it is, in hundredths, at most 99.
    ///
    /// A sentence is as sure as its rule, times how sure it is that the words at both ends mean the entities
    /// (`confidence`). Of each source the surest sentence counts, and sources are independent witnesses: the
    /// triple is wrong only where all of them are (noisy or; Pearl, *Probabilistic Reasoning in Intelligent
    /// Systems*, 1988, 4.3). So another source never lowers it, a less certain end never raises it, and
    /// a copy of an article changes nothing that its original says as surely.
    pub fn confidence(&self) -> u8 {
        noisy_or(self.evidence.iter().map(|evidence| (evidence.source, evidence.confidence)))
    }

    /// The number of independent sources: articles, those that are copies of one counted once.
    pub fn sources(&self) -> usize {
        self.evidence.iter().map(|evidence| evidence.source).collect::<BTreeSet<u32>>().len()
    }

    /// The sentences that say so, in the order of the articles; never empty.
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    /// A stable name of the triple: 16 hexadecimal digits, XXH3 of the ends' ids, the relation's
    /// name, fact and date. The same statement has the same id in every build.
    pub fn id(&self, subject: &str, relation: &str, object: &str) -> String {
        let when = self.statement.when.as_deref().unwrap_or_default();
        let text = [subject, relation, object, self.statement.fact.name(), when].join("\u{1f}");
        format!("{:016x}", xxhash_rust::xxh3::xxh3_64(text.as_bytes()))
    }
}

/// How sure it is, in hundredths, by what each source (any name of it) says so surely: see [`Triple::confidence`].
pub fn noisy_or<S: Ord>(witnesses: impl Iterator<Item = (S, u8)>) -> u8 {
    let mut best: BTreeMap<S, u8> = BTreeMap::new();
    for (source, confidence) in witnesses {
        let known = best.entry(source).or_default();
        *known = confidence.max(*known);
    }
    // In order of size, so that what rounding takes away depends on nothing else; that keeps it monotone.
    let mut sure: Vec<u64> = best.into_values().map(|sure| u64::from(sure.min(100))).collect();
    sure.sort_unstable();
    const WHOLE: u64 = 1_000_000_000_000;
    let doubt = sure.iter().fold(WHOLE, |doubt, sure| doubt * (100 - sure) / 100);
    u8::try_from(((WHOLE - doubt) * 100 / WHOLE).min(99)).unwrap_or(99)
}

/// How sure a sentence is, in hundredths: its rule's confidence, lessened at each end that is no full name.
///
/// A part of a name (`Byron`) means another bearer once in 30 times, a capital or a people that stands for a
/// government something else once in 20, a pronoun or description once in ten: estimates, not counts.
pub fn confidence(rule: u8, ends: [Certainty; 2]) -> u8 {
    let sure = |end: Certainty| match end {
        Certainty::Full => 100_u32,
        Certainty::Short => 97,
        Certainty::Metonym => 95,
        Certainty::Reference => 90,
    };
    let hundredths = u32::from(rule.min(100)) * sure(ends[0]) * sure(ends[1]) / 10_000;
    u8::try_from(hundredths).unwrap_or(100)
}

/// A triple of one article, before it is known who is who in the others.
#[derive(Debug, Clone)]
pub struct Claim {
    subject: usize,
    object: usize,
    relation: RelationId,
    fact: Fact,
    when: Option<String>,
    evidence: Evidence,
    /// Who says so, as an entity of the article.
    source: Option<usize>,
}

impl Claim {
    /// The number of the sentence that makes it, in its article, counted from 0.
    pub fn sentence(&self) -> usize {
        self.evidence.sentence as usize
    }
}

/// What the matches of article number `article` claim; a relation of an entity with itself is none.
pub fn claims(
    rules: &RuleSet,
    article: usize,
    sentences: &[Sentence],
    mentions: &Mentions,
    matches: &[Match],
    names: &LocalNames,
) -> Vec<Claim> {
    let mut claims = Vec::new();
    for found in matches {
        let rule = &rules.rules[found.rule];
        let name = &rules.relation(rule.relation).name;
        let sentence = &sentences[found.sentence];
        for (subject, object) in &found.pairs {
            let (Some(from), Some(to)) = (names.of(subject), names.of(object)) else { continue };
            let span = |mention: usize| sentence.span_of(mentions.mention(mention).tokens.clone());
            let number = u32::try_from(article).unwrap_or(u32::MAX);
            let evidence = Evidence {
                article: number,
                source: number,
                sentence: u32::try_from(found.sentence).unwrap_or(u32::MAX),
                span: sentence.span,
                subject: span(subject.mention),
                object: span(object.mention),
                rule: format!("{name}#{}", found.pattern),
                confidence: confidence(rule.confidence, [subject, object].map(|end| names.certainty(end))),
                attributed_to: None,
                qualifiers: found.qualifiers.clone(),
            };
            if from != to {
                let (relation, fact) = (rule.relation, found.fact);
                let when = found.when.clone();
                let source = found.source.as_ref().and_then(|source| names.of(source));
                let (subject, object) = (from, to);
                claims.push(Claim { subject, object, relation, fact, when, evidence, source });
            }
        }
    }
    claims
}

/// Joins the claims of all articles that assert the same; sorted by the ids of subject and object and
/// the relation's name. O(n log n).
pub fn collect(
    rules: &RuleSet,
    claims: Vec<Vec<Claim>>,
    entities: &Entities,
    copies: &Copies,
) -> Vec<Triple> {
    let mut triples: BTreeMap<Statement, Triple> = BTreeMap::new();
    for (article, claims) in claims.into_iter().enumerate() {
        for claim in claims {
            let ends = (entities.of(article, claim.subject), entities.of(article, claim.object));
            let (Some(subject), Some(object)) = ends else { continue };
            let mut evidence = claim.evidence;
            evidence.source = u32::try_from(copies.original(article)).unwrap_or(u32::MAX);
            evidence.attributed_to = claim.source.and_then(|source| entities.of(article, source));
            // A symmetric relation is written once, from the smaller id to the greater.
            let turned = rules.relation(claim.relation).symmetric && object < subject;
            let (subject, object) = if turned { (object, subject) } else { (subject, object) };
            if turned {
                std::mem::swap(&mut evidence.subject, &mut evidence.object);
            }
            let statement =
                Statement { subject, relation: claim.relation, object, fact: claim.fact, when: claim.when };
            if subject == object {
                continue;
            }
            match triples.entry(statement.clone()) {
                Entry::Occupied(mut known) => known.get_mut().add(evidence),
                Entry::Vacant(new) => drop(new.insert(Triple::new(statement, evidence))),
            }
        }
    }
    triples.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ENDS: [Certainty; 4] =
        [Certainty::Reference, Certainty::Metonym, Certainty::Short, Certainty::Full];

    fn triple(evidence: &[(u32, u8)]) -> Triple {
        let statement = Statement {
            subject: EntityId(0),
            relation: RelationId(0),
            object: EntityId(1),
            fact: Fact::Actual,
            when: None,
        };
        let mut number = 0;
        let mut all = evidence.iter().map(|(source, confidence)| {
            number += 1;
            let span = Span::new(number, number + 1);
            let rule = "metWith#1".to_owned();
            let article = u32::try_from(number).unwrap();
            Evidence {
                article,
                source: *source,
                sentence: 0,
                span,
                subject: span,
                object: span,
                rule,
                confidence: *confidence,
                attributed_to: None,
                qualifiers: BTreeMap::new(),
            }
        });
        let mut triple = Triple::new(statement, all.next().unwrap());
        all.for_each(|evidence| triple.add(evidence));
        triple
    }

    proptest! {
        #[test]
        fn another_source_never_lowers_confidence(
            evidence in prop::collection::vec((0_u32..6, 0_u8..=100), 1..12),
            more in (0_u32..6, 0_u8..=100),
        ) {
            let before = triple(&evidence);
            let mut all = evidence.clone();
            all.push(more);
            let after = triple(&all);
            prop_assert!(after.confidence() >= before.confidence());
            prop_assert!(after.sources() >= before.sources());
            prop_assert!(after.confidence() <= 99);
            all.reverse();
            prop_assert_eq!(triple(&all).confidence(), after.confidence());
        }

        #[test]
        fn a_less_certain_end_or_rule_never_raises_confidence(
            evidence in prop::collection::vec((0_u32..6, 0_u8..=100), 1..12),
            at in 0_usize..12,
            rule in 0_u8..=100,
            ends in [0_usize..4, 0_usize..4],
            lower in 0_usize..4,
        ) {
            let sure = confidence(rule, ends.map(|end| ENDS[end]));
            let less = confidence(rule, [ENDS[ends[0].min(lower)], ENDS[ends[1]]]);
            prop_assert!(less <= sure && sure <= rule);
            prop_assert!(confidence(rule.saturating_sub(1), ends.map(|end| ENDS[end])) <= sure);
            let mut all = evidence.clone();
            let at = at % all.len();
            all[at].1 = sure;
            let before = triple(&all).confidence();
            all[at].1 = less;
            prop_assert!(triple(&all).confidence() <= before);
        }
    }

    #[test]
    fn a_copy_is_no_second_witness() {
        assert_eq!((triple(&[(0, 80)]).confidence(), triple(&[(0, 80), (0, 80)]).confidence()), (80, 80));
        assert_eq!(
            (triple(&[(0, 80), (1, 80)]).confidence(), triple(&[(0, 80), (1, 80)]).sources()),
            (96, 2)
        );
    }
}
