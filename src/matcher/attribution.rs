//! The syntax round a match, and the quotation that it stands in → who says so?
//!
//! The nearest source counts: of "Ada said that Bob claimed that Cy left Acme" that is Bob. Who is not named
//! ("officials said") is no source, and then whoever reports that is.

use super::view::View;
use super::{Bound, Match, reading};
use crate::language::{Language, Relation};
use crate::mention::{Mention, Mentions};
use crate::rule::lexicon::{Lexicon, Usage};
use crate::syntax::{Label, Syntax};
use std::collections::HashSet;

/// The lists of `reporting.toml`.
#[derive(Debug)]
pub(super) struct ReportingWords {
    verbs: HashSet<String>,
    nouns: HashSet<String>,
    prepositions: HashSet<String>,
    marks: HashSet<String>,
}

impl ReportingWords {
    pub(super) fn new(lexicon: &Lexicon, language: &Language) -> Self {
        let set = |list: &str| -> HashSet<String> {
            let words = lexicon.words(list).iter();
            words.flat_map(|word| [word.to_lowercase(), language.lemma(word)]).collect()
        };
        Self {
            verbs: set("reporting_verb"),
            nouns: set("reporting_noun"),
            prepositions: set("reporting_preposition"),
            marks: set("reporting_mark"),
        }
    }
}

/// Who says what a match says, where somebody named does.
pub(super) fn source(
    words: &ReportingWords,
    view: &View,
    syntax: Option<&Syntax>,
    mentions: &Mentions,
    found: &Match,
) -> Option<Bound> {
    let reported = syntax.and_then(|syntax| {
        let top = found.words.iter().copied().min_by_key(|at| (syntax.tree.depth(*at), *at))?;
        let tree = &syntax.tree;
        // That Ada is president of Chile the writer says, whoever tells what "Chilean President Ada" did.
        let title = view.rules.relation(view.rules.rules[found.rule].relation).standing
            && !tree.is_verb(top)
            && !tree.has_subject(top)
            && !tree.is(top, Relation::Xcomp);
        let source = Reports { words, view, syntax }.source(top).filter(|_| !title)?;
        // "Ada told Bob …" is no news from Ada.
        let mut ends = found.pairs.iter().flat_map(|(subject, object)| [subject, object]);
        let own = words.verbs.contains(&tree.words[top].lemma) && ends.any(|end| *end == source);
        (!own).then_some(source)
    });
    reported.or_else(|| quoted(view, mentions, found))
}

/// The speaker of the quotation that holds all words of a match.
fn quoted(view: &View, mentions: &Mentions, found: &Match) -> Option<Bound> {
    let ends = [found.tokens.start, found.tokens.end.checked_sub(1)?];
    let holds = |at: &usize| -> Option<usize> {
        mentions.quotes.iter().position(|quote| quote.holds(view.number, *at))
    };
    let [first, last] = ends.map(|at| holds(&at));
    let quote = first.filter(|_| first == last)?;
    bound(view, mentions.quotes[quote].speaker?)
}

/// A mention as a source: an actor, or the country that a capital stands for.
fn bound(view: &View, mention: usize) -> Option<Bound> {
    let actor = view.rules.vocabulary.type_id("Actor")?;
    let named: &Mention = view.mention(mention);
    let stands_for = reading(named, &[actor], &view.rules.vocabulary, &view.rules.lexicon.known, false)?;
    (named.usage != Usage::Demonym).then_some(Bound { mention, stands_for })
}

struct Reports<'r> {
    words: &'r ReportingWords,
    view: &'r View<'r>,
    syntax: &'r Syntax,
}

