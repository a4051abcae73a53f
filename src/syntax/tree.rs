//! What the model predicts → [`Tree`]: the words of a sentence with their heads, each name one word.

use crate::language::{Predicted, Relation, Upos, Xpos};
use std::ops::Range;

/// A token with its place in the tree.
#[derive(Debug, Clone)]
pub struct Word {
    /// As written, in small letters.
    pub form: String,
    /// Base form in this sentence, in small letters.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Option<Upos>,
    /// English part of speech.
    pub xpos: Option<Xpos>,
    /// Token of its head; nothing for the root.
    pub head: Option<usize>,
    /// Relation to the head.
    pub relation: Relation,
    /// Whether it stands for a name.
    pub name: bool,
    /// Whether the name is a person's.
    pub person: bool,
    /// Whether the name is that of a place or country.
    pub place: bool,
    /// Whether another token stands for the name that it is part of.
    pub inside: bool,
    /// The token that stands for the name that it is part of.
    pub stands: Option<usize>,
}

/// A name with the noun phrase that it heads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamePhrase {
    /// The tokens of the name: "Xi Jinping".
    pub tokens: Range<usize>,
    /// Those of the phrase: "Chinese President Xi Jinping".
    pub phrase: Range<usize>,
    /// Whether it names a person.
    pub person: bool,
    /// Whether it names a place or country.
    pub place: bool,
}

/// The words of a sentence and what hangs on each.
#[derive(Debug, Clone)]
pub struct Tree {
    /// The words, in their order.
    pub words: Vec<Word>,
    children: Vec<Vec<usize>>,
}

impl Tree {
    /// Joins the tokens of each name: what hangs on one of them hangs on the one nearest to the root, so
    /// that a slip of the parser inside a name does no harm.
    pub fn new(forms: &[&str], predicted: &[Predicted], names: &[NamePhrase]) -> Self {
        let word = |(form, word): (&&str, &Predicted)| Word {
            form: form.to_lowercase(),
            lemma: word.lemma.to_lowercase(),
            upos: word.upos,
            xpos: word.xpos,
            head: word.head.checked_sub(1),
            relation: word.relation,
            name: false,
            person: false,
            place: false,
            inside: false,
            stands: None,
        };
        let words: Vec<Word> = forms.iter().zip(predicted).map(word).collect();
        let mut tree = Self { children: vec![Vec::new(); words.len()], words };
        let depths: Vec<usize> = (0..tree.words.len()).map(|at| tree.depth(at)).collect();
        let mut stands: Vec<usize> = (0..tree.words.len()).collect();
        for name in names {
            let Some(top) = name.tokens.clone().min_by_key(|at| depths.get(*at)) else { continue };
            for at in name.tokens.clone().filter(|at| *at < forms.len()) {
                stands[at] = top;
                tree.words[at].inside = at != top;
                tree.words[at].stands = Some(top);
            }
            if let Some(word) = tree.words.get_mut(top) {
                word.name = true;
                word.person = name.person;
                word.place = name.place;
            }
        }
        for word in &mut tree.words {
            word.head = word.head.and_then(|head| stands.get(head).copied());
        }
        tree.hang();
        for name in names {
            tree.head_phrase(name);
        }
        tree
    }

