//! The syntax round a match → [`Fact`]: is it said to be so?
//!
//! What is said of a clause bears on the clauses and events inside it: of "He denied that she had failed to visit
//! Chile" the denial is so, so that the failure is not, so that the visit is. So the fact of a word is worked out
//! from the root of the sentence down to it, each word above passing on what its signature makes of its own fact.

use super::signature::{Frame, Signature};
use super::status::{Fact, StatusWords};
use crate::language::{Relation, Upos, Xpos};
use crate::syntax::Tree;

/// How far up a sentence what is said of one clause bears on a clause inside it.
const DEPTH: usize = 8;

/// Decides for what the word at `at` says, by its own negation and auxiliaries and by the words that it
/// is said, planned or denied under.
///
/// A denial outweighs a plan ("will not meet" is negated). A state (`standing`) that a noun names
/// ("Ada, president of Chile") is so, whatever the verb of the sentence.
pub(super) fn fact(words: &StatusWords, tree: &Tree, at: usize, standing: bool) -> Fact {
    let noun = !tree.is_verb(at) && tree.words[at].upos != Some(Upos::Adj);
    // "was not elected president" denies the post, "did not meet the president" does not.
    let apart = !tree.has_subject(at) && !tree.is(at, Relation::Xcomp);
    match standing && noun && apart {
        true => own(words, tree, at),
        false => projected(words, tree, at, DEPTH),
    }
}

/// What a word says, by all that bears on it.
fn projected(words: &StatusWords, tree: &Tree, at: usize, depth: usize) -> Fact {
    stronger(context(words, tree, at, depth), own(words, tree, at))
}

/// What a word is under the word above it: so, where nothing above has a say.
fn context(words: &StatusWords, tree: &Tree, at: usize, depth: usize) -> Fact {
    let Some(above) = tree.words[at].head else {
        return if is_question(tree) { Fact::Possible } else { Fact::Actual };
    };
    let Some(depth) = depth.checked_sub(1) else { return Fact::Actual };
    match bearing(words, tree, at, above) {
        Bearing::None => Fact::Actual,
        Bearing::Beside => context(words, tree, above, depth),
        Bearing::Shared => projected(words, tree, above, depth),
        Bearing::Under(signature) => signature.of(projected(words, tree, above, depth)),
        Bearing::Ranked => match projected(words, tree, above, depth) {
            Fact::Possible => Fact::Possible,
            Fact::Actual | Fact::Negated => Fact::Actual,
        },
    }
}

/// Not so outweighs perhaps, perhaps outweighs so.
pub(super) fn stronger(left: Fact, right: Fact) -> Fact {
    match (left, right) {
        (Fact::Negated, _) | (_, Fact::Negated) => Fact::Negated,
        (Fact::Possible, _) | (_, Fact::Possible) => Fact::Possible,
        _ => Fact::Actual,
    }
}

fn is_question(tree: &Tree) -> bool {
    let mut signs = tree.words.iter().rev().filter(|word| word.upos == Some(Upos::Punct));
    signs.find(|word| !matches!(word.xpos, Some(Xpos::CloseQuote))).is_some_and(|word| word.form == "?")
}

/// What a word's own small words make of it: "did not meet", "will meet", "if they meet", "no talks",
/// "planned talks".
fn own(words: &StatusWords, tree: &Tree, at: usize) -> Fact {
    let neither = if has_neither(words, tree, at) { Fact::Negated } else { Fact::Actual };
    let inverted = is_inverted(tree, at) && !is_question(tree);
    let inverted = if inverted { Fact::Possible } else { Fact::Actual };
    let small = tree.children(at).iter().map(|child| small_word(words, tree, at, *child));
    small.fold(stronger(neither, inverted), stronger)
}

