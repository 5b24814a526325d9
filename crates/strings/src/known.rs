//! The parameters that the dialects know and that hold no secret. What stands in no list may be anything.

use crate::parts::Param;
use crate::text::listed;

/// Visits the names of the parameters that a dialect knows.
pub fn each_known(dialect: &str, params: &[Param], visit: &mut dyn FnMut(&str)) {
    for param in params {
        let knows = |(name, list): &(&str, &'static str)| {
            (name.is_empty() || *name == dialect) && listed(list, &param.name).is_some()
        };
        if PARAMETERS.iter().any(knows) {
            visit(&param.name);
        }
    }
}

/// The names by dialect, with blanks between; those that all know come first. Names are compared without case.
const PARAMETERS: &[(&str, &str)] = &[
    ("", "ssl sslmode tls encrypt charset timeout connectTimeout socketTimeout loginTimeout applicationName"),
    #[cfg(feature = "postgres")]
    ("postgres", POSTGRES),
    #[cfg(feature = "postgres")]
    (
        "postgres",
        "currentSchema targetServerType prepareThreshold reWriteBatchedInserts loadBalanceHosts binaryTransfer defaultRowFetchSize tcpKeepAlive \
     stringtype sslfactory assumeMinServerVersion autosave cleanupSavepoints escapeSyntaxCallMode gssEncMode hostRecheckSeconds jaasLogin \
     logUnclosedConnections preferQueryMode preparedStatementCacheQueries preparedStatementCacheSizeMiB protocolVersion readOnly \
     readOnlyMode receiveBufferSize sendBufferSize replication unknownLength schema pgbouncer connection_limit pool_timeout statement_timeout",
    ),
    #[cfg(feature = "mysql")]
    (
        "mysql",
        "useSSL requireSSL verifyServerCertificate serverTimezone connectionTimeZone characterEncoding useUnicode autoReconnect \
     allowPublicKeyRetrieval allowMultiQueries zeroDateTimeBehavior rewriteBatchedStatements useServerPrepStmts cachePrepStmts \
     prepStmtCacheSize prepStmtCacheSqlLimit tinyInt1isBit collation parseTime loc readTimeout writeTimeout ssl-mode ssl-ca ssl-cert \
     compression useCompression maxAllowedPacket connectionCollation sessionVariables useCursorFetch defaultFetchSize nullCatalogMeansCurrent \
     useLegacyDatetimeCode noAccessToProcedureBodies useInformationSchema yearIsDateType multiStatements allowNativePasswords interpolateParams \
     tlsVersions enabledTLSProtocols trustCertificateKeyStoreUrl trustCertificateKeyStoreType localSocket autocommit",
    ),
    #[cfg(feature = "sqlserver")]
    (
        "sqlserver",
        "trustServerCertificate multiSubnetFailover authentication applicationIntent hostNameInCertificate instanceName integratedSecurity \
     responseBuffering selectMethod sendStringParametersAsUnicode lockTimeout queryTimeout packetSize trustStore trustStoreType \
     columnEncryptionSetting disableStatementPooling statementPoolingCacheSize failoverPartner workstationID connectRetryCount \
     connectRetryInterval xopenStates MultipleActiveResultSets driver Trusted_Connection Connection_Timeout PersistSecurityInfo pooling",
    ),
    #[cfg(feature = "oracle")]
    (
        "oracle",
        "sid service_name server ssl_server_dn_match ssl_server_cert_dn wallet_location my_wallet_directory connect_timeout \
     transport_connect_timeout retry_count retry_delay expire_time pool_boundary pool_connection_class pool_purity https_proxy https_proxy_port",
    ),
    #[cfg(feature = "urls")]
    (
        "mongodb",
        "retryWrites retryReads w wtimeoutMS journal readPreference readPreferenceTags readConcernLevel maxStalenessSeconds authSource \
     authMechanism replicaSet tlsInsecure tlsAllowInvalidCertificates tlsAllowInvalidHostnames tlsCAFile tlsCertificateKeyFile appName \
     directConnection loadBalanced maxPoolSize minPoolSize maxConnecting maxIdleTimeMS connectTimeoutMS socketTimeoutMS \
     serverSelectionTimeoutMS heartbeatFrequencyMS localThresholdMS waitQueueTimeoutMS compressors zlibCompressionLevel uuidRepresentation \
     srvMaxHosts srvServiceName gssapiServiceName",
    ),
    #[cfg(feature = "urls")]
    (
        "clickhouse",
        "database secure ssl sslmode compress compression socket_timeout session_id max_execution_time use_server_time_zone use_time_zone custom_http_params connect_timeout dial_timeout max_open_conns",
    ),
];

/// The keys that PostgreSQL's own library knows; there another one is a mistake.
pub const POSTGRES: &str = "application_name channel_binding client_encoding connect_timeout dbname fallback_application_name gssdelegation gssencmode \
gsslib host hostaddr keepalives keepalives_count keepalives_idle keepalives_interval krbsrvname load_balance_hosts max_protocol_version \
min_protocol_version oauth_client_id oauth_client_secret oauth_issuer oauth_scope options passfile password port replication require_auth \
requirepeer scram_client_key scram_server_key service servicefile ssl_max_protocol_version ssl_min_protocol_version sslcert sslcertmode \
sslcompression sslcrl sslcrldir sslkey sslkeylogfile sslmode sslnegotiation sslpassword sslrootcert sslsni target_session_attrs \
tcp_user_timeout user";
