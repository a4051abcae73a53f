//! Matches and entities → [`Triple`]s: who did what to whom, and which sentence says so?

pub use crate::entity::EntityId;
use crate::entity::{Entities, LocalNames};
use crate::language::Sentence;
pub use crate::matcher::Fact;
use crate::matcher::Match;
use crate::mention::Mentions;
use crate::rule::{RelationId, RuleSet};
use crate::span::Span;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The sentence that says so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// Index of the article in the graph's list.
    pub article: u32,
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
    /// How sure the rule is here, in hundredths.
    pub confidence: u8,
    /// Who says so, where the sentence attributes it.
    pub attributed_to: Option<EntityId>,
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
    /// ISO date (`2021-08-25`) or month (`2021-08`) of it, where the article fixes it.
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
    qualifiers: BTreeMap<String, String>,
    evidence: Vec<Evidence>,
}

impl Triple {
    /// A triple with the first sentence that says so.
    pub fn new(statement: Statement, evidence: Evidence) -> Self {
        Self { statement, qualifiers: BTreeMap::new(), evidence: vec![evidence] }
    }

    /// Adds a sentence that says so too; the same names in the same sentence count once, whichever pattern found
    /// them: of two patterns the surer, of equally sure ones the first stays.
    pub fn add(&mut self, evidence: Evidence) {
        let place = |evidence: &Evidence| {
            (evidence.article, evidence.sentence, evidence.span, evidence.subject, evidence.object)
        };
        let rank = |evidence: &Evidence| (Reverse(evidence.confidence), evidence.rule.clone());
        match self.evidence.binary_search_by_key(&place(&evidence), place) {
            Ok(at) if rank(&evidence) < rank(&self.evidence[at]) => self.evidence[at] = evidence,
            Ok(_) => {}
            Err(at) => self.evidence.insert(at, evidence),
        }
    }

    /// Adds a particular; the first sentence that gives one decides it.
    pub fn qualify(&mut self, name: &str, value: &str) {
        self.qualifiers.entry(name.to_owned()).or_insert_with(|| value.to_owned());
    }

    /// What it asserts.
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// Further particulars by name: `role`, `status`, `place`, `kin`.
    pub fn qualifiers(&self) -> &BTreeMap<String, String> {
        &self.qualifiers
    }

    /// How sure it is, in hundredths, at most 99: the articles' best evidence taken as independent
    /// witnesses (noisy or), so that another article never lowers it.
    pub fn confidence(&self) -> u8 {
        let mut best: BTreeMap<u32, u8> = BTreeMap::new();
        for evidence in &self.evidence {
            let known = best.entry(evidence.article).or_default();
            *known = evidence.confidence.max(*known);
        }
        let doubt =
            best.values().fold(100_u32, |doubt, sure| doubt * (100 - u32::from(*sure).min(100)) / 100);
        u8::try_from((100 - doubt).min(99)).unwrap_or(99)
    }

    /// The number of articles that say so.
    pub fn sources(&self) -> usize {
        let mut articles: Vec<u32> = self.evidence.iter().map(|evidence| evidence.article).collect();
        articles.dedup();
        articles.len()
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

/// A triple of one article, before it is known who is who in the others.
#[derive(Debug, Clone)]
pub struct Claim {
    subject: usize,
    object: usize,
    relation: RelationId,
    fact: Fact,
    when: Option<String>,
    qualifiers: BTreeMap<String, String>,
    evidence: Evidence,
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
            let span = |mention: usize| sentence.span_of(mentions.names[mention].tokens.clone());
            let evidence = Evidence {
                article: u32::try_from(article).unwrap_or(u32::MAX),
                sentence: u32::try_from(found.sentence).unwrap_or(u32::MAX),
                span: sentence.span,
                subject: span(subject.mention),
                object: span(object.mention),
                rule: format!("{name}#{}", found.pattern),
                confidence: rule.confidence,
                attributed_to: None,
            };
            if from != to {
                let (relation, fact) = (rule.relation, found.fact);
                let (when, qualifiers) = (found.when.clone(), found.qualifiers.clone());
                claims.push(Claim { subject: from, object: to, relation, fact, when, qualifiers, evidence });
            }
        }
    }
    claims
}

/// Joins the claims of all articles that assert the same; sorted by the ids of subject and object and
/// the relation's name. O(n log n).
pub fn collect(rules: &RuleSet, claims: Vec<Vec<Claim>>, entities: &Entities) -> Vec<Triple> {
    let mut triples: BTreeMap<Statement, Triple> = BTreeMap::new();
    for (article, claims) in claims.into_iter().enumerate() {
        for claim in claims {
            let ends = (entities.of(article, claim.subject), entities.of(article, claim.object));
            let (Some(subject), Some(object)) = ends else { continue };
            let mut evidence = claim.evidence;
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
            let triple = match triples.entry(statement.clone()) {
                Entry::Occupied(known) => {
                    let triple = known.into_mut();
                    triple.add(evidence);
                    triple
                }
                Entry::Vacant(new) => new.insert(Triple::new(statement, evidence)),
            };
            for (name, value) in &claim.qualifiers {
                triple.qualify(name, value);
            }
        }
    }
    triples.into_values().collect()
}