/// What one small word makes of the word that it hangs on.
fn small_word(words: &StatusWords, tree: &Tree, at: usize, small: usize) -> Fact {
    let word = &tree.words[small];
    let infinitive = tree.is_verb(at) && tree.is_infinitive(at);
    let phrase = whole(tree, small);
    let open = |open: bool| if open { Fact::Possible } else { Fact::Actual };
    let said = match word.relation.universal() {
        // "at no time did she meet him"
        Relation::Obl => {
            let no = tree.with(small, Relation::Det).any(|det| words.denies(&tree.words[det].lemma));
            let never = tree.preposition(small).map(|before| format!("{before} no {phrase}"));
            let never = no && never.is_some_and(|never| words.denies(&never));
            return if never { Fact::Negated } else { Fact::Actual };
        }
        // "is to meet", "are to hold talks"
        Relation::Aux | Relation::Cop => {
            open(words.opens(&word.lemma, &word.form) || (infinitive && word.lemma == "be"))
        }
        Relation::Mark => {
            let headline = word.xpos == Some(Xpos::To) && tree.words[at].head.is_none() && infinitive;
            // "due to meet" is one word of three to some parsers.
            let due = words.signature(Frame::Event, &word.lemma).map_or(Fact::Actual, Signature::plain);
            stronger(open(headline || words.is_condition(&phrase)), due)
        }
        Relation::Case => open(words.is_condition(&phrase)),
        Relation::Advmod if infinitive && words.is_not_yet(&word.lemma) => Fact::Negated,
        Relation::Advmod => {
            let adverb = if small < at { words.adverb(&word.lemma) } else { Fact::Actual };
            stronger(open(words.is_condition(&phrase)), adverb)
        }
        Relation::Amod | Relation::Compound if tree.is_noun(at) => words.modifier(&word.lemma, &word.form),
        Relation::Amod | Relation::Compound | Relation::Det | Relation::Cc => Fact::Actual,
        _ => return Fact::Actual,
    };
    let inside = tree.children(small).iter().any(|at| words.denies(&tree.words[*at].lemma));
    let only = tree.words.get(small + 1).is_some_and(|next| words.softens(&next.lemma));
    let denied = words.denies(&word.lemma) || words.denies(&phrase) || inside;
    if denied && !only && !is_until(words, tree, at) { Fact::Negated } else { said }
}

/// "did not visit Chile **until May**"
fn is_until(words: &StatusWords, tree: &Tree, at: usize) -> bool {
    let opens = |child: &usize| opener(tree, *child).is_some_and(|word| words.is_until(&word));
    tree.is_verb(at) && tree.children(at).iter().any(opens)
}

/// "met Bob, **not** Cy", "rather than Cy": what is said of a name in a list that is not one of it.
pub(super) fn of_name(words: &StatusWords, tree: &Tree, name: usize) -> Fact {
    let small = tree.children(name).iter().filter(|child| tree.is(name, Relation::Conj) && **child < name);
    let mut denied =
        small.filter(|child| words.denies(&tree.words[**child].lemma) || words.denies(&whole(tree, **child)));
    if denied.next().is_some() { Fact::Negated } else { Fact::Actual }
}

/// A word with what makes one phrase with it: "rather than", "as if".
fn whole(tree: &Tree, at: usize) -> String {
    let mut phrase = tree.words[at].lemma.clone();
    for part in tree.with(at, Relation::Fixed) {
        phrase.push(' ');
        phrase.push_str(&tree.words[part].lemma);
    }
    phrase
}

/// "**Neither** Ada nor Bob met Cy", "Ada met **neither** Bob nor Cy".
fn has_neither(words: &StatusWords, tree: &Tree, at: usize) -> bool {
    let parts = tree.children(at).iter().filter(|part| tree.is_noun(**part));
    let mut signs = parts.flat_map(|part| tree.with(*part, Relation::Cc));
    tree.is_verb(at) && signs.any(|sign| words.denies(&tree.words[sign].lemma))
}

/// "**Had** Ada met Bob, …", "**Should** Ada meet Bob, …": a condition without an "if".
fn is_inverted(tree: &Tree, at: usize) -> bool {
    let subject = tree.with(at, Relation::Nsubj).next();
    let first = tree.with(at, Relation::Aux).next();
    let comma = tree.words[at..].iter().any(|word| word.form == ",");
    let quoted = first.and_then(|first| first.checked_sub(1)).is_some_and(|before| !tree.words[before].name);
    matches!((first, subject), (Some(first), Some(subject)) if first < subject) && comma && !quoted
}

