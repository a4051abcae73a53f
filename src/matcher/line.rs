//! A [`Walk`] from one name to another → a line of English that reads as a pattern.
//!
//! "Y was visited by X" and "X, who visited Y" are the same walk, and the same line: *X visited Y*. Verbs
//! are put into the past, who does it comes first, and prepositions follow.

use super::embed::Scene;
use super::path::Walk;
use super::tree::phrase_round;
use super::words::{Wordbook, Words};
use crate::language::{Language, Relation, Upos};
use crate::rule::lexicon::Lexicon;
use crate::rule::{Lists, RuleSet};
use crate::syntax::Label;
use std::collections::HashSet;
use std::sync::Arc;

/// What walks are put into words with; built once.
#[derive(Debug)]
pub struct Lines {
    book: Wordbook,
    lexicon: Lexicon,
    /// Word lists that stand in for their words.
    lists: Vec<(String, Words)>,
    reporting: HashSet<String>,
    empty_verb: HashSet<String>,
    empty_noun: HashSet<String>,
}

/// A walk in words.
pub(super) struct Line {
    /// The same for every form of the words.
    pub(super) key: String,
    pub(super) pattern: String,
    /// With `(*)` for the object.
    pub(super) general: Option<(String, String)>,
    pub(super) head: String,
    pub(super) preposition: Option<String>,
    pub(super) indirect: bool,
    /// Whether the name that the walk starts at is `Y`.
    pub(super) turned: bool,
}

/// A piece of a line: the words of the pattern, and those by which lines are the same.
#[derive(Clone)]
struct Piece {
    text: String,
    key: String,
}

/// One of the two ways down from the word that everything hangs on.
struct Branch<'w> {
    label: &'w Label,
    /// The next word, and the link from there to the name, where there is one in between.
    inner: Option<(usize, &'w Label)>,
    /// Whether the link follows from the tree rather than stands in it.
    derived: bool,
}

impl Lines {
    /// Takes word lists and inflection from the rules.
    pub fn new(rules: &RuleSet, language: &Language) -> Self {
        let set = |name| rules.lexicon.words(name).iter().map(|word| language.lemma(word)).collect();
        let book = Wordbook::new(Arc::new(language.clone()));
        let list = |name: &String| {
            let mut words = Words::default();
            words.add_list(name, &Lists::new(), &rules.lexicon, &book);
            (name.clone(), words)
        };
        Self {
            lexicon: rules.lexicon.clone(),
            lists: rules.lexicon.words("suggested_list").iter().map(list).collect(),
            book,
            reporting: set("reporting"),
            empty_verb: set("empty_verb"),
            empty_noun: set("empty_noun"),
        }
    }

    /// A walk in words; `None` where no English phrase says just that.
    pub(super) fn line(&self, scene: &Scene, walk: &Walk) -> Option<Line> {
        let top = walk.hops.iter().rposition(|hop| !hop.down).map_or(walk.from, |at| walk.hops[at].to);
        let (left, right) = branches(walk);
        let tree = &scene.syntax.tree;
        let Some((left, right)) = left.zip(right) else { return self.bare(scene, walk) };
        let words = [Some(top), left.inner.map(|inner| inner.0), right.inner.map(|inner| inner.0)];
        if words.into_iter().flatten().any(|at| self.is_empty(scene, at)) {
            return None;
        }
        let head = tree.words[top].lemma.clone();
        let mut general = None;
        let (piece, turned) = if tree.is_verb(top) {
            let (pieces, object, turned) = self.verb(scene, top, &left, &right)?;
            general = object.map(|at| {
                let mut pieces = pieces.clone();
                pieces[at] = Piece::of("(*)");
                let piece = Piece::join(&pieces);
                (piece.key, piece.text)
            });
            (Piece::join(&pieces), turned)
        } else if tree.words[top].upos == Some(Upos::Adj) {
            self.adjective(scene, top, &left, &right)?
        } else {
            self.noun(scene, top, &left, &right)?
        };
        let mut preposition = [&left, &right].into_iter().filter_map(|branch| match branch.label {
            Label::Preposition(word) => Some(word.clone()),
            _ => None,
        });
        let indirect = [&left, &right]
            .into_iter()
            .any(|branch| *branch.label == Label::Subject && branch.inner.is_some());
        let preposition = preposition.next_back();
        Some(Line { key: piece.key, pattern: piece.text, general, head, preposition, indirect, turned })
    }

