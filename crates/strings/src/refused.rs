//! Why a text is refused, as a page is told.

/// Why a text is refused: where, in characters from 0, and the code of the reason. A code alone, so that the table of all of them is not
/// in the module that pastes.
pub struct Refused {
    pub at: usize,
    pub code: String,
}

impl Refused {
    pub fn new(at: usize, code: &str) -> Refused {
        Refused { at, code: code.to_owned() }
    }
}

#[cfg(feature = "dialects")]
impl From<crate::Unreadable> for Refused {
    fn from(found: crate::Unreadable) -> Refused {
        Refused::new(found.at, found.reason.code())
    }
}