/// How what is said of a word bears on one that hangs on it.
enum Bearing {
    /// Not at all: "Ada, who met Bob, refused".
    None,
    /// What bears on the one bears on the other, but not its own small words: "that Ada met Bob **and Cy left**".
    Beside,
    /// As if it were said of both: "will meet **and talk**".
    Shared,
    /// As the word's signature tells.
    Under(Signature),
    /// So, unless it is open: "was not the first to **visit** Chile".
    Ranked,
}

/// How the word `above` bears on what hangs on it.
fn bearing(words: &StatusWords, tree: &Tree, below: usize, above: usize) -> Bearing {
    let relation = tree.words[below].relation;
    let verb = tree.is_verb(below);
    match relation.universal() {
        Relation::Conj => beside(tree, below, above),
        Relation::Acl if ranks(words, tree, below, above) => Bearing::Ranked,
        // "it was not Ada who met Bob"
        Relation::Acl if relation != Relation::Acl && tree.with(above, Relation::Cop).next().is_some() => {
            match own(words, tree, above) {
                Fact::Negated => Bearing::Under(Signature::SAME),
                _ => Bearing::None,
            }
        }
        Relation::Advcl if is_to_come(words, tree, below, above) => Bearing::Under(Signature::OPEN),
        Relation::Xcomp | Relation::Ccomp | Relation::Advcl | Relation::Acl | Relation::Csubj => match () {
            () if relation == Relation::Xcomp && !verb => quality(words, tree, below, above),
            () if tree.is_infinitive(below) => infinitive(words, tree, below, above),
            () if tree.is_finite(below) || is_clause(tree, below) => finite(words, tree, below, above),
            () => gerund(words, tree, below, above),
        },
        Relation::Nsubj if !verb => subject(words, tree, below, above),
        _ if !verb => noun(words, tree, below, above),
        _ => Bearing::None,
    }
}

/// "will meet **and talk**", "did not meet, **but talked**": one without subject or auxiliary shares the other's.
fn beside(tree: &Tree, below: usize, above: usize) -> Bearing {
    let verbs = tree.is_verb(below);
    let finite = tree.is_finite(below);
    match () {
        () if verbs != tree.is_verb(above) => Bearing::None,
        // "refused to meet Ada and left": a whole clause is no second part of half a one.
        () if verbs && finite && !tree.is_finite(above) && tree.words[above].head.is_some() => Bearing::None,
        () if tree.has_subject(below) => Bearing::Beside,
        () if verbs && finite && tree.with(above, Relation::Aux).next().is_some() => Bearing::Beside,
        () => Bearing::Shared,
    }
}

/// "the **first** woman to lead Chile"
fn ranks(words: &StatusWords, tree: &Tree, below: usize, above: usize) -> bool {
    let mut ranked = tree.with(above, Relation::Amod).chain([above]);
    tree.is_infinitive(below) && ranked.any(|at| words.ranks(&tree.words[at].lemma))
}

/// "will leave **once Ada joins**": after a conjunction of time, the present tense under a future one is no
/// present.
fn is_to_come(words: &StatusWords, tree: &Tree, below: usize, above: usize) -> bool {
    let present = matches!(tree.words[below].xpos, Some(Xpos::Vbz | Xpos::Vbp));
    let future = |at: usize| tree.with(at, Relation::Aux).any(|aux| tree.words[aux].xpos == Some(Xpos::Md));
    let Some(mark) = tree.mark(below).filter(|_| present) else { return false };
    if tree.words[above].upos == Some(Upos::Adv) {
        // "as soon as"
        let moment = words.is_moment(&format!("{mark} {} {mark}", tree.words[above].lemma));
        return moment && tree.words[above].head.is_some_and(future);
    }
    future(above) && words.is_moment(mark)
}

