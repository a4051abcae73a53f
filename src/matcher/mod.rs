//! [`RuleSet`] × [`Sentence`]s → [`Match`]es: which sentences say a relation, and is it so?
//!
//! Rules are compiled once (`program`). A sentence is only looked at by patterns of which it holds a
//! necessary word (`prefilter`); those are matched against its tokens and mentions (`surface`), and
//! the words between decide whether it is a fact (`status`).

mod prefilter;
mod program;
mod status;
mod surface;
mod view;

use crate::language::{Language, Sentence};
use crate::mention::{Mention, Mentions};
use crate::rule::RuleSet;
use crate::rule::lexicon::{Known, KnownId};
use crate::rule::vocabulary::{TypeId, Vocabulary};
pub use status::Fact;

use prefilter::Prefilter;
use program::Program;
use status::StatusWords;
use std::collections::BTreeMap;
use std::ops::Range;
use surface::Found;
use view::{LinkWords, View};

/// A place in an article where a rule holds.
///
/// `X spoke with Y` on "Ada, who flew in, later spoke with Bob and Cy" binds the subject to the mention
/// of Ada, the objects to those of Bob and Cy, and the words `spoke`, `with`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Index into [`RuleSet::rules`].
    pub rule: usize,
    /// Number of the pattern in its list, counted from 1.
    pub pattern: u16,
    /// Index of the sentence in its article.
    pub sentence: usize,
    /// All tokens from the first bound one to the last.
    pub tokens: Range<usize>,
    /// Subject and object of each triple that the match gives.
    pub pairs: Vec<(Bound, Bound)>,
    /// The text of each qualifier slot, by its name in small letters.
    pub qualifiers: BTreeMap<String, String>,
    /// ISO date or month, where a bound or neighbouring expression of time fixes it.
    pub when: Option<String>,
    /// Whether it is so.
    pub fact: Fact,
    /// The tokens that the pattern's words bound.
    pub words: Vec<usize>,
}

/// A mention in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bound {
    /// Index into [`Mentions::names`].
    pub mention: usize,
    /// The country that the mention stands for here ("Beijing said"), where it does.
    pub stands_for: Option<KnownId>,
}

/// How near a rule came to a sentence that it did not match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// Number of the pattern that came nearest.
    pub pattern: u16,
    /// Index of the sentence.
    pub sentence: usize,
    /// The tokens that held.
    pub tokens: Range<usize>,
    /// What the pattern wanted next.
    pub wanted: String,
}

/// All rules, compiled; built once.
#[derive(Debug)]
pub struct Matcher {
    programs: Vec<Program>,
    prefilter: Prefilter,
    status: StatusWords,
    words: LinkWords,
}

impl Matcher {
    /// Compiles the rules. O(total length of the patterns and of the word lists that they use).
    pub fn new(rules: &RuleSet, language: &Language) -> Self {
        let programs = program::compile(rules, language);
        let prefilter = Prefilter::new(&programs, &rules.lexicon);
        let status = StatusWords::new(&rules.lexicon, language);
        Self { programs, prefilter, status, words: LinkWords::new(&rules.lexicon, language) }
    }

    /// All matches in an article, by sentence and then by rule.
    pub fn find(
        &self,
        rules: &RuleSet,
        text: &str,
        sentences: &[Sentence],
        mentions: &Mentions,
    ) -> Vec<Match> {
        let mut matches = Vec::new();
        for (number, sentence) in sentences.iter().enumerate() {
            let view = View::new(number, sentence, mentions, text, rules, &self.words, &self.status);
            if view.names() < 2 {
                continue;
            }
            let mut found = Vec::new();
            for at in self.prefilter.candidates(&self.programs, sentence) {
                surface::find(&self.programs[at], &view, &mut found);
            }
            let mut kept = resolve(found, &self.programs, rules);
            matches.append(&mut kept);
        }
        matches
    }
}

