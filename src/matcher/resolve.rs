//! All that was found in a sentence → what stays of it.

use super::{Bound, Found, Match};
use crate::rule::RuleSet;

/// Takes out what a `not` pattern of the same rule denies; what a sequence found where a tree found the
/// same pair for the same rule, since the tree sees more; and of two matches of one family for one pair
/// the one whose words are only some of the other's: "head of" where "deputy head of" matches, too.
pub(super) fn resolve(found: Vec<Found>, rules: &RuleSet) -> Vec<Match> {
    let family = |found: &Found| &rules.relation(rules.rules[found.found.rule].relation).family;
    let (vetoes, mut found): (Vec<Found>, Vec<Found>) = found.into_iter().partition(|found| found.veto);
    for veto in &vetoes {
        for found in found.iter_mut().filter(|found| found.found.rule == veto.found.rule) {
            found.found.pairs.retain(|pair| !veto.found.pairs.contains(pair));
        }
    }
    let mut kept: Vec<Match> = Vec::new();
    let all = found.clone();
    for mut found in found {
        let special: Vec<&Found> = all
            .iter()
            .filter(|other| family(other) == family(&found) && is_more_special(&other.found, &found.found))
            .filter(|other| other.syntax == found.syntax || other.found.rule != found.found.rule)
            .collect();
        let better = |other: &&Found| other.syntax && !found.syntax && other.found.rule == found.found.rule;
        let better: Vec<&Found> = all.iter().filter(better).collect();
        found
            .found
            .pairs
            .retain(|pair| !special.iter().chain(&better).any(|other| links(&other.found, pair)));
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