/// "managed **to meet**", "the plan **to meet**", "is said **to have met**".
fn infinitive(words: &StatusWords, tree: &Tree, below: usize, above: usize) -> Bearing {
    let perfect = tree.with(below, Relation::Aux).any(|aux| tree.words[aux].lemma == "have");
    let said = listed(words, tree, below, above, Frame::Clause).filter(|_| perfect);
    // "is said to have met him": nobody vouches for it. "is known to have met him" takes it for granted.
    let passive = tree.with(above, Relation::AuxPass).next().is_some();
    let said = said.map(|said| if passive { said.unvouched() } else { said });
    // "gave up her seat to meet him": what was not done is named by the object.
    let purpose = tree.is(below, Relation::Advcl) && tree.with(above, Relation::Obj).next().is_some();
    let done = |signature: &Signature| !(purpose && signature.plain() == Fact::Negated);
    let signature = said.or_else(|| listed(words, tree, below, above, Frame::Event).filter(done));
    // "was the first to visit"
    if words.ranks(&tree.words[above].lemma) {
        return Bearing::Ranked;
    }
    Bearing::Under(signature.unwrap_or(Signature::PLAN))
}

/// "seemed **ready** to meet", "remained **ready**": what the word says of somebody.
fn quality(words: &StatusWords, tree: &Tree, below: usize, above: usize) -> Bearing {
    Bearing::Under(listed(words, tree, below, above, Frame::Clause).unwrap_or(Signature::SAME))
}

/// "began **meeting**", "accused of **meeting**", "the idea of **meeting**".
fn gerund(words: &StatusWords, tree: &Tree, below: usize, above: usize) -> Bearing {
    let complement = matches!(tree.words[below].relation, Relation::Xcomp | Relation::Ccomp);
    // "is mulling joining": right behind the verb it is what is mulled, whatever the parser says.
    let behind = tree.words[below].xpos == Some(Xpos::Vbg) && above + 1 == below;
    let marked = opener(tree, below).is_some_and(|mark| words.marks_complement(&mark));
    let signature = listed(words, tree, below, above, Frame::Event)
        .filter(|_| complement || behind || marked || opener(tree, below).is_some());
    match signature {
        Some(signature) => Bearing::Under(signature),
        None if tree.is(below, Relation::Xcomp) => Bearing::Under(Signature::SAME),
        // "will visit Chile, meeting Bob", "is to resign, with Ada succeeding him", not "Banned there, he may visit Peru"
        None if tree.is(below, Relation::Advcl) && tree.words[below].xpos == Some(Xpos::Vbg) => {
            if own(words, tree, above) == Fact::Possible { Bearing::Ranked } else { Bearing::None }
        }
        None => Bearing::None,
    }
}

/// "said Ada **ready**", but not "with Ada **succeeding** him".
fn is_clause(tree: &Tree, at: usize) -> bool {
    tree.has_subject(at) && !(tree.is(at, Relation::Advcl) && tree.words[at].xpos == Some(Xpos::Vbg))
}

/// "knows that she **met** him", "the claim that she **met** him".
fn finite(words: &StatusWords, tree: &Tree, below: usize, above: usize) -> Bearing {
    let that = tree.mark(below) == Some("that") || has_spare_that(tree, below);
    // "the rumour that she met him" is what parsers take for "the rumour that he spread".
    let said = match tree.words[below].relation.universal() {
        Relation::Ccomp | Relation::Csubj => true,
        Relation::Acl | Relation::Xcomp => that,
        // "is confident that she met him"
        _ => that && !tree.is_verb(above),
    };
    if !said {
        return Bearing::None;
    }
    let how = tree.with(below, Relation::Advmod).any(|at| tree.words[at].xpos == Some(Xpos::Wrb));
    let whole = tree.with(below, Relation::Aux).next().is_some();
    // "demands that she meet him"
    let wanted = that && tree.words[below].xpos == Some(Xpos::Vb) && !whole;
    match () {
        () if how => Bearing::Under(Signature::TAKEN_FOR_GRANTED),
        () if wanted || (that && words.is_condition(&tree.words[above].form)) => {
            Bearing::Under(Signature::OPEN)
        }
        () => match listed(words, tree, below, above, Frame::Clause) {
            Some(signature) => Bearing::Under(signature),
            None => Bearing::None,
        },
    }
}