impl Matcher {
    /// The pattern of a rule of which most held in some sentence, though not all; `None` where no
    /// pattern of the rule even began to hold.
    pub fn nearest_miss(
        &self,
        rules: &RuleSet,
        rule: usize,
        text: &str,
        sentences: &[Sentence],
        mentions: &Mentions,
    ) -> Option<Miss> {
        let mut nearest: Option<(usize, Miss)> = None;
        for (number, sentence) in sentences.iter().enumerate() {
            let view = View::new(number, sentence, mentions, text, rules, &self.words, &self.status);
            for program in self.programs.iter().filter(|program| program.rule == rule && !program.veto) {
                let Some((steps, tokens)) = surface::farthest(program, &view) else {
                    continue;
                };
                if nearest.as_ref().is_none_or(|(most, _)| steps > *most) {
                    let wanted =
                        program.steps.get(steps).map(|step| step.describe(rules)).unwrap_or_default();
                    nearest =
                        Some((steps, Miss { pattern: program.pattern, sentence: number, tokens, wanted }));
                }
            }
        }
        nearest.map(|(_, miss)| miss)
    }
}

/// How a mention can fill a slot of one of these types: as what it names or, for a capital that is not
/// put on the map, as the country whose government sits there. Only a slot for several kinds of actor is
/// filled so: "Tehran" is Iran where it speaks, but no `Country` beside another on the map.
fn reading(
    mention: &Mention,
    types: &[TypeId],
    vocabulary: &Vocabulary,
    known: &[Known],
) -> Option<Option<KnownId>> {
    let fits = |kind: TypeId| types.iter().any(|wanted| vocabulary.is_a(kind, *wanted));
    if fits(mention.kind) {
        return Some(None);
    }
    let entry = known.get(mention.known?.0 as usize)?;
    let acting = types.len() > 1 || types.iter().any(|wanted| vocabulary.entity_type(*wanted).grouping);
    let country = entry.stands_for.filter(|_| acting && !mention.located)?;
    fits(known.get(country.0 as usize)?.kind).then_some(Some(country))
}

/// Takes out what a `not` pattern of the same rule denies, and of two matches of one family for one pair
/// the one whose words are only some of the other's: "head of" where "deputy head of" matches, too.
fn resolve(found: Vec<Found>, programs: &[Program], rules: &RuleSet) -> Vec<Match> {
    let family = |found: &Found| &rules.relation(rules.rules[programs[found.program].rule].relation).family;
    let (vetoes, mut found): (Vec<Found>, Vec<Found>) =
        found.into_iter().partition(|found| programs[found.program].veto);
    for veto in &vetoes {
        let rule = programs[veto.program].rule;
        for found in found.iter_mut().filter(|found| programs[found.program].rule == rule) {
            if found.found.pairs.iter().any(|pair| veto.found.pairs.contains(pair)) {
                found.found.pairs.clear();
            }
        }
    }
    let mut kept = Vec::new();
    let all = found.clone();
    for mut found in found {
        let special: Vec<&Found> = all
            .iter()
            .filter(|other| family(other) == family(&found) && is_more_special(&other.found, &found.found))
            .collect();
        found.found.pairs.retain(|pair| !special.iter().any(|other| links(&other.found, pair)));
        // "the Nordic Bank" can be entered at "the" and at "Nordic": one match is enough.
        let known = kept.iter().any(|other: &Match| {
            (other.rule, other.pattern, &other.pairs)
                == (found.found.rule, found.found.pattern, &found.found.pairs)
        });
        if !found.found.pairs.is_empty() && !known {
            kept.push(found.found);
        }
    }
    kept
}

/// Whether `other` binds every word of `found`, and more.
fn is_more_special(other: &Match, found: &Match) -> bool {
    other.words.len() > found.words.len() && found.words.iter().all(|word| other.words.contains(word))
}

/// Whether a match links the two mentions of a pair, either way round.
fn links(found: &Match, pair: &(Bound, Bound)) -> bool {
    let ends =
        |pair: &(Bound, Bound)| (pair.0.mention.min(pair.1.mention), pair.0.mention.max(pair.1.mention));
    found.pairs.iter().any(|other| ends(other) == ends(pair))
}
