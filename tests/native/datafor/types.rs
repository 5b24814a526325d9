//! What each of Datafor's types sends, and what is its own.

use jackfield::form::Form;
use serde_json::{Value, json};

use super::{ENTRY, example, example_record, faults, four_sizes, keeps, opened, page, sent, step};
use crate::common::{from_engine, json, shipped, to_engine};

#[test]
fn mysql_begins_with_its_options_and_the_readers_time_zone() {
    let values = json!({ "name": "m", "hostname": "h", "databaseName": "d", "username": "u" });
    let body = sent(&opened("MYSQL", "create", &Value::Null, values));
    keeps("add", &body);
    let options = json!({
        "MYSQL.databaseTerm": "schema", "MYSQL.useSSL": "false", "MYSQL.useUnicode": "true", "MYSQL.characterEncoding": "utf8",
        "MYSQL.serverTimezone": "Australia/Melbourne"
    });
    assert_eq!(body["extraOptions"], options);
    let order: Value = options
        .as_object()
        .unwrap()
        .keys()
        .enumerate()
        .map(|(row, name)| (row.to_string(), json!(name)))
        .collect();
    assert_eq!(body["extraOptionsOrder"], order);
    let plain = json!({ "name": "p", "hostname": "h", "databaseName": "d", "username": "u" });
    let body = sent(&opened("POSTGRESQL", "create", &Value::Null, plain));
    assert_eq!((&body["extraOptions"], &body["extraOptionsOrder"]), (&json!({}), &json!({})));
    let pool = json!({ "initialSize": "5", "maxActive": "200", "maxIdle": "20", "minIdle": "5", "validationQuery": "select 1", "testOnBorrow": "true" });
    assert_eq!(body["connectionPoolingProperties"], pool);
}

