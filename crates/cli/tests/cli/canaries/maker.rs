//! Texts with canaries, made from a seed in the shapes that connection strings have.

mod mutation;

use super::words::*;

/// Makes one text after the other.
pub struct Maker {
    random: Random,
    schemes: Vec<&'static str>,
}

/// What the strings of a form begin with, by what the form is called.
const OWN: &[(&str, &str)] = &[
    (
        "postg supabase timescale rdsPost redshift greenplum",
        "postg cockroach redshift jdbc:postg jdbc:redshift",
    ),
    ("mysql doris tidb", "mysql mariadb jdbc:m jdbc:aws"),
    ("mongo", "mongo jdbc:mongo"),
    ("clickhouse", "click http jdbc:c"),
    ("sql-server sqlserver mssql azure", "mssql sqlserver jdbc:sqlserver"),
    ("oracle", "oracle tcp"),
    ("email smtp", "smtp submission"),
    ("ftp", "ftp sftp"),
    ("rabbit amqp", "amqp"),
    ("ldap", "ldap"),
    ("kafka", "kafka SASL PLAIN"),
    ("redis", "redis rediss unix valkey"),
    ("http", "http"),
    ("jdbc hana snowflake vertica gauss", "jdbc"),
];

/// The schemes of a form's own strings.
pub fn own_schemes(form: &str) -> Vec<&'static str> {
    SCHEMES.iter().copied().filter(|scheme| is_like(form, scheme)).collect()
}

fn is_like(form: &str, scheme: &str) -> bool {
    let (form, scheme) = (form.to_lowercase(), scheme.to_lowercase());
    OWN.iter().any(|(forms, schemes)| {
        forms.split(' ').any(|known| form.contains(&known.to_lowercase()))
            && schemes.split(' ').any(|begin| scheme.starts_with(&begin.to_lowercase()))
    })
}

impl Maker {
    pub fn new(seed: u64) -> Maker {
        Maker { random: Random(seed), schemes: Vec::new() }
    }

