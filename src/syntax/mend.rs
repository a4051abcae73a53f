//! Where the parser slips in a way that the words round the slip give away.
//!
//! Each of these looks for a shape that no right tree has, such as a verb with a name right before it and no
//! subject, and does nothing elsewhere: what is doubtful stays as the parser has it.

use super::Tree;
use crate::language::{Relation, Upos, Xpos};

/// Mends a tree before anything is read off it.
pub(super) fn mend(tree: &mut Tree) {
    base_form(tree);
    post_is_noun(tree);
    participle(tree);
    possessor(tree);
    subject_of_auxiliary(tree);
    subject_of_copula(tree);
    predicate_and_relative(tree);
    subject_as_compound(tree);
    subject_before_verb(tree);
    object_behind_verb(tree);
    inserted_speaker(tree);
    relative_clause(tree);
    relative_before_noun(tree);
}

/// "to found", "would found": behind "to" and a modal verb the form is the lemma, and no participle.
fn base_form(tree: &mut Tree) {
    for at in 0..tree.words.len() {
        if tree.words[at].upos != Some(Upos::Verb) || tree.words[at].inside {
            continue;
        }
        let helpers: Vec<&super::Word> = tree.with(at, Relation::Aux).map(|at| &tree.words[at]).collect();
        let bare = helpers.iter().all(|word| word.xpos == Some(Xpos::Md) || word.lemma == "do");
        let wants = tree.is_infinitive(at) || !helpers.is_empty();
        let regular = ["ed", "ing"].iter().any(|ending| tree.words[at].form.ends_with(ending));
        if bare && wants && !regular && matches!(tree.words[at].xpos, Some(Xpos::Vbn | Xpos::Vbd)) {
            let word = &mut tree.words[at];
            (word.xpos, word.lemma) = (Some(Xpos::Vb), word.form.clone());
        }
    }
}

/// "chief executive Ada", "named Ada chief executive of Acme": an adjective in a noun's place is a noun.
fn post_is_noun(tree: &mut Tree) {
    for at in 0..tree.words.len() {
        let word = &tree.words[at];
        let of = tree.with(at, Relation::Nmod).any(|child| tree.preposition(child).as_deref() == Some("of"));
        let place = match word.relation {
            Relation::NmodDesc => true,
            Relation::Xcomp | Relation::Appos | Relation::Conj => of,
            // "Ada is now chief executive of Acme"
            _ => of && tree.with(at, Relation::Cop).next().is_some(),
        };
        if place && word.upos == Some(Upos::Adj) && !word.name {
            tree.words[at].upos = Some(Upos::Noun);
        }
    }
}

/// "Acme, **run** since 2003 by Ada": a clause that says more of a noun and has no subject is no finite one.
/// With a subject ("the company Ada founded") it is a relative clause.
fn participle(tree: &mut Tree) {
    for at in 0..tree.words.len() {
        if tree.words[at].relation != Relation::Acl || tree.words[at].upos != Some(Upos::Verb) {
            continue;
        }
        if tree.has_subject(at) {
            tree.words[at].relation = Relation::AclRelcl;
            continue;
        }
        let by = tree.with(at, Relation::Obl).any(|actor| tree.preposition(actor).as_deref() == Some("by"));
        let finite = matches!(tree.words[at].xpos, Some(Xpos::Vbd | Xpos::Vbp | Xpos::Vb));
        if by && finite && !tree.is_infinitive(at) {
            tree.words[at].xpos = Some(Xpos::Vbn);
        }
    }
}

/// "Ada **has** for years led Acme": an auxiliary has no subject, its verb has.
fn subject_of_auxiliary(tree: &mut Tree) {
    for subject in 0..tree.words.len() {
        let Some(aux) = tree.words[subject].head.filter(|_| tree.is(subject, Relation::Nsubj)) else {
            continue;
        };
        let verb = tree.words[aux].head.filter(|_| tree.is(aux, Relation::Aux));
        if let Some(verb) = verb.filter(|verb| !tree.has_subject(*verb)) {
            let passive = tree.is(aux, Relation::AuxPass);
            tree.attach(subject, verb, if passive { Relation::NsubjPass } else { Relation::Nsubj });
        }
    }
}

/// "**Acme** is the company Ada founded": the subject is that of "is", not one of the name.
fn subject_of_copula(tree: &mut Tree) {
    for subject in 0..tree.words.len() {
        let Some(name) = tree.words[subject].head.filter(|_| tree.is(subject, Relation::Nsubj)) else {
            continue;
        };
        let copula = |at: &usize| tree.with(*at, Relation::Cop).any(|copula| copula > subject);
        if !tree.words[name].name || copula(&name) {
            continue;
        }
        let mut above = std::iter::successors(Some(name), |at| tree.words[*at].head).take(4);
        if let Some(noun) = above.find(|at| copula(at) && !tree.has_subject(*at)) {
            tree.attach(subject, noun, Relation::Nsubj);
        }
    }
}

