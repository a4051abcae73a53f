//! All that was found in a sentence → what stays of it, and what takes the place of the rest.

use super::{Bound, Found, Match};
use crate::rule::RuleSet;

/// Something found, held against all else that was found in its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// What was found, with the pairs that stay.
    pub found: Match,
    /// Whether it was made by a `not` pattern, so that it gives nothing itself.
    pub veto: bool,
    /// The pairs that do not stay.
    pub lost: Vec<Lost>,
}

/// A pair that was found and does not stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Subject and object.
    pub pair: (Bound, Bound),
    /// Rule of the pattern that denies it or took its place, as an index into [`RuleSet::rules`].
    pub rule: usize,
    /// Number of that pattern.
    pub pattern: u16,
    /// Whether it is a `not` pattern.
    pub denied: bool,
}

/// What stays of what was found.
pub(super) fn resolve(found: Vec<Found>, rules: &RuleSet) -> Vec<Match> {
    let mut kept: Vec<Match> = Vec::new();
    for Judged { found, veto, .. } in judge(found, rules) {
        // "the Nordic Bank" can be entered at "the" and at "Nordic": one match is enough.
        let same = |other: &Match| {
            (other.rule, other.pattern, &other.pairs) == (found.rule, found.pattern, &found.pairs)
        };
        if !veto && !found.pairs.is_empty() && !kept.iter().any(same) {
            kept.push(found);
        }
    }
    kept
}

/// Takes out what a `not` pattern of the same rule denies; what a sequence found where a tree found the
/// same pair for the same rule, since the tree sees more; and of two matches of one family for one pair
/// the one whose words are only some of the other's: "head of" where "deputy head of" matches, too.
pub(super) fn judge(found: Vec<Found>, rules: &RuleSet) -> Vec<Judged> {
    let (vetoes, mut found): (Vec<Found>, Vec<Found>) = found.into_iter().partition(|found| found.veto);
    let mut lost: Vec<Vec<Lost>> = vec![Vec::new(); found.len()];
    for (found, lost) in found.iter_mut().zip(&mut lost) {
        let of_rule = |veto: &&Found| veto.found.rule == found.found.rule;
        for veto in vetoes.iter().filter(of_rule) {
            take(&mut found.found.pairs, veto, lost, |pair| veto.found.pairs.contains(pair));
        }
    }
    let better =
        |other: &Found, found: &Found| other.syntax && !found.syntax && other.found.rule == found.found.rule;
    outdo(&mut found, &mut lost, better);
    only_the_last(&mut found, &mut lost, rules);
    // What a tree has taken the place of takes no other's place.
    let family = |found: &Found| &rules.relation(rules.rules[found.found.rule].relation).family;
    let special = |other: &Found, found: &Found| {
        family(other) == family(found)
            && is_more_special(&other.found, &found.found)
            && (other.syntax == found.syntax || other.found.rule != found.found.rule)
    };
    outdo(&mut found, &mut lost, special);
    let judged = |found: Found, lost| Judged { found: found.found, veto: found.veto, lost };
    let vetoes = vetoes.into_iter().map(|veto| judged(veto, Vec::new()));
    found.into_iter().zip(lost).map(|(found, lost)| judged(found, lost)).chain(vetoes).collect()
}

/// Takes out of each match the pairs that another one, of which `wins` holds, links as well.
fn outdo(found: &mut [Found], lost: &mut [Vec<Lost>], wins: impl Fn(&Found, &Found) -> bool) {
    let all = found.to_vec();
    for (found, lost) in found.iter_mut().zip(lost) {
        let above: Vec<&Found> = all.iter().filter(|other| wins(other, found)).collect();
        for other in above {
            // "Ada rejected Bob's appeal" says what each has done: that Bob appealed takes nothing from Ada.
            let other_way = other.found.rule != found.found.rule;
            take(&mut found.found.pairs, other, lost, |pair| {
                links(&other.found, pair) && !(other_way && turned(&other.found, pair))
            });
        }
        // A phrase and the same phrase word by word are one pattern: nobody took its place.
        let own = (found.found.rule, found.found.pattern);
        lost.retain(|lost| lost.denied || (lost.rule, lost.pattern) != own);
    }
}

/// "Ada Byron and Carl Roe, president of Chile": of a list before a comma, where a sequence of a standing relation
/// takes all for the subject, a tree that found the same word said of one of them knows better.
fn only_the_last(found: &mut [Found], lost: &mut [Vec<Lost>], rules: &RuleSet) {
    let all = found.to_vec();
    for (found, lost) in found.iter_mut().zip(lost) {
        let standing = rules.relation(rules.rules[found.found.rule].relation).standing;
        let knows = |other: &&Found| {
            let shared = other.found.words.iter().any(|word| found.found.words.contains(word));
            standing && other.syntax && !found.syntax && other.found.rule == found.found.rule && shared
        };
        let above: Vec<&Found> = all.iter().filter(knows).collect();
        for other in above {
            let object = |pair: &(Bound, Bound)| pair.1.mention;
            take(&mut found.found.pairs, other, lost, |pair| {
                other.found.pairs.iter().any(|other| object(other) == object(pair))
            });
        }
    }
}

/// Takes out the pairs that `winner` has a say in.
fn take(
    pairs: &mut Vec<(Bound, Bound)>,
    winner: &Found,
    lost: &mut Vec<Lost>,
    takes: impl Fn(&(Bound, Bound)) -> bool,
) {
    pairs.retain(|pair| {
        let taken = takes(pair);
        if taken {
            let (rule, pattern) = (winner.found.rule, winner.found.pattern);
            lost.push(Lost { pair: *pair, rule, pattern, denied: winner.veto });
        }
        !taken
    });
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

/// Whether a match links the two mentions of a pair the other way round only.
fn turned(found: &Match, pair: &(Bound, Bound)) -> bool {
    let same =
        |other: &(Bound, Bound)| (other.0.mention, other.1.mention) == (pair.0.mention, pair.1.mention);
    !found.pairs.iter().any(same)
}