    /// A text for a form; every other time one that begins as its strings do.
    pub fn text(&mut self, own: &[&'static str]) -> String {
        self.schemes = if own.is_empty() || self.random.one_in(3) { SCHEMES.to_vec() } else { own.to_vec() };
        let bare = match self.random.below(12) {
            0..=3 => self.url(),
            4 => self.words(),
            5 | 6 => self.pairs(),
            7 => self.easy(),
            8 => self.descriptor(),
            9 => self.list(),
            10 => self.go(),
            _ => self.jdbc(),
        };
        self.wrap(bare)
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        self.random.pick(from)
    }

    /// A canary as it stands in an address, now and then with a character that has to be encoded.
    fn secret(&mut self) -> String {
        let (before, after) = (self.pick(SPICE), self.pick(SPICE));
        if self.random.one_in(5) { [before, CANARY, after].concat() } else { CANARY.to_owned() }
    }

    /// A canary in a value of pairs, in the quotes that may stand there.
    fn quoted(&mut self) -> String {
        let secret = self.secret();
        let (open, close) = [("", ""), ("", ""), ("'", "'"), ("\"", "\""), ("{", "}")][self.random.below(5)];
        [open, &secret, close].concat()
    }

    fn host(&mut self) -> String {
        if self.random.one_in(3) {
            [self.pick(HOSTS), self.pick(PORTS)].concat()
        } else {
            self.pick(&["h", "db.example.com:5432", "127.0.0.1:1"]).to_owned()
        }
    }

    fn login(&mut self) -> String {
        match self.random.below(6) {
            0 => String::new(),
            1 => [self.pick(USERS), "@"].concat(),
            2 => [":", &self.secret(), "@"].concat(),
            _ => [self.pick(USERS), ":", &self.secret(), "@"].concat(),
        }
    }

    /// A parameter. Only its name may be shown, where a row takes it.
    fn param(&mut self) -> String {
        match self.random.below(8) {
            0..=2 => self.pick(KNOWN).to_owned(),
            3 | 4 => [self.pick(SECRET_NAMES), "=", &self.secret()].concat(),
            5 => [self.pick(UNKNOWN_NAMES), "=", &self.secret()].concat(),
            6 => [CANARY, "=1"].concat(),
            _ => CANARY.to_owned(),
        }
    }

    fn params(&mut self, between: &str) -> String {
        let many = self.random.below(4);
        (0..many).map(|_| self.param()).collect::<Vec<_>>().join(between)
    }

    fn query(&mut self) -> String {
        let between = self.pick(&["&", "&", "&", ";"]);
        match (self.params(between), self.pick(&["?", "?", "?", ";", "#"])) {
            (params, _) if params.is_empty() => params,
            (params, "?") => ["?", &params].concat(),
            // Some dialects take the last of these marks for the end of the password.
            (params, begin) => [begin, &params.replace('@', "%40")].concat(),
        }
    }

    fn url(&mut self) -> String {
        let scheme = self.schemes[self.random.below(self.schemes.len())];
        let mut text = [
            scheme,
            self.pick(&["://", "://", "://", "://", "://", "://", "://", "://", "://", ":", ":/"]),
            &self.login(),
            &self.host(),
        ]
        .concat();
        while self.random.one_in(8) {
            let login = if self.random.one_in(4) { self.login() } else { String::new() };
            text += &[",", &login, &self.host()].concat();
        }
        if self.random.one_in(2) {
            text += &["/", self.pick(DATABASES)].concat();
        }
        text += &self.query();
        if self.random.one_in(10) {
            text += &["#", CANARY].concat();
        }
        text
    }

    /// `jdbc:` with its credentials behind the address.
    fn jdbc(&mut self) -> String {
        let product = self.pick(&[
            "mysql",
            "mariadb",
            "postgresql",
            "redshift",
            "sqlserver",
            "ch",
            "clickhouse:https",
            "snowflake",
            "sap",
            "vertica",
            "opengauss",
            "h2",
            "db2",
        ]);
        let between = self.pick(&[";", "&"]);
        let begin = if between == ";" { self.pick(&[";", ":"]) } else { "?" };
        let database =
            if self.random.one_in(2) { ["/", self.pick(DATABASES)].concat() } else { String::new() };
        let mut params = [
            self.pick(&["user=u", "USER=u", "UID=u", "databaseName=d"]).to_owned(),
            self.param(),
            [self.pick(SECRET_NAMES), "=", &self.quoted()].concat(),
            self.param(),
        ];
        let place = self.random.below(params.len());
        params.swap(0, place);
        if product != "sqlserver" && begin != "?" {
            // What stands before the last of these marks is a user and a password.
            params.iter_mut().for_each(|param| *param = param.replace('@', "%40"));
        }
        ["jdbc:", product, "://", &self.host(), &database, begin, &params.join(between)].concat()
    }

    /// libpq's words.
    fn words(&mut self) -> String {
        let mut words = vec!["host=h".to_owned()];
        for _ in 0..=self.random.below(5) {
            words.push(match self.random.below(6) {
                0 => ["password=", &self.quoted()].concat(),
                1 => [self.pick(SECRET_NAMES), self.pick(&["=", " = "]), &self.quoted()].concat(),
                2 => [self.pick(UNKNOWN_NAMES), "=", &self.quoted()].concat(),
                3 => self
                    .pick(&[
                        "user=u",
                        "dbname=d",
                        "port=1",
                        "dbname='my d'",
                        "sslmode=disable",
                        "hostaddr=127.0.0.1",
                    ])
                    .to_owned(),
                4 => [CANARY, "=x"].concat(),
                _ => CANARY.to_owned(),
            });
        }
        // A word alone is a host.
        if words.len() > 2 && self.random.one_in(3) {
            words[0] = "dbname=d".to_owned();
        }
        words.join(self.pick(&[" ", " ", "\n", "  "]))
    }

    /// ADO.NET's and ODBC's pairs.
    fn pairs(&mut self) -> String {
        let mut pairs = vec![
            [
                self.pick(&[
                    "Server",
                    "Host",
                    "Data Source",
                    "SERVER",
                    "Address",
                    "DSN",
                    "Driver={ODBC Driver 18 for SQL Server};Server",
                ]),
                "=",
                self.pick(&["tcp:", "", "", ""]),
                &self.host(),
            ]
            .concat(),
        ];
        for _ in 0..=self.random.below(6) {
            pairs.push(match self.random.below(8) {
                0 => ["Password=", &self.quoted()].concat(),
                1 => ["Pwd=", &self.quoted()].concat(),
                2 => [self.pick(SECRET_NAMES), self.pick(&["=", " = "]), &self.quoted()].concat(),
                3 => [self.pick(UNKNOWN_NAMES), "=", &self.quoted()].concat(),
                4 => self
                    .pick(&[
                        "Uid=u",
                        "User ID=u",
                        "Username=u",
                        "Database=d",
                        "Initial Catalog=d",
                        "Port=1",
                        "Trusted_Connection=True",
                        "Encrypt=True",
                        "SslMode=Required",
                        "Pooling=true",
                        "Database='my d'",
                    ])
                    .to_owned(),
                5 => [CANARY, "=x"].concat(),
                6 => ["Application Name=", &self.quoted()].concat().replace(CANARY, "shop"),
                _ => CANARY.to_owned(),
            });
        }
        let end = self.pick(&["", ";", ";;", "; "]);
        [&pairs.join(self.pick(&[";", ";", "; ", ";\n"])), end].concat()
    }

    /// Oracle's `user/password@place`.
    fn easy(&mut self) -> String {
        let begin = self.pick(&["", "", "jdbc:oracle:thin:", "jdbc:oracle:oci:", "sqlplus "]);
        let login = match self.random.below(4) {
            0 => [self.pick(&["u", "scott", "\"u\"", "u[v]"]), "/\"", &self.secret(), "\""].concat(),
            1 => ["/", &self.secret()].concat(),
            _ => [self.pick(&["u", "scott", "\"u\"", "u[v]"]), "/", &self.secret()].concat(),
        };
        let place = [
            self.pick(&["//", "", "tcps://", "tcp://"]),
            &self.host(),
            self.pick(&["/s", ":ORCL", "/s:dedicated/i", "", "/s:pooled"]),
        ]
        .concat();
        // The last of these marks ends the password.
        let query = self.query().replace('@', "%40");
        [begin, &login, "@", &place, &query].concat()
    }

    fn descriptor(&mut self) -> String {
        let name =
            self.pick(&["", "", "SHOP =\n", "jdbc:oracle:thin:@", "u/cana7y@", "jdbc:oracle:thin:u/cana7y@"]);
        let odd = match self.random.below(4) {
            0 => ["(SECURITY=(", self.pick(SECRET_NAMES), "=", &self.secret(), "))"].concat(),
            1 => ["(", self.pick(UNKNOWN_NAMES), "=", &self.secret(), ")"].concat(),
            2 => ["(cana7y=1)", self.pick(&["", "cana7y"])].concat(),
            _ => String::new(),
        };
        let odd = odd.replace('@', "a");
        let (address, data) = if self.random.one_in(2) { (odd.as_str(), "") } else { ("", odd.as_str()) };
        [
            name,
            "(DESCRIPTION=(ADDRESS=(PROTOCOL=tcp)(HOST=h)(PORT=1)",
            address,
            ")(CONNECT_DATA=(",
            self.pick(&["SERVICE_NAME", "SID"]),
            "=s)",
            data,
            "))",
        ]
        .concat()
    }

    /// Several hosts, with what some clients put behind them.
    fn list(&mut self) -> String {
        let mut items = vec![
            [
                self.pick(&["", "", "SASL_SSL://", "PLAINTEXT://", "x://", "u:cana7y@", "SSL://u:cana7y@"]),
                &self.host(),
            ]
            .concat(),
        ];
        for _ in 0..self.random.below(4) {
            items.push(match self.random.below(4) {
                0 => [self.pick(SECRET_NAMES), "=", &self.secret()].concat(),
                1 => [self.pick(UNKNOWN_NAMES), "=", &self.secret()].concat(),
                2 => self.pick(&["ssl=true", "abortConnect=false", "defaultDatabase=1", "user=u"]).to_owned(),
                _ => self.host(),
            });
        }
        items.join(self.pick(&[",", ",", ", ", ";"]))
    }

    fn go(&mut self) -> String {
        let login = match self.login() {
            login if login.is_empty() => ["u:", &self.secret(), "@"].concat(),
            login => login,
        };
        [
            &login,
            self.pick(&["tcp", "unix", "", "my"]),
            "(",
            &self.host(),
            ")/",
            self.pick(DATABASES),
            &self.query(),
        ]
        .concat()
    }
}