/// "Oslo was the last **city** Ada visited": of two subjects the first, with "was" before it, is what the clause
/// says more of.
fn predicate_and_relative(tree: &mut Tree) {
    for verb in 0..tree.words.len() {
        let subjects: Vec<usize> = tree.with(verb, Relation::Nsubj).filter(|at| *at < verb).collect();
        let [noun, subject] = subjects.as_slice() else { continue };
        let (noun, subject) = (*noun, *subject);
        let own = tree.with(noun, Relation::Cop).next();
        let stray = tree.with(verb, Relation::Cop).find(|copula| *copula < noun);
        if !tree.is_finite(verb) || tree.words[noun].name || !tree.words[subject].name {
            continue;
        }
        let Some(copula) = own.or(stray) else { continue };
        let (head, relation) = (tree.words[verb].head, tree.words[verb].relation);
        (tree.words[noun].head, tree.words[noun].relation) = (head, relation);
        (tree.words[verb].head, tree.words[verb].relation) = (Some(noun), Relation::AclRelcl);
        tree.hang();
        tree.attach(copula, noun, Relation::Cop);
        let first = copula.checked_sub(1).and_then(|at| tree.words[at].stands);
        if let Some(first) = first.filter(|_| !tree.has_subject(noun)) {
            tree.attach(first, noun, Relation::Nsubj);
        }
    }
}

/// "whose **banks** fund Acme": a verb is no compound's head.
fn subject_as_compound(tree: &mut Tree) {
    for noun in 0..tree.words.len() {
        let Some(verb) = tree.words[noun].head.filter(|_| tree.is(noun, Relation::Compound)) else {
            continue;
        };
        let clause = matches!(
            tree.words[verb].relation,
            Relation::Root
                | Relation::Conj
                | Relation::Ccomp
                | Relation::Parataxis
                | Relation::AclRelcl
                | Relation::Advcl
        );
        if noun < verb && tree.is_noun(noun) && clause && tree.is_finite(verb) && !tree.has_subject(verb) {
            tree.attach(noun, verb, Relation::Nsubj);
        }
    }
}

/// "Ada photographed and toured **Oslo**": a noun right behind a verb without an object is its object.
fn object_behind_verb(tree: &mut Tree) {
    for noun in 1..tree.words.len() {
        let stray =
            matches!(tree.words[noun].relation.universal(), Relation::Conj | Relation::List | Relation::Dep);
        if !stray
            || !tree.is_noun(noun)
            || tree.words[noun].inside
            || tree.with(noun, Relation::Cc).next().is_some()
        {
            continue;
        }
        let Some(verb) = tree.start(noun).checked_sub(1) else { continue };
        let takes = tree.words[verb].upos == Some(Upos::Verb)
            && tree.with(verb, Relation::Obj).next().is_none()
            && tree.with(verb, Relation::AuxPass).next().is_none();
        if takes {
            tree.attach(noun, verb, Relation::Obj);
        }
    }
}

/// "Ada's talks with Bob ended": what has "'s" belongs to the noun behind it, and is no second subject.
fn possessor(tree: &mut Tree) {
    for at in 0..tree.words.len() {
        let own = tree.words[at].relation;
        let sign = tree.with(at, Relation::Case).any(|case| tree.words[case].xpos == Some(Xpos::Pos));
        let Some(head) = tree.words[at].head.filter(|_| sign && !tree.words[at].inside) else { continue };
        if matches!(own, Relation::NmodPoss | Relation::Conj) {
            continue;
        }
        let noun = if head > at && tree.is_noun(head) {
            Some(head)
        } else {
            let mut siblings = tree.children(head).iter().copied().filter(|other| *other > at);
            siblings.find(|other| tree.is_noun(*other))
        };
        if let Some(noun) = noun {
            tree.attach(at, noun, Relation::NmodPoss);
        }
    }
}