/// "the rumour **that** she met him": what is met is named, so that "that" stands for nothing.
fn has_spare_that(tree: &Tree, at: usize) -> bool {
    let roles = [Relation::Obj, Relation::Nsubj];
    roles.into_iter().any(|role| {
        let all: Vec<usize> = tree.with(at, role).collect();
        all.len() > 1 && all.iter().any(|part| tree.words[*part].form == "that")
    })
}

/// "**The attack** took place", "**talks** are possible".
fn subject(words: &StatusWords, tree: &Tree, below: usize, above: usize) -> Bearing {
    let passive = tree.words[below].relation == Relation::NsubjPass;
    if passive {
        return noun(words, tree, below, above);
    }
    let frames: &[Frame] =
        if tree.is_verb(above) { &[Frame::Happening] } else { &[Frame::Clause, Frame::Event] };
    let mut found = frames.iter().filter_map(|frame| listed(words, tree, below, above, *frame));
    match found.next() {
        Some(signature) => Bearing::Under(signature),
        // "talks will fail", but "talks did not fail"
        None if tree.is_verb(above) => Bearing::Ranked,
        None => Bearing::None,
    }
}

/// "held **talks**", "called for **talks**", "the threat of **an attack**", "an **attack** plan".
fn noun(words: &StatusWords, tree: &Tree, below: usize, above: usize) -> Bearing {
    let hangs = matches!(
        tree.words[below].relation.universal(),
        Relation::Obj
            | Relation::Nsubj
            | Relation::Obl
            | Relation::Nmod
            | Relation::Compound
            | Relation::Xcomp
    );
    if !hangs {
        return Bearing::None;
    }
    // "rejected claims" denies what they claim.
    let claim = words.signature(Frame::Clause, &tree.words[below].lemma).is_some();
    let said = listed(words, tree, below, above, Frame::Clause).filter(|_| claim);
    let signature = said
        .or_else(|| listed(words, tree, below, above, Frame::Object))
        .or_else(|| listed(words, tree, below, above, Frame::Event));
    signature.map_or(Bearing::None, Bearing::Under)
}

/// The words that open what hangs on another: "to", "out of" in "out of meeting"; none before a bare gerund or noun.
fn opener(tree: &Tree, at: usize) -> Option<String> {
    let mark = tree.with(at, Relation::Mark).next().map(|mark| whole(tree, mark));
    mark.or_else(|| tree.preposition(at))
}

/// The signature that a word has for what hangs on it: that of the longest entry that fits, "talk out of" before "talk".
fn listed(words: &StatusWords, tree: &Tree, below: usize, above: usize, frame: Frame) -> Option<Signature> {
    let opener = opener(tree, below).filter(|opener| opener != "that");
    let small = |child: &usize| {
        let word = &tree.words[*child];
        let near = *child > above && *child <= above + 2;
        let particle = matches!(word.relation, Relation::CompoundPrt | Relation::Advmod);
        // "take place", "take the opportunity"
        let object = word.relation == Relation::Obj && *child != below;
        (near && particle) || object
    };
    let small = tree.children(above).iter().filter(|child| small(child));
    let mut tails: Vec<String> = small.map(|child| tree.words[*child].lemma.clone()).collect();
    tails.push(String::new());
    for base in [&tree.words[above].lemma, &tree.words[above].form] {
        for tail in &tails {
            let alone = format!("{base} {tail}");
            let with = opener.as_ref().map(|opener| format!("{} {opener}", alone.trim_end()));
            let found = with.and_then(|words_with| words.signature(frame, &words_with));
            let found = found.or_else(|| {
                words.signature(frame, alone.trim_end()).filter(|_| {
                    let Some(opener) = &opener else { return true };
                    let noun = !tree.is_verb(below);
                    opener == "to"
                        || (noun && words.governs_complement(opener))
                        || (!noun && words.marks_complement(opener))
                        || tree.is_finite(below)
                })
            });
            if found.is_some() {
                return found;
            }
        }
    }
    None
}
