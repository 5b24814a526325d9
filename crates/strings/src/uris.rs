//! The dialects that are URIs, or close to one.

#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "postgres")]
mod postgres_pairs;
#[cfg(feature = "urls")]
mod mongodb;
#[cfg(feature = "urls")]
mod redis;
#[cfg(feature = "urls")]
mod redis_list;
#[cfg(feature = "urls")]
mod clickhouse;
#[cfg(feature = "lists")]
mod ldap;
#[cfg(feature = "lists")]
mod kafka;
#[cfg(feature = "urls")]
mod plain;

use crate::{Dialect, Way};

pub(crate) const DIALECTS: &[Dialect] = &[
    #[cfg(feature = "postgres")]
    postgres::DIALECT,
    #[cfg(feature = "urls")]
    mongodb::DIALECT,
    #[cfg(feature = "urls")]
    redis::DIALECT,
    #[cfg(feature = "urls")]
    clickhouse::DIALECT,
    #[cfg(feature = "urls")]
    uri("amqp", &[Way::Own(plain::read_amqp, plain::build_amqp)], &[plain::AMQP.schemes]),
    #[cfg(feature = "lists")]
    kafka::DIALECT,
    #[cfg(feature = "lists")]
    uri("ldap", &[Way::Own(ldap::read, ldap::build)], &[ldap::GRAMMAR.schemes]),
    #[cfg(feature = "urls")]
    uri("ftp", &[Way::Own(plain::read_ftp, plain::build_ftp)], &[plain::FTP.schemes]),
    #[cfg(feature = "urls")]
    uri("smtp", &[Way::Table(&plain::SMTP)], &[plain::SMTP.schemes]),
    #[cfg(feature = "urls")]
    uri("http", &[Way::Table(&plain::HTTP)], &[plain::HTTP.schemes]),
];

/// A dialect of one form.
const fn uri(name: &'static str, ways: &'static [Way], schemes: &'static [&'static str]) -> Dialect {
    Dialect { name, forms: &["uri"], ways, detect: |_| 0, schemes, free_forms: "" }
}
