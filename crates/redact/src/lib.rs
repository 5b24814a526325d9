//! Which names are those of secrets, and what stands for a secret wherever it is shown.
//!
//! One judge for all that have nothing but a name to go by: a row of parameters or headers, a parameter of a connection string, a member of
//! a request, a field whose descriptor does not say it. Where a descriptor says it, that counts.

#![no_std]

/// What stands for a secret.
pub const MASK: &str = "•••";

/// What the names of secrets end in. A name that only speaks about one ends in something else: `tokenUrl`, `passwordCharacterEncoding`.
const ENDS: &[u8] = b"password passwd passwort kennwort passphrase passcode pwd psw pw pass secret secrets token jwt credential credentials \
signature sas cookie authorization userinfo jaasconfig serviceaccountjson authmechanismproperties";

/// What stands before `key` where that is a secret, and neither an id, a path, nor the key of a table.
const KEYS: &[u8] = b"api private pvt access account secret shared master encryption signing hmac auth subscription admin scramclient \
scramserver keystore providerclient";

/// Names that are those of a secret only as a whole: `smtp.auth` is a switch.
const WHOLE: &[u8] = b"auth sig pat";

/// What a secret may be written as, behind its name, without a number: `base` is that of `base64`.
const WRITTEN: &[u8] = b"value text string data content json pem base hash";

/// Words that end as a secret's name does.
const OTHERS: &[u8] = b"bypass compass";

/// Whether a name says that its value is a secret. Case and punctuation do not matter, nor what is no ASCII.
pub fn is_secret_name(name: &str) -> bool {
    let name = name.trim_end_matches(|letter: char| !letter.is_ascii_alphabetic());
    let name = name.as_bytes();
    is_secret(name) || before_any(name, WRITTEN).is_some_and(is_secret)
}

fn is_secret(name: &[u8]) -> bool {
    let is_key = before(name, b"key").is_some_and(|rest| before_any(rest, KEYS).is_some());
    let is_whole = before_any(name, WHOLE).is_some_and(|rest| !rest.iter().any(u8::is_ascii_alphanumeric));
    is_key || is_whole || before_any(name, ENDS).is_some() && before_any(name, OTHERS).is_none()
}

/// What stands before the first of the words that the name ends in.
#[inline(never)]
fn before_any<'n>(name: &'n [u8], words: &[u8]) -> Option<&'n [u8]> {
    words.split(|byte| *byte == b' ').find_map(|word| before(name, word))
}

/// What stands before a word, if the name ends in it.
#[inline(never)]
fn before<'n>(name: &'n [u8], word: &[u8]) -> Option<&'n [u8]> {
    let (mut rest, mut word) = (name, word);
    while let Some((want, front)) = word.split_last() {
        let (last, others) = rest.split_last()?;
        rest = others;
        if !last.is_ascii_alphanumeric() {
            continue;
        }
        if last.to_ascii_lowercase() != *want {
            return None;
        }
        word = front;
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
        check("password PASSWORD Password passwd passphrase pwd PWD PWD_ psw Passwort pass db_pass dbPass requirepass bindpw passcode", true);
        check("secret client_secret clientSecret keyStoreSecret AADSecurePrincipalSecret oauth_client_secret client_secrets", true);
        check("token accessToken access-token AWS_SESSION_TOKEN x-auth-token web_identity_token OAuthRefreshToken jwt pat", true);
        check("apiKey api_key X-Api-Key APIKEY privateKey private_key accessKey aws_secret_access_key secretKey SharedAccessKey", true);
        check("AccountKey storageAccountKey encryption.key masterKey Ocp-Apim-Subscription-Key OAuthPvtKey ssl.keystore.key authKey", true);
        check("scram_client_key scram_server_key keyVaultProviderClientKey", true);
        check("sas sas_token sharedAccessSignature X-Amz-Signature sig credential credentials Authorization Proxy-Authorization Set-Cookie", true);
        check("auth sasl.jaas.config basic.auth.user.info authMechanismProperties", true);
    }

    #[test]
    fn what_is_written_together_or_of_a_store_too() {
        check("sslpassword sslPassword trustStorePassword truststorepassword keyStorePassword javax.net.ssl.keyStorePassword", true);
        check("tlsCertificateKeyFilePassword clientCertificateKeyStorePassword oracle.net.wallet_password private_key_file_pwd", true);
    }

    #[test]
    fn a_number_or_what_it_is_written_as_may_follow() {
        check("password2 password_3 token-1 password[0] passwordValue private_key_base64 privateKeyPem credentials_json password_hash", true);
        check("service_account_json secretString", true);
    }

    #[test]
    fn punctuation_and_other_letters_do_not_hide_one() {
        for name in ["pass word", " password ", "p.a.s.s.w.o.r.d", "pass\u{200b}word", "Access Key", "(Api Key)", "“token”", "PASSWORD\n"] {
            assert!(is_secret_name(name), "{name:?}");
        }
    }

    #[test]
    fn what_only_speaks_about_a_secret_is_none() {
        check("passwordCharacterEncoding passfile sslkey sslpasswordcallback tokenEndpoint tokenUrl token_type tokenProperties", false);
        // An id names a secret in a store, and the public half of a key pair.
        check("secretId secret_arn access_key_id AccessKeyID private_key_id SharedAccessKeyName privateKeyFile private_key_path", false);
        check("allowPublicKeyRetrieval serverRSAPublicKeyFile publicKey keyspace primaryKey sortKey partitionKey routingKey key clientKey", false);
        check("allowNativePasswords maxTokens passwordless credentialsProvider accessTokenCallbackClass", false);
        check("authSource authMechanism authentication require_auth mail.smtp.auth oauth_issuer userInfoUrl", false);
    }

    #[test]
    fn other_names_are_none() {
        check("user username host port database sslmode proxyBypass compass Accept Content-Type tokenizer secretary compat config sid", false);
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