    /// Makes a name the head of its phrase: in "Chilean Foreign Minister Ada Byron" parsers take now the
    /// name for the head and now the post, and here the post says more of the name.
    fn head_phrase(&mut self, name: &NamePhrase) {
        let Some(own) = name.tokens.clone().find(|at| self.words.get(*at).is_some_and(|word| word.name))
        else {
            return;
        };
        if name.phrase.end > name.tokens.end || name.phrase.end > self.words.len() {
            return;
        }
        let mut before = (name.phrase.start..name.tokens.start).rev();
        let start = before.find(|at| self.is_apart(*at, own)).map_or(name.phrase.start, |at| at + 1);
        let phrase = start..name.phrase.end;
        let inside = |at: usize| phrase.contains(&at);
        let tops: Vec<usize> = phrase
            .clone()
            .filter(|at| !self.words[*at].inside && self.words[*at].head.is_none_or(|head| !inside(head)))
            .collect();
        // An article is no head: in "the Peru-backed rebels" it belongs to the rebels.
        let heads = tops.iter().copied().filter(|at| !self.is(*at, Relation::Det) || *at == own);
        let Some(top) = heads.min_by_key(|at| self.depth(*at)) else { return };
        if top != own {
            let (head, relation) = (self.words[top].head, self.words[top].relation);
            (self.words[own].head, self.words[own].relation) = (head, relation);
            for child in self.children[top].clone() {
                if !inside(child) {
                    self.words[child].head = Some(own);
                }
            }
        }
        let outside = |at: &usize| *at != own && !(top == own && self.is(*at, Relation::Det));
        let others: Vec<usize> = tops.into_iter().filter(outside).collect();
        for at in others {
            let noun = matches!(self.words[at].upos, Some(Upos::Noun | Upos::Propn)) && !self.words[at].name;
            self.words[at].head = Some(own);
            self.words[at].relation = if noun { Relation::NmodDesc } else { Relation::Amod };
        }
        self.hang();
    }

    /// Whether a word before a name cannot belong to its phrase, however much it looks like a title.
    fn is_apart(&self, at: usize, name: usize) -> bool {
        let word = &self.words[at];
        // "Peru overthrew Ada Byron", "to fund the Nordic Bank": what can be an adjective ("the overthrown
        // Ada Byron") or a noun is a verb here.
        let attribute = matches!(word.relation.universal(), Relation::Amod | Relation::Compound);
        let verb = matches!(word.xpos, Some(Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md))
            || (word.upos == Some(Upos::Verb) && !attribute);
        // "told reporters Ada had left": many are not one.
        let many = word.xpos == Some(Xpos::Nns) && !self.below(at, name) && !self.below(name, at);
        // "the company Ada founded": the name is the subject of what is said of the noun.
        let clause = self.words[name].head.filter(|verb| *verb > name && self.is(name, Relation::Nsubj));
        let says = clause.is_some_and(|verb| {
            self.words[verb].head == Some(at)
                && matches!(self.words[verb].relation.universal(), Relation::Acl)
        });
        // "Acme, the company Ada runs, …": so it is where the parser made two appositions of it.
        let next = self.end(name);
        let runs = word.relation == Relation::Appos
            && self.words.get(next).is_some_and(|verb| {
                let loose = matches!(verb.relation.universal(), Relation::Parataxis | Relation::Acl);
                loose && (verb.head == Some(at) || verb.head == word.head)
            })
            && self.is_finite(next)
            && !self.has_subject(next);
        verb || many || says || runs
    }

    /// Hangs a word on another one.
    pub(super) fn attach(&mut self, at: usize, head: usize, relation: Relation) {
        if at != head && !self.below(head, at) {
            (self.words[at].head, self.words[at].relation) = (Some(head), relation);
            self.hang();
        }
    }

    /// Whether a word hangs on another one, or on what hangs on it; a word counts as below itself.
    pub(super) fn below(&self, at: usize, above: usize) -> bool {
        let mut heads = std::iter::successors(Some(at), |at| self.words[*at].head).take(self.words.len());
        heads.any(|head| head == above)
    }

    /// Whether a verb is the verb of a whole clause: "met", "has met", but not "to meet".
    pub fn is_finite(&self, at: usize) -> bool {
        let finite =
            |at: usize| matches!(self.words[at].xpos, Some(Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md));
        // The one verb of a sentence is no participle, whatever the tagger says.
        let word = &self.words[at];
        let lone = word.relation == Relation::Root && word.xpos == Some(Xpos::Vbn);
        self.is_verb(at) && (lone || finite(at) || self.with(at, Relation::Aux).any(finite))
    }

