//! Which names are those of secrets, and what stands for a secret wherever it is shown.
//!
//! One judge for all that have nothing but a name to go by: a row of parameters or headers, a parameter of a connection string, a member of
//! a request, a field whose descriptor does not say it. Where a descriptor says it, that counts.

#![no_std]

/// What stands for a secret.
pub const MASK: &str = "•••";

/// What the names of secrets end in, or are as a whole, behind `=`: `smtp.auth` is a switch. A name that only speaks about one ends in something
/// else: `tokenUrl`, `passwordCharacterEncoding`; and a key that is none is that of a table, an id or a path: `primaryKey`, `sslkey`.
const ENDS: &[u8] = b"bypass compass \
password passwd passwort kennwort passphrase passcode pwd psw pw pass secret secrets token jwt credential credentials signature sas cookie \
authorization userinfo jaasconfig serviceaccountjson authmechanismproperties =auth =sig =pat apikey privatekey pvtkey accesskey accountkey \
secretkey sharedkey masterkey encryptionkey signingkey hmackey authkey subscriptionkey adminkey scramclientkey scramserverkey keystorekey \
providerclientkey";

/// How many words that end like one stand before them.
const OTHERS: usize = 2;

/// What a secret may be written as, behind its name, without a number: `base` is that of `base64`.
const WRITTEN: &[u8] = b"value text string data content json pem base hash";

/// Whether a name says that its value is a secret. Of a name only the letters of ASCII count, in upper or lower case.
pub fn is_secret_name(name: &str) -> bool {
    let name = name.as_bytes();
    is_secret(name) || end(name, WRITTEN).is_some_and(|(_, rest)| is_secret(rest))
}

fn is_secret(name: &[u8]) -> bool {
    end(name, ENDS).is_some_and(|(word, _)| word >= OTHERS)
}

/// The first of the words that a name ends in, by its number, and what stands before it.
#[inline(never)]
fn end<'n>(name: &'n [u8], words: &[u8]) -> Option<(usize, &'n [u8])> {
    for (number, word) in words.split(|byte| *byte == b' ').enumerate() {
        if let Some(rest) = before(name, word) {
            return Some((number, rest));
        }
    }
    None
}

/// What stands before a word, if the name ends in it.
fn before<'n>(name: &'n [u8], word: &[u8]) -> Option<&'n [u8]> {
    let (mut rest, mut word) = (name, word);
    while let [front @ .., want] = word {
        let Some((last, others)) = rest.split_last() else { return (*want == b'=').then_some(rest) };
        rest = others;
        let letter = last.to_ascii_lowercase();
        if letter == *want {
            word = front;
        } else if letter.is_ascii_lowercase() {
            return None;
        }
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::is_secret_name;

    #[track_caller]
    fn check(names: &str, expect: bool) {
        for name in names.split_whitespace() {
            assert_eq!(is_secret_name(name), expect, "{name}");
        }
    }

    #[test]
    fn the_names_of_secrets() {
        check(
            "password PASSWORD Password passwd passphrase pwd PWD PWD_ psw Passwort pass db_pass dbPass requirepass bindpw passcode",
            true,
        );
        check(
            "secret client_secret clientSecret keyStoreSecret AADSecurePrincipalSecret oauth_client_secret client_secrets",
            true,
        );
        check(
            "token accessToken access-token AWS_SESSION_TOKEN x-auth-token web_identity_token OAuthRefreshToken jwt pat",
            true,
        );
        check(
            "apiKey api_key X-Api-Key APIKEY privateKey private_key accessKey aws_secret_access_key secretKey SharedAccessKey",
            true,
        );
        check(
            "AccountKey storageAccountKey encryption.key masterKey Ocp-Apim-Subscription-Key OAuthPvtKey ssl.keystore.key authKey",
            true,
        );
        check("scram_client_key scram_server_key keyVaultProviderClientKey", true);
        check(
            "sas sas_token sharedAccessSignature X-Amz-Signature sig credential credentials Authorization Proxy-Authorization Set-Cookie",
            true,
        );
        check("auth sasl.jaas.config basic.auth.user.info authMechanismProperties", true);
    }

    #[test]
    fn what_is_written_together_or_of_a_store_too() {
        check(
            "sslpassword sslPassword trustStorePassword truststorepassword keyStorePassword javax.net.ssl.keyStorePassword",
            true,
        );
        check(
            "tlsCertificateKeyFilePassword clientCertificateKeyStorePassword oracle.net.wallet_password private_key_file_pwd",
            true,
        );
    }

    #[test]
    fn a_number_or_what_it_is_written_as_may_follow() {
        check(
            "password2 password_3 token-1 password[0] passwordValue private_key_base64 privateKeyPem credentials_json password_hash",
            true,
        );
        check("service_account_json secretString", true);
    }

    #[test]
    fn punctuation_and_other_letters_do_not_hide_one() {
        for name in [
            "pass word",
            " password ",
            "p.a.s.s.w.o.r.d",
            "pass\u{200b}word",
            "Access Key",
            "(Api Key)",
            "“token”",
            "PASSWORD\n",
        ] {
            assert!(is_secret_name(name), "{name:?}");
        }
    }

    #[test]
    fn what_only_speaks_about_a_secret_is_none() {
        check(
            "passwordCharacterEncoding passfile sslkey sslpasswordcallback tokenEndpoint tokenUrl token_type tokenProperties",
            false,
        );
        // An id names a secret in a store, and the public half of a key pair.
        check(
            "secretId secret_arn access_key_id AccessKeyID private_key_id SharedAccessKeyName privateKeyFile private_key_path",
            false,
        );
        check(
            "allowPublicKeyRetrieval serverRSAPublicKeyFile publicKey keyspace primaryKey sortKey partitionKey routingKey key clientKey",
            false,
        );
        check(
            "allowNativePasswords maxTokens passwordless credentialsProvider accessTokenCallbackClass",
            false,
        );
        check(
            "authSource authMechanism authentication require_auth mail.smtp.auth oauth_issuer userInfoUrl",
            false,
        );
    }

    #[test]
    fn other_names_are_none() {
        check(
            "user username host port database sslmode proxyBypass compass Accept Content-Type tokenizer secretary compat config sid",
            false,
        );
        for name in ["", " ", "•••", "123", "密码", "-_-"] {
            assert!(!is_secret_name(name), "{name:?}");
        }
    }

    #[test]
    fn a_long_name_takes_no_longer_than_it_is_long() {
        let mut name = std::string::String::from("p");
        (0..1_000_000).for_each(|_| name.push('-'));
        name.push_str("assword");
        assert!(is_secret_name(&name));
    }

    extern crate std;
}
