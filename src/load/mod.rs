//! [`Dataset`](crate::dataset::Dataset) → a running database: how does the graph get into a store?
//!
//! One file a protocol, each behind a cargo feature. Loading twice gives the same content as loading once, so
//! whatever went wrong, loading again is the remedy. Credentials come from the environment, and nothing prints
//! them.

mod bolt;
#[cfg(feature = "neo4j")]
mod client;
#[cfg(feature = "load")]
pub mod http;

pub use bolt::{BoltError, Loaded, bolt};

/// Who loads, as far as a store asks.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Credentials {
    /// Nobody in particular.
    #[default]
    None,
    /// User and password.
    Password(String, String),
    /// A token.
    Token(String),
}

impl Credentials {
    /// What the variables `RELATA_USER`, `RELATA_PASSWORD` and `RELATA_TOKEN` say; a token goes before a password.
    pub fn new(user: Option<String>, password: Option<String>, token: Option<String>) -> Self {
        match (token, user) {
            (Some(token), _) => Self::Token(token),
            (None, Some(user)) => Self::Password(user, password.unwrap_or_default()),
            (None, None) => Self::None,
        }
    }
}

impl std::fmt::Debug for Credentials {
    /// Names the kind and keeps the secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Password(..) => "Password(…)",
            Self::Token(_) => "Token(…)",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_shown() {
        let some = |text: &str| Some(text.to_owned());
        let password = Credentials::new(some("ada"), some("s3cret"), None);
        assert_eq!(password, Credentials::Password("ada".to_owned(), "s3cret".to_owned()));
        let token = Credentials::new(some("ada"), some("s3cret"), some("t0ken"));
        assert_eq!(format!("{password:?} {token:?}"), "Password(…) Token(…)");
        assert_eq!(Credentials::new(None, some("s3cret"), None), Credentials::None);
    }
}