    /// The first token of a word with all that hangs on it.
    pub(super) fn start(&self, at: usize) -> usize {
        let name = self.words[at]
            .stands
            .and_then(|name| self.words.iter().position(|word| word.stands == Some(name)));
        let mut first = name.unwrap_or(at);
        let mut open = vec![at];
        while let Some(at) = open.pop() {
            first = first.min(at);
            open.extend(self.children(at).iter().filter(|child| **child < at));
        }
        first
    }

    /// The token behind a word, or behind the name that it stands for.
    pub(super) fn end(&self, at: usize) -> usize {
        let last =
            self.words.iter().rposition(|word| word.stands.is_some() && word.stands == self.words[at].stands);
        last.filter(|_| self.words[at].stands.is_some()).unwrap_or(at) + 1
    }

    /// Whether a comma or another sign stands there.
    pub(super) fn is_sign(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.upos == Some(Upos::Punct))
    }

    /// Finds again what hangs on each word, after heads have changed.
    pub(super) fn hang(&mut self) {
        self.children = vec![Vec::new(); self.words.len()];
        for (at, word) in self.words.iter().enumerate() {
            if let Some(head) = word.head.filter(|_| !word.inside) {
                self.children[head].push(at);
            }
        }
    }

    /// What hangs on a word, in the order of the sentence.
    pub fn children(&self, at: usize) -> &[usize] {
        self.children.get(at).map_or(&[], Vec::as_slice)
    }

    /// What hangs on a word with this relation, or a finer one.
    pub fn with(&self, at: usize, relation: Relation) -> impl Iterator<Item = usize> + '_ {
        self.children(at).iter().copied().filter(move |child| self.is(*child, relation))
    }

    /// Whether a word's relation to its head is this one, or a finer one.
    pub fn is(&self, at: usize, relation: Relation) -> bool {
        let own = self.words[at].relation;
        own == relation || own.universal() == relation
    }

    /// How many words stand above this one.
    pub fn depth(&self, at: usize) -> usize {
        let above = std::iter::successors(Some(at), |at| self.words[*at].head);
        above.take(self.words.len()).count()
    }

    /// Whether it is a verb, and not one that only helps another.
    pub fn is_verb(&self, at: usize) -> bool {
        self.words[at].upos == Some(Upos::Verb)
            || (self.words[at].upos == Some(Upos::Aux) && self.has_subject(at))
    }

    /// Whether it is a noun or a name.
    pub fn is_noun(&self, at: usize) -> bool {
        let word = &self.words[at];
        word.name || matches!(word.upos, Some(Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num))
    }

    /// Whether it has a subject of its own.
    pub fn has_subject(&self, at: usize) -> bool {
        self.with(at, Relation::Nsubj).next().is_some()
    }

    /// The preposition before a noun, or before a verb in "of meeting"; several words of one joined by
    /// spaces: "because of".
    pub fn preposition(&self, at: usize) -> Option<String> {
        let case = self.with(at, Relation::Case).find(|case| self.words[*case].xpos != Some(Xpos::Pos))?;
        let mut words = vec![self.words[case].lemma.as_str()];
        words.extend(self.with(case, Relation::Fixed).map(|at| self.words[at].lemma.as_str()));
        Some(words.join(" "))
    }

    /// "such celebrities": a noun of which "as" gives examples.
    pub(super) fn is_such(&self, at: usize) -> bool {
        self.children(at).iter().any(|child| *child < at && self.words[*child].lemma == "such")
    }

    /// The word that opens a clause: "to", "that", "of" in "accused of meeting".
    pub fn mark(&self, at: usize) -> Option<&str> {
        self.with(at, Relation::Mark).next().map(|mark| self.words[mark].lemma.as_str())
    }

    /// Whether "to" stands before a verb.
    pub fn is_infinitive(&self, at: usize) -> bool {
        self.with(at, Relation::Mark).any(|mark| self.words[mark].xpos == Some(Xpos::To))
    }
}