    fn is_empty(&self, scene: &Scene, at: usize) -> bool {
        let word = &scene.syntax.tree.words[at];
        let noun = word.upos == Some(Upos::Noun);
        if word.upos == Some(Upos::Propn) {
            return self.list(scene, at).is_none();
        }
        // The lemma of the model and that of the lists may differ: "according".
        let lemmas = [word.lemma.clone(), self.book.lemma(&word.form)];
        lemmas.iter().any(|lemma| self.reporting.contains(lemma) || (noun && self.empty_noun.contains(lemma)))
    }

    /// "X of Y": only a name that a preposition hangs on another.
    fn bare(&self, scene: &Scene, walk: &Walk) -> Option<Line> {
        let [hop] = walk.hops.as_slice() else { return None };
        let Label::Preposition(word) = &hop.label else { return None };
        let from = if hop.down { walk.from } else { hop.to };
        if word != "of" || scene.syntax.tree.words[from].upos == Some(Upos::Verb) {
            return None;
        }
        let text = format!("X {word} Y");
        Some(Line {
            key: text.clone(),
            pattern: text,
            general: None,
            head: String::new(),
            preposition: Some(word.clone()),
            indirect: false,
            turned: !hop.down,
        })
    }

    /// "X visited Y", "X held talks with Y", "X was arrested in Y"; and which piece is an object beside the names.
    fn verb(
        &self,
        scene: &Scene,
        top: usize,
        left: &Branch,
        right: &Branch,
    ) -> Option<(Vec<Piece>, Option<usize>, bool)> {
        let tree = &scene.syntax.tree;
        let rank = |branch: &Branch| match branch.label {
            Label::Subject => Some(0),
            Label::Object => Some(1),
            Label::Preposition(_) => Some(2),
            _ => None,
        };
        let (of_left, of_right) = (rank(left)?, rank(right)?);
        if of_left == of_right {
            return None;
        }
        let turned = of_right < of_left;
        let (first, second) = if turned { (right, left) } else { (left, right) };
        let passive = of_left.min(of_right) == 1;
        let lemma = &tree.words[top].lemma;
        let mut verb = if passive {
            format!("was {}", self.book.participle(lemma, &self.lexicon))
        } else {
            self.book.past(lemma, &self.lexicon)
        };
        let links = scene.syntax.from(top);
        let particle = links.iter().find(|link| link.label == Label::Particle).map(|link| link.to);
        if let Some(particle) = particle {
            verb = format!("{verb} {}", tree.words[particle].form);
        }
        let mut object = None;
        if !passive && second.label != &Label::Object {
            object = links
                .iter()
                .find(|link| link.label == Label::Object && !is_pronoun(scene, link.to))
                .map(|link| link.to);
            if object.is_some() && second.inner.is_some() {
                return None;
            }
        }
        let object = match object.filter(|at| !scene.mentions(*at).is_empty() || self.is_empty(scene, *at)) {
            Some(_) => Some(Piece::of("(*)")),
            None => object.map(|at| self.noun_alone(scene, at)),
        };
        if object.is_none() && self.empty_verb.contains(lemma) && second.inner.is_none() {
            return None;
        }
        let mut pieces =
            vec![self.phrase(scene, first, "X")?, Piece { key: format!("{lemma} {passive}"), text: verb }];
        let noun = object.as_ref().filter(|piece| piece.text != "(*)").map(|_| pieces.len());
        pieces.extend(object);
        if let Label::Preposition(word) = second.label {
            pieces.push(Piece::of(word));
        }
        pieces.push(self.phrase(scene, second, "Y")?);
        // "X granted Y a pardon"
        let given = links
            .iter()
            .filter(|link| link.label == Label::Object && !link.derived && !passive)
            .find(|link| {
                let inner = second.inner.map(|inner| inner.0) == Some(link.to);
                link.to > top
                    && !inner
                    && second.label == &Label::Object
                    && scene.mentions(link.to).is_empty()
            });
        if let Some(given) = given.filter(|given| tree.words[given.to].upos == Some(Upos::Noun)) {
            if second.inner.is_some() || self.is_empty(scene, given.to) {
                return None;
            }
            pieces.push(self.noun_alone(scene, given.to));
        }
        Some((pieces, noun, turned))
    }

