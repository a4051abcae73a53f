//! Patterns that are not sure yet × articles → what each would find, were it a rule.

use super::Place;
use crate::article::Article;
use crate::matcher::Bound;
use crate::pipeline::Pipeline;
use crate::rule::pattern::Pattern;
use crate::rule::vocabulary::TypeId;
use crate::rule::{Relation, RelationId, Rule, RulePattern, RuleSet};
use crate::span::Span;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A pattern with the types of its slots.
pub(super) struct Trial {
    pub(super) text: String,
    pub(super) pattern: Pattern,
    pub(super) subject: Vec<TypeId>,
    pub(super) object: Vec<TypeId>,
}

/// What each trial finds.
pub(super) type Found = BTreeMap<usize, BTreeSet<Place>>;

/// Reads the articles of these numbers again, with the trials for rules.
pub(super) fn run(
    pipeline: &Pipeline,
    trials: &[Trial],
    articles: &[Article],
    wanted: &BTreeSet<usize>,
    done: impl Fn() + Sync,
) -> Found {
    let mut rules = RuleSet {
        vocabulary: pipeline.rules.vocabulary.clone(),
        lexicon: pipeline.rules.lexicon.clone(),
        files: vec![("suggestions".to_owned(), String::new())],
        ..RuleSet::default()
    };
    for (at, trial) in trials.iter().enumerate() {
        let Ok(id) = u16::try_from(at) else { break };
        rules.relations.push(relation(at, trial));
        rules.rules.push(rule(RelationId(id), trial));
    }
    let (pipeline, _) = Pipeline::new(rules);
    let all: Vec<Vec<(usize, Place)>> = articles
        .par_iter()
        .enumerate()
        .map(|(number, article)| {
            let mut found = Vec::new();
            if wanted.contains(&number) {
                for one in pipeline.read(article).matches {
                    let pair = |(subject, object): &(Bound, Bound)| (number, subject.mention, object.mention);
                    found.extend(one.pairs.iter().map(|bound| (one.rule, pair(bound))));
                }
            }
            done();
            found
        })
        .collect();
    let mut found = Found::new();
    for (rule, place) in all.into_iter().flatten() {
        found.entry(rule).or_default().insert(place);
    }
    found
}

fn relation(at: usize, trial: &Trial) -> Relation {
    Relation {
        name: format!("suggestion{at}"),
        // Of a family of its own, it does not compete with the others.
        family: format!("suggestion{at}"),
        about: String::new(),
        subject: trial.subject.clone(),
        object: trial.object.clone(),
        symmetric: false,
        standing: false,
        iri: None,
        plover: None,
        mode: None,
        ftm: None,
        parent: None,
    }
}

fn rule(relation: RelationId, trial: &Trial) -> Rule {
    let pattern = RulePattern {
        number: 1,
        text: trial.text.clone(),
        pattern: trial.pattern.clone(),
        span: Span::default(),
    };
    Rule {
        relation,
        confidence: 0,
        patterns: vec![pattern],
        surface: Vec::new(),
        inside: Vec::new(),
        home: Vec::new(),
        not: Vec::new(),
        examples: Vec::new(),
        lists: Arc::default(),
        file: 0,
        broken: false,
    }
}