#[test]
fn a_pool_parameter_is_switched_and_judged_by_its_name() {
    let mut form = opened("POSTGRESQL", "create", &Value::Null, example());
    let names: Vec<Value> = json("catalog/datafor/api.json")["sections"]["pooling"]["fields"][1]["preset"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!(names.len(), 20);
    let row = |name: &str, value: &str| json!({ "on": true, "name": name, "value": value });
    for (name, value, code) in [
        ("maxIdle", "many", "integer"),
        ("maxWait", "1.5", "integer"),
        ("testOnBorrow", "yes", "format_boolean"),
        ("minIdle", "", "required"),
    ] {
        step(
            &mut form,
            json!({ "do": "set", "field": "connectionPoolingProperties", "value": [row(name, value)] }),
        );
        let expected =
            json!({ "field": "connectionPoolingProperties", "level": "error", "row": 0, "column": "value" });
        let mut told = faults(&form)[0].clone();
        assert_eq!(told.as_object_mut().unwrap().remove("code").unwrap(), code, "{name}");
        assert_eq!(told, expected);
    }
    step(&mut form, json!({ "do": "set", "field": "connectionPoolingProperties", "value": four_sizes() }));
    step(
        &mut form,
        json!({ "do": "set", "field": "connectionPoolingProperties", "row": 3, "column": "on", "value": false }),
    );
    step(&mut form, json!({ "do": "set", "field": "usingConnectionPool", "value": false }));
    let body = sent(&form);
    let kept = json!({ "initialSize": "5", "maxActive": "200", "maxIdle": "20" });
    assert_eq!((&body["usingConnectionPool"], &body["connectionPoolingProperties"]), (&json!(false), &kept));
}

#[test]
fn a_generic_connection_is_a_url_and_a_driver_class() {
    let values = json!({ "name": "g", "CUSTOM_URL": "jdbc:derby://localhost:1527/x", "CUSTOM_DRIVER_CLASS": "org.apache.derby.Driver", "username": "u" });
    let body = sent(&opened("GENERIC", "create", &Value::Null, values));
    keeps("add", &body);
    let attributes = json!({
        "CUSTOM_URL": "jdbc:derby://localhost:1527/x", "CUSTOM_DRIVER_CLASS": "org.apache.derby.Driver", "driverId": "", "PORT_NUMBER": ""
    });
    assert_eq!((&body["attributes"], &body["CUSTOM_URL"]), (&attributes, &attributes["CUSTOM_URL"]));
    assert_eq!((&body["hostname"], &body["databaseType"]["defaultDatabasePort"]), (&json!(""), &json!("-1")));
    let mut record = body.clone();
    record["id"] = json!("1");
    for member in ["CUSTOM_URL", "CUSTOM_DRIVER_CLASS", "PORT_NUMBER", "driverId"] {
        record.as_object_mut().unwrap().remove(member);
    }
    record["databaseType"]["defaultDatabasePort"] = json!(-1);
    let saved = sent(&opened("GENERIC", "update", &record, Value::Null));
    keeps("update", &saved);
    assert_eq!((&saved["CUSTOM_URL"], &saved["attributes"]), (&attributes["CUSTOM_URL"], &attributes));
    let mut form = opened("GENERIC", "update", &record, Value::Null);
    step(&mut form, json!({ "do": "set", "field": "CUSTOM_URL", "value": "http://localhost" }));
    assert_eq!(faults(&form)[0]["field"], "CUSTOM_URL");
}

#[test]
fn the_instance_of_a_sql_server_is_read_where_a_list_has_it() {
    let mut record = example_record();
    record["databaseType"] =
        json!({ "name": "MS SQL Server (Native)", "shortName": "MSSQLNative", "defaultDatabasePort": 1433 });
    record["sqlserverInstance"] = json!("north");
    record["extraOptions"] = json!({});
    record["extraOptionsOrder"] = json!({});
    let entry = shipped(ENTRY);
    assert_eq!(entry.identify(&to_engine(&record)).unwrap(), "MSSQLNATIVE");
    let body = sent(&opened("MSSQLNATIVE", "update", &record, Value::Null));
    keeps("update", &body);
    assert_eq!((&body["SQLServerInstance"], body.get("sqlserverInstance")), (&json!("north"), None));
    record["extraOptions"] = json!({ "MSSQL.instance": "south" });
    assert_eq!(sent(&opened("MSSQLNATIVE", "update", &record, Value::Null))["SQLServerInstance"], "south");
}

#[test]
fn a_sql_server_may_sign_in_by_itself() {
    let values = json!({ "name": "s", "hostname": "h", "databaseName": "d", "attributes.MSSQLUseIntegratedSecurity": "true" });
    let body = sent(&opened("MSSQLNATIVE", "create", &Value::Null, values));
    keeps("add", &body);
    assert_eq!((&body["username"], &body["password"]), (&json!(""), &json!("")));
    assert_eq!(
        body["attributes"],
        json!({ "PORT_NUMBER": "1433", "driverId": "mssqlnative", "MSSQLUseIntegratedSecurity": "true" })
    );
    let mut form = opened(
        "MSSQLNATIVE",
        "create",
        &Value::Null,
        json!({ "name": "s", "hostname": "h", "databaseName": "d" }),
    );
    assert_eq!(faults(&form)[0]["field"], "username");
    step(&mut form, json!({ "do": "set", "field": "SQLServerInstance", "value": "north" }));
    step(&mut form, json!({ "do": "set", "field": "username", "value": "sa" }));
    assert_eq!(sent(&form)["SQLServerInstance"], "north");
}

#[test]
fn options_are_named_once_and_for_their_database() {
    let mut form = opened("ORACLE", "create", &Value::Null, example());
    let rows = |names: [&str; 2]| {
        names.map(|name| json!({ "name": name, "value": "1" })).into_iter().collect::<Value>()
    };
    step(&mut form, json!({ "do": "set", "field": "extraOptions", "value": rows(["a.b", "c"]) }));
    let body = sent(&form);
    keeps("add", &body);
    assert_eq!(body["extraOptions"], json!({ "ORACLE.a.b": "1", "ORACLE.c": "1" }));
    assert_eq!(body["extraOptionsOrder"], json!({ "0": "ORACLE.a.b", "1": "ORACLE.c" }));
    step(&mut form, json!({ "do": "set", "field": "extraOptions", "value": rows(["c", "c"]) }));
    let told = &faults(&form)[0];
    assert_eq!((&told["field"], &told["code"]), (&json!("extraOptions"), &json!("duplicate")));
}

/// What a form needs beside the defaults, for any type.
fn enough(form: &Form) -> Value {
    let values = json!({
        "name": "one", "hostname": "db.example", "databaseName": "d", "databasePort": "1", "username": "u", "driverId": "driver",
        "CUSTOM_URL": "jdbc:x:y", "CUSTOM_DRIVER_CLASS": "x.Y", "databaseType.shortName": "SHORT", "databaseType.name": "Long",
        "databaseType.defaultDatabasePort": "7"
    });
    let missing: Vec<String> = form
        .faults()
        .iter()
        .filter(|fault| fault.code.as_str() == "required")
        .map(|fault| fault.field.clone())
        .collect();
    values
        .as_object()
        .unwrap()
        .iter()
        .filter(|(field, _)| missing.contains(field))
        .map(|(field, value)| (field.clone(), value.clone()))
        .collect()
}

#[test]
fn every_documented_database_has_a_type_that_sends_what_is_known_of_it() {
    let documented = json("tests/data/datafor/types.json");
    let entry = shipped(ENTRY);
    assert_eq!(documented.as_array().unwrap().len(), entry.types().len());
    for known in documented.as_array().unwrap() {
        let id = known["key"].as_str().unwrap();
        let cell = |name: &str| known[name]["value"].clone();
        assert_eq!(from_engine(entry.describe(id).unwrap())["title"], cell("title"), "{id}");
        for operation in ["create", "test"] {
            let asked = enough(&opened(id, operation, &Value::Null, json!({})));
            let body = sent(&opened(id, operation, &Value::Null, asked.clone()));
            let judged = if operation == "test" { as_saved(&body) } else { body.clone() };
            keeps(page(operation), &judged);
            let kind = &body["databaseType"];
            assert_eq!(kind.as_object().unwrap().len(), if operation == "create" { 3 } else { 6 }, "{id}");
            // What is known is sent, and what is not is asked for.
            let known_or =
                |value: Value, field: &str| if value.is_null() { asked[field].clone() } else { value };
            assert_eq!(kind["shortName"], known_or(cell("shortName"), "databaseType.shortName"), "{id}");
            assert_eq!(kind["name"], known_or(cell("name"), "databaseType.name"), "{id}");
            let port =
                known_or(cell("port"), "databaseType.defaultDatabasePort").to_string().replace('"', "");
            assert_eq!(
                kind["defaultDatabasePort"],
                if operation == "create" {
                    json!(port)
                } else {
                    port.parse::<i64>().map(Value::from).unwrap()
                },
                "{id}"
            );
            if operation == "test" {
                assert_eq!(
                    kind["extraOptionsHelpUrl"],
                    if cell("extraOptionsHelpUrl").is_null() {
                        json!("")
                    } else {
                        cell("extraOptionsHelpUrl")
                    },
                    "{id}"
                );
            }
            let drivers = cell("driverIds");
            let usual = drivers
                .as_array()
                .into_iter()
                .flatten()
                .find(|driver| driver["default"] != json!(false))
                .map(|driver| driver["id"].clone());
            assert_eq!(
                body["driverId"],
                usual.unwrap_or_else(|| asked.get("driverId").cloned().unwrap_or_else(|| json!(""))),
                "{id}"
            );
        }
        if !cell("shortName").is_null() {
            let record = json!({ "databaseType": { "shortName": cell("shortName") } });
            assert_eq!(entry.identify(&to_engine(&record)).unwrap(), id);
        }
    }
}

/// A test of what is not saved has no id, which its page cannot say.
fn as_saved(body: &Value) -> Value {
    let mut body = body.clone();
    assert_eq!(body["id"], Value::Null);
    body["id"] = json!("1");
    body
}

#[test]
fn every_type_is_edited_from_its_own_list_entry() {
    for known in json("tests/data/datafor/types.json").as_array().unwrap() {
        let id = known["key"].as_str().unwrap();
        let asked = enough(&opened(id, "test", &Value::Null, json!({})));
        let mut record = as_saved(&sent(&opened(id, "test", &Value::Null, asked)));
        let sent_only = ["CUSTOM_URL", "CUSTOM_DRIVER_CLASS", "PORT_NUMBER", "driverId", "SQLServerInstance"];
        sent_only.iter().for_each(|member| drop(record.as_object_mut().unwrap().remove(*member)));
        record["sqlserverInstance"] = Value::Null;
        let body = sent(&opened(id, "update", &record, Value::Null));
        keeps("update", &body);
        assert_eq!(sent(&opened(id, "update", &body, Value::Null)), body, "{id}");
        keeps("add", &sent(&opened(id, "create", &record, json!({ "name": "copy" }))));
    }
}