impl Reports<'_> {
    /// Who says what the word at `event` says: looked for from the event upwards.
    fn source(&self, event: usize) -> Option<Bound> {
        let tree = &self.syntax.tree;
        let mut below = event;
        for _ in 0..tree.words.len() {
            if let Some(source) = self.beside(below) {
                return Some(source);
            }
            let above = tree.words[below].head?;
            let relation = tree.words[below].relation;
            // "Ada said that Bob, who left Acme, …": who tells of Bob is the writer.
            let claim = self.words.nouns.contains(&tree.words[above].lemma);
            if relation == Relation::Appos || (relation == Relation::AclRelcl && !claim) {
                return None;
            }
            let said = self.is_said(below, above);
            if let Some(source) = said.then(|| self.speaker(above)).flatten() {
                return Some(source);
            }
            below = above;
        }
        None
    }

    /// "Cy left Acme, **Ada** said"; "according to **Ada**, Cy left Acme".
    fn beside(&self, at: usize) -> Option<Bound> {
        let tree = &self.syntax.tree;
        tree.children(at).iter().find_map(|child| match tree.words[*child].relation.universal() {
            Relation::Parataxis if self.says(*child) => self.speaker(*child),
            Relation::Obl | Relation::Nmod | Relation::Advcl | Relation::Parataxis => {
                self.is_source(*child).then(|| self.named(*child)).flatten()
            }
            _ => None,
        })
    }

    /// "**according to** Ada"
    fn is_source(&self, at: usize) -> bool {
        let tree = &self.syntax.tree;
        tree.with(at, Relation::Case).any(|case| {
            let mut phrase = tree.words[case].form.clone();
            for part in tree.with(case, Relation::Fixed) {
                phrase.push(' ');
                phrase.push_str(&tree.words[part].form);
            }
            self.words.prepositions.contains(&phrase)
        })
    }

    fn says(&self, at: usize) -> bool {
        self.words.verbs.contains(&self.syntax.tree.words[at].lemma)
    }

    /// Whether what hangs on a word is what that word says: "said that Cy **left**", "accused Cy of **leaving**", "the
    /// claim that Cy **left**".
    fn is_said(&self, below: usize, above: usize) -> bool {
        let tree = &self.syntax.tree;
        let relation = tree.words[below].relation.universal();
        let mark = tree.mark(below).map(str::to_owned).or_else(|| tree.preposition(below));
        if tree.is_noun(above) && !tree.words[above].name {
            let noun = self.words.nouns.contains(&tree.words[above].lemma);
            return noun && matches!(relation, Relation::Acl | Relation::Ccomp | Relation::Nmod);
        }
        self.says(above)
            && match relation {
                Relation::Ccomp => true,
                Relation::Xcomp => {
                    tree.with(below, Relation::Aux).any(|at| tree.words[at].lemma == "have")
                        || !tree.is_infinitive(below)
                }
                Relation::Parataxis | Relation::Dep => tree.has_subject(below),
                Relation::Advcl | Relation::Obl => {
                    !tree.is_infinitive(below) && mark.is_some_and(|mark| self.words.marks.contains(&mark))
                }
                _ => false,
            }
    }

    /// Who says what a verb or noun of saying says.
    fn speaker(&self, at: usize) -> Option<Bound> {
        let label = |link: &&crate::syntax::Link| match self.syntax.tree.is_verb(at) {
            true => link.label == Label::Subject,
            false => match &link.label {
                Label::Possessor => true,
                Label::Preposition(word) => word == "by" || word == "from",
                _ => false,
            },
        };
        let own = self.syntax.from(at).iter().filter(label).find_map(|link| self.named(link.to));
        // "Ada made the claim that …", "in a statement by Ada" has its own.
        let giver = || {
            let tree = &self.syntax.tree;
            let verb = tree.words[at].head.filter(|_| tree.is(at, Relation::Obj) && !tree.is_verb(at))?;
            let subjects = self.syntax.from(verb).iter().filter(|link| link.label == Label::Subject);
            subjects.map(|link| link.to).find_map(|to| self.named(to))
        };
        own.or_else(giver)
    }

    /// The actor that a word names or stands for.
    fn named(&self, at: usize) -> Option<Bound> {
        let mut here = self.view.mentions_here().filter(|(_, mention)| mention.tokens.contains(&at));
        here.find_map(|(index, _)| bound(self.view, index))
    }
}