    /// "X was close to Y".
    fn adjective(&self, scene: &Scene, top: usize, left: &Branch, right: &Branch) -> Option<(Piece, bool)> {
        let turned = *right.label == Label::Subject;
        let (first, second) = if turned { (right, left) } else { (left, right) };
        let (Label::Subject, Label::Preposition(word)) = (first.label, second.label) else { return None };
        let word_of = &scene.syntax.tree.words[top].lemma;
        let pieces = [
            self.phrase(scene, first, "X")?,
            Piece::of("was"),
            Piece::of(word_of),
            Piece::of(word),
            self.phrase(scene, second, "Y")?,
        ];
        Some((Piece::join(&pieces), turned))
    }

    /// "X, president of Y", "X's visit to Y", "talks between X and Y".
    fn noun(&self, scene: &Scene, top: usize, left: &Branch, right: &Branch) -> Option<(Piece, bool)> {
        let preposition = |branch: &Branch| match branch.label {
            Label::Preposition(word) => Some(word.clone()),
            _ => None,
        };
        let by = |branch: &Branch| preposition(branch).is_some_and(|word| word == "by");
        let of = |branch: &Branch| *branch.label == Label::of();
        // Who it is, whose it is, by whom; then of what.
        let rank = |branch: &Branch| match branch.label {
            Label::Is => 0,
            Label::Possessor => 1,
            Label::Preposition(word) if word == "by" => 2,
            Label::Modifier => 3,
            Label::Preposition(word) if word == "of" => 4,
            _ => 5,
        };
        // "the administration brokered a deal between X and Y": nothing that hangs on the administration itself.
        if left.derived && right.derived {
            return None;
        }
        let turned = rank(right) < rank(left);
        let (first, second) = if turned { (right, left) } else { (left, right) };
        let whose =
            |branch: &Branch| matches!(branch.label, Label::Possessor | Label::Modifier) || of(branch);
        let (x, y) = (self.phrase(scene, first, "X")?, self.phrase(scene, second, "Y")?);
        let noun = self.noun_alone(scene, top);
        let pieces = match (rank(first), preposition(second)) {
            (0, _) if whose(second) => vec![x.then(","), noun.bare(), Piece::of("of"), y],
            (0, Some(word)) => vec![x.then(","), noun.bare(), Piece::of(&word), y],
            (1 | 3, Some(word)) => vec![x.then("'s"), noun.bare(), Piece::of(&word), y],
            (2, _) if whose(second) => vec![x.then("'s"), noun.bare(), Piece::of("of"), y],
            (2 | 4, Some(word)) if !by(second) && !of(second) => {
                vec![x.then("'s"), noun.bare(), Piece::of(&word), y]
            }
            (5, Some(word)) if preposition(first).as_ref() == Some(&word) => {
                if word != "between" {
                    return None;
                }
                vec![noun.bare(), Piece::of("between"), x, Piece::of("and"), y]
            }
            (5, Some(word)) => vec![noun, Piece::of(&preposition(first)?), x, Piece::of(&word), y],
            _ => return None,
        };
        Some((Piece::join(&pieces), turned))
    }