/// "On Monday **Norway** sent doctors", "… met Bob, and **Cy** left": a name right before a finite verb
/// without a subject is its subject, whatever the parser hung it on.
fn subject_before_verb(tree: &mut Tree) {
    for verb in 0..tree.words.len() {
        if !tree.is_finite(verb) || tree.has_subject(verb) || tree.words[verb].inside {
            continue;
        }
        let helps = |at: usize| {
            let small = matches!(tree.words[at].relation.universal(), Relation::Aux | Relation::Advmod);
            small && tree.words[at].head == Some(verb)
        };
        // From the left: the first of the verb's auxiliaries and adverbs that follow a name.
        let starts = (1..=verb).rev().take_while(|at| *at == verb || helps(*at));
        let aux = tree.with(verb, Relation::Aux).filter(|at| *at < verb).min();
        let starts: Vec<usize> = starts.chain(aux).collect();
        let name = |start: &usize| tree.words[*start - 1].stands.filter(|name| *name < *start);
        let Some(name) = starts.iter().filter(|start| **start > 0).find_map(name) else { continue };
        if tree.below(verb, name) {
            continue;
        }
        let subject = match tree.words[verb].relation {
            Relation::Conj => second_subject(tree, verb, name),
            Relation::Parataxis => reduced(tree, verb, name) || freed(tree, verb, name),
            Relation::AclRelcl => reduced(tree, verb, name),
            Relation::Root | Relation::Ccomp => freed(tree, verb, name),
            _ => false,
        };
        if subject {
            let passive = tree.with(verb, Relation::AuxPass).next().is_some();
            let relation = if passive { Relation::NsubjPass } else { Relation::Nsubj };
            tree.attach(name, verb, relation);
        }
    }
}

/// "Ada stayed in Lima and **Bob** met Cy": the last of a list that stands right before a second verb, which
/// nothing else joins to the first.
fn second_subject(tree: &Tree, verb: usize, name: usize) -> bool {
    let joined = tree.with(name, Relation::Cc).next().is_some()
        || tree.with(verb, Relation::Cc).any(|sign| sign < name);
    let between = tree.words.iter().take(verb).skip(name).all(|word| word.upos != Some(Upos::Cconj));
    let first = tree.words[verb].head.is_some_and(|first| first < name);
    tree.words[name].relation == Relation::Conj && joined && between && first
}

/// "Acme, **the company Ada runs**, …": the noun before the name is what the clause says more of.
fn reduced(tree: &mut Tree, verb: usize, name: usize) -> bool {
    let Some(noun) = tree.words[name].head else { return false };
    let beside = tree.start(name).checked_sub(1) == Some(noun);
    let common = tree.words[noun].upos == Some(Upos::Noun) && tree.words[noun].relation == Relation::Appos;
    if beside && common && tree.words[name].relation == Relation::Appos {
        tree.attach(verb, noun, Relation::AclRelcl);
        return tree.words[verb].head == Some(noun);
    }
    false
}

/// "On **Monday** Norway sent": the word between the preposition and the name is what the preposition is for.
fn freed(tree: &mut Tree, verb: usize, name: usize) -> bool {
    if tree.words[name].relation.universal() == Relation::Compound && tree.words[name].head == Some(verb) {
        return true;
    }
    let mut above = std::iter::successors(Some(name), |at| tree.words[*at].head).take(tree.words.len());
    if !above.any(|at| at == verb) {
        return false;
    }
    // "Heading Acme, **Ada** has made enemies"
    if tree.words[name].relation == Relation::Appos
        && tree.start(name).checked_sub(1).is_some_and(|at| tree.is_sign(at))
    {
        return true;
    }
    let Some(case) = tree.with(name, Relation::Case).next() else { return false };
    let inner = tree.children(name).iter().copied().find(|child| {
        let word = &tree.words[*child];
        *child > case && *child < name && matches!(word.upos, Some(Upos::Noun | Upos::Propn))
    });
    let (Some(inner), Some(head)) = (inner, tree.words[name].head) else { return false };
    let relation = tree.words[name].relation;
    tree.attach(case, inner, Relation::Case);
    tree.attach(inner, head, relation);
    true
}

/// "**Ada**, Bob said, met Cy", "\"**Ada**\", said Bob, \"met Cy\"": who speaks stands inside what is said.
fn inserted_speaker(tree: &mut Tree) {
    for said in 0..tree.words.len() {
        if !tree.is_verb(said) {
            continue;
        }
        let clause = tree.with(said, Relation::Ccomp).find(|clause| *clause > said && tree.is_verb(*clause));
        let Some(clause) = clause else { continue };
        let children = tree.children(said).to_vec();
        let first = children.iter().copied().find(|child| {
            let word = &tree.words[*child];
            *child < said
                && tree.is_noun(*child)
                && matches!(word.relation.universal(), Relation::Nsubj | Relation::Ccomp | Relation::Obl)
                && tree.preposition(*child).is_none()
                && tree.is_sign(tree.end(*child))
        });
        let Some(first) = first else { continue };
        let speaker = inside(tree, said, first).or_else(|| behind(tree, said, first, clause));
        if let Some(speaker) = speaker {
            tree.attach(speaker, said, Relation::Nsubj);
            let passive = tree.with(clause, Relation::AuxPass).next().is_some();
            tree.attach(first, clause, if passive { Relation::NsubjPass } else { Relation::Nsubj });
        }
    }
}

