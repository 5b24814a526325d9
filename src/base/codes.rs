//! Closed sets of codes.

/// An enum whose variants are codes: each has the word by which it crosses to JavaScript and under which its sentence stands
/// in the word table.
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $(#[doc = concat!("`", $word, "`")] $variant),*
        }

        impl $name {
            /// Every code.
            pub const ALL: &[$name] = &[$($name::$variant),*];

            /// The word of the code.
            pub fn as_str(self) -> &'static str {
                match self {
                    $($name::$variant => $word),*
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.serialize_str(self.as_str())
            }
        }
    };
}

pub(crate) use codes;
