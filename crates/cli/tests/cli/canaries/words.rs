//! Texts like those that people paste, with a canary wherever something secret or unknown can stand.

/// What no answer may show.
pub const CANARY: &str = "cana7y";

/// Random numbers from a seed (SplitMix64).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }

    pub fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    pub fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len())]
    }
}

pub const SCHEMES: &[&str] = &[
    "postgres",
    "postgresql",
    "POSTGRES",
    "postgresql+psycopg2",
    "postgis",
    "redshift",
    "cockroachdb",
    "mysql",
    "mysql2",
    "MySQL",
    "mysqlx",
    "mariadb",
    "mysql+srv",
    "mysql+pymysql",
    "mongodb",
    "mongodb+srv",
    "MONGODB",
    "redis",
    "rediss",
    "redis-socket",
    "redis-sentinel",
    "redis+sentinel",
    "unix",
    "valkey",
    "clickhouse",
    "clickhouses",
    "clickhouse+native",
    "https",
    "http",
    "HTTP",
    "amqp",
    "amqps",
    "ftp",
    "ftps",
    "ftpes",
    "sftp",
    "smtp",
    "smtps",
    "submission",
    "ldap",
    "ldaps",
    "ldapi",
    "kafka",
    "SASL_SSL",
    "PLAINTEXT",
    "mssql",
    "mssql+pyodbc",
    "sqlserver",
    "oracle",
    "oracle+cx_oracle",
    "tcp",
    "tcps",
    "x",
    "nats",
    "file",
    "snowflake",
    "jdbc:postgresql",
    "jdbc:redshift",
    "jdbc:mysql",
    "jdbc:mariadb",
    "jdbc:mariadb:failover",
    "jdbc:aws-wrapper:mysql",
    "jdbc:sqlserver",
    "jdbc:ch",
    "jdbc:ch:https",
    "jdbc:clickhouse",
    "jdbc:snowflake",
    "jdbc:sap",
    "jdbc:vertica",
    "jdbc:opengauss",
    "jdbc:mongodb",
    "jdbc:other",
    "JDBC:MySQL",
];

pub const HOSTS: &[&str] = &[
    "h",
    "db.example.com",
    "127.0.0.1",
    "[::1]",
    "a_b",
    "",
    "LOCALHOST",
    "h.",
    "münchen.example",
    "cluster0.ab1cd.example.com",
];
pub const PORTS: &[&str] = &["", ":1", ":5432", ":65535", ":0", ":", ":99999", ":port", ",1433"];
pub const USERS: &[&str] =
    &["u", "scott", "app@shop", "a%40b", "DOMAIN\\u", "", "postgres.abc", "<user>", "u+v", "ü"];
pub const DATABASES: &[&str] = &[
    "d",
    "shop",
    "INST/d",
    "",
    "1",
    "d%2Fe",
    "%2F",
    "my-db",
    "dc=example,dc=com",
    "d;",
    "<database>",
    "x:y",
];

/// What may stand round a canary in a password.
pub const SPICE: &[&str] = &[
    "", "", "", "p", "1", "%40", "%2F", "!", "$", "*", "'", "+", "é", ":", "/", "#", "?", "@", "[", "]", "{",
    "}", " ", "\\", "%", "&", "=", ",", "|", "\u{200b}", "•", "<", ">", "\"", "`", "1/2", "qzj", "//", "://",
    "(", ")", "%00", "~", "^",
];

pub const SECRET_NAMES: &[&str] = &[
    "password",
    "Password",
    "PWD",
    "pwd",
    "sslpassword",
    "passWord",
    "trustStorePassword",
    "secretKey",
    "access_token",
    "passwd",
    "PASSWORD",
    "sasl.password",
    "apiKey",
    "token",
    "keyStorePassword",
    "clientKeyPassword",
    "tlsCertificateKeyFilePassword",
    "passfile_password",
    "ssl_key_passphrase",
];

pub const UNKNOWN_NAMES: &[&str] =
    &["tenant", "x", "my_option", "internal.code", "X-Thing", "zz", "comment", "note"];

pub const KNOWN: &[&str] = &[
    "sslmode=require",
    "schema=public",
    "pgbouncer=true",
    "connect_timeout=10",
    "useSSL=false",
    "tls=true",
    "retryWrites=true",
    "w=majority",
    "authSource=admin",
    "encrypt=true",
    "loginTimeout=30",
    "charset=utf8mb4",
    "user=u",
    "username=u",
    "database=d",
    "db=SHOP",
    "service_name=s",
    "secure=1",
    "parseTime=true",
    "heartbeat=30",
    "warehouse=WH",
    "databaseName=d",
    "host=/tmp",
    "socket=/tmp/s.sock",
    "port=1",
    "ssl=true",
    "driver=x",
    "scope=sub",
];

pub fn has_blank(text: &str) -> bool {
    text.contains(char::is_whitespace)
}

pub const WRAPPINGS: &[(&str, &str)] = &[
    ("\"", "\""),
    ("'", "'"),
    ("`", "`"),
    ("<", ">"),
    ("“", "”"),
    ("export DATABASE_URL=", ""),
    ("DATABASE_URL=\"", "\""),
    ("url: ", ""),
    ("\"url\": \"", "\","),
    ("\u{feff}", "\n"),
    ("  ", " \u{200b}"),
    ("password: cana7y\nurl: ", ""),
    ("url: ", "\npassword: cana7y"),
    ("export DB_PASSWORD=cana7y DATABASE_URL=", ""),
    ("$env:DATABASE_URL = \"", "\""),
    ("- name: DATABASE_URL\n  value: ", ""),
    ("spring.datasource.url=", "\nspring.datasource.password=cana7y"),
    ("{\"url\":\"", "\",\"password\":\"cana7y\"}"),
    ("cana7y ", ""),
    ("", ";cana7y"),
    ("", "\n\ncana7y=1"),
    ("const url = '", "';"),
    ("x = ", ""),
    ("```\n", "\n```"),
];

pub const COMMANDS: &[(&str, &str)] = &[
    ("mysql --uri=", ""),
    ("redis-cli -u ", " --pass cana7y"),
    ("mysql -u root -pcana7y --uri=", ""),
    ("PGPASSWORD=cana7y psql ", ""),
    ("curl -u u:cana7y ", ""),
    ("psql ", " -c 'select 1'"),
    ("", " cana7y"),
];

pub const QUOTED_COMMANDS: &[(&str, &str)] = &[
    ("psql \"", "\""),
    ("psql '", "' -c 'select 1'"),
    ("mongosh \"", "\" --password cana7y"),
    ("mysql -u root -pcana7y --uri=\"", "\""),
    ("redis-cli -u \"", "\" -a cana7y"),
];

impl Random {
    pub fn pick_pair<'t>(&mut self, from: &[(&'t str, &'t str)]) -> (&'t str, &'t str) {
        from[self.below(from.len())]
    }
}