/// "Ada, **Bob** said, met": another subject, or an apposition, right before the verb.
fn inside(tree: &Tree, said: usize, first: usize) -> Option<usize> {
    let clause = tree.with(said, Relation::Ccomp).find(|clause| *clause > said)?;
    let closed = tree.start(clause);
    let closed = tree.is_sign(closed) || closed.checked_sub(1).is_some_and(|at| tree.is_sign(at));
    if tree.has_subject(clause) || !closed {
        return None;
    }
    let subjects = tree.with(said, Relation::Nsubj);
    let all = subjects.chain(tree.with(first, Relation::Appos));
    all.filter(|other| *other != first && *other > first).find(|other| tree.end(*other) == said)
}

/// "Ada, said **Bob**, met": the parser took the speaker for the subject of what is said.
fn behind(tree: &Tree, said: usize, first: usize, clause: usize) -> Option<usize> {
    let speaker = tree.with(clause, Relation::Nsubj).next()?;
    let mut between = tree.words.iter().take(said).skip(tree.end(first));
    let near = between.all(|word| word.upos == Some(Upos::Punct));
    let start = tree.words.iter().position(|word| word.stands == Some(speaker)).unwrap_or(speaker);
    (near && start == said + 1 && tree.is_sign(tree.end(speaker))).then_some(speaker)
}

/// "Kenya, **to which** Norway sent doctors, …": a clause that begins with "which" or "whose" behind a comma
/// says more of what stands before the comma.
fn relative_clause(tree: &mut Tree) {
    for pronoun in 1..tree.words.len() {
        if !matches!(tree.words[pronoun].xpos, Some(Xpos::Wp | Xpos::Wdt | Xpos::WpS)) {
            continue;
        }
        let mut above = std::iter::successors(tree.words[pronoun].head, |at| tree.words[*at].head).take(4);
        let clause = above.find(|at| tree.is_verb(*at) || tree.with(*at, Relation::Cop).next().is_some());
        let Some(clause) = clause.filter(|clause| *clause > pronoun) else { continue };
        let head = tree.words[clause].head;
        // "It was Ada, not Bob, that met Cy"
        let cleft = head
            .filter(|head| tree.with(*head, Relation::Cop).any(|copula| copula < *head && *head < pronoun));
        if tree.is(clause, Relation::Advcl) && cleft.is_some() {
            tree.words[clause].relation = Relation::AclRelcl;
            continue;
        }
        let Some(noun) = before_comma(tree, pronoun) else { continue };
        let before = head.is_some_and(|head| clause < head);
        let loose = match tree.words[clause].relation.universal() {
            Relation::Advcl | Relation::Parataxis => true,
            // No clause says more of a noun behind it.
            Relation::Ccomp | Relation::Acl => before,
            _ => false,
        };
        if loose && !tree.below(noun, clause) {
            tree.attach(clause, noun, Relation::AclRelcl);
        }
    }
}

/// "**Acme**, the firm Ada founded, is for sale": a relative clause follows what it says more of.
fn relative_before_noun(tree: &mut Tree) {
    for verb in 0..tree.words.len() {
        let wrong = tree.words[verb].relation == Relation::AclRelcl
            && tree.words[verb].head.is_some_and(|head| verb < head)
            && tree.is_verb(verb);
        if !wrong {
            continue;
        }
        let mut start = tree.start(verb);
        while start > 0 && (tree.is_sign(start) || tree.words[start - 1].form == ",") {
            start -= 1;
        }
        let Some(noun) = start.checked_sub(1).and_then(|at| tree.words[at].stands) else { continue };
        tree.attach(verb, noun, Relation::AclRelcl);
    }
}

/// The noun before the comma before a relative pronoun, with or without a preposition between.
pub(super) fn before_comma(tree: &Tree, pronoun: usize) -> Option<usize> {
    let before = pronoun.checked_sub(1)?;
    let preposition = tree.words[before].upos == Some(Upos::Adp);
    let comma = if preposition { before.checked_sub(1)? } else { before };
    let noun = comma.checked_sub(1).filter(|_| tree.words[comma].form == ",")?;
    let noun = tree.words[noun].stands.unwrap_or(noun);
    tree.is_noun(noun).then_some(noun)
}