    /// The slot, or a noun that the name belongs to: "Y's capital", "president of Y".
    fn phrase(&self, scene: &Scene, branch: &Branch, slot: &str) -> Option<Piece> {
        let slot = Piece::of(slot);
        let Some((at, label)) = branch.inner else { return Some(slot) };
        let noun = self.noun_alone(scene, at);
        if !scene.syntax.tree.is_noun(at) {
            return None;
        }
        match label {
            Label::Possessor | Label::Modifier => match noun.text.contains('$') {
                true => Some(Piece::join(&[noun.bare(), Piece::of("of"), slot])),
                false => Some(Piece::join(&[slot.then("'s"), noun.bare()])),
            },
            Label::Preposition(word) if word == "of" && !noun.text.contains('$') => {
                Some(Piece::join(&[slot.then("'s"), noun.bare()]))
            }
            // "X resigned as president of Y"; what hangs otherwise on a subject or object tells of that alone.
            Label::Preposition(word) if word == "of" || matches!(branch.label, Label::Preposition(_)) => {
                Some(Piece::join(&[noun, Piece::of(word), slot]))
            }
            _ => None,
        }
    }

    /// The first of the lists with an entry that ends with a word.
    fn list(&self, scene: &Scene, at: usize) -> Option<&str> {
        let view = scene.view;
        let fits = |words: &Words| phrase_round(words, at, scene.syntax, &view.lemmas, &view.forms).is_some();
        self.lists.iter().find(|(_, words)| fits(words)).map(|(name, _)| name.as_str())
    }

    /// A noun as it stands, with its article; the word list that it is of in place of it.
    fn noun_alone(&self, scene: &Scene, at: usize) -> Piece {
        if let Some(name) = self.list(scene, at) {
            return Piece::of(&format!("${name}"));
        }
        let tree = &scene.syntax.tree;
        let word = &tree.words[at];
        let mut article = tree.with(at, Relation::Det).map(|det| tree.words[det].form.as_str());
        let article = article.find(|form| matches!(*form, "a" | "an" | "the"));
        let text = article.map_or_else(|| word.form.clone(), |article| format!("{article} {}", word.form));
        Piece { text, key: word.lemma.clone() }
    }
}

impl Piece {
    fn of(text: &str) -> Self {
        Self { text: text.to_owned(), key: text.to_owned() }
    }

    fn then(mut self, sign: &str) -> Self {
        self.text.push_str(sign);
        self.key.push_str(sign);
        self
    }

    /// Without its article.
    fn bare(mut self) -> Self {
        let bare = self.text.rsplit(' ').next().unwrap_or_default().to_owned();
        self.text = bare;
        self
    }

    fn join(pieces: &[Self]) -> Self {
        let join = |part: fn(&Self) -> &str| pieces.iter().map(part).collect::<Vec<_>>().join(" ");
        Self { text: join(|piece| &piece.text), key: join(|piece| &piece.key) }
    }
}

/// "it", "him", "that": nothing that a line would have to name.
fn is_pronoun(scene: &Scene, at: usize) -> bool {
    matches!(scene.syntax.tree.words[at].upos, Some(Upos::Pron | Upos::Verb))
}

/// The two ways down from the top of a walk; `None` for one that has no length.
fn branches(walk: &Walk) -> (Option<Branch<'_>>, Option<Branch<'_>>) {
    let turn = walk.hops.iter().take_while(|hop| !hop.down).count();
    let (up, down) = walk.hops.split_at(turn);
    let left = match up {
        [] => None,
        [only] => Some(Branch { label: &only.label, inner: None, derived: only.derived }),
        [below, above, ..] => Some(Branch {
            label: &above.label,
            inner: Some((below.to, &below.label)),
            derived: above.derived,
        }),
    };
    let right = match down {
        [] => None,
        [only] => Some(Branch { label: &only.label, inner: None, derived: only.derived }),
        [near, far, ..] => {
            Some(Branch { label: &near.label, inner: Some((near.to, &far.label)), derived: near.derived })
        }
    };
    (left, right)
}
