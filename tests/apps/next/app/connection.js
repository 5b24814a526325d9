"use client";

import { JackfieldFormElement } from "jackfield";
import bundle from "jackfield/apis/chartbrew";
import { useEffect, useState } from "react";
import { judge } from "../headless.js";
import { answer } from "../show.js";

const settings = { team_id: 1 };

export function Connection() {
  const [ready, setReady] = useState(false);
  const [saved, setSaved] = useState("");
  const [faults, setFaults] = useState("");
  useEffect(() => {
    JackfieldFormElement.shared().then((jackfield) => jackfield.add(bundle)).then(() => setReady(true));
    judge().then((found) => setFaults(JSON.stringify(found)));
  }, []);
  return <>
    {ready && <jackfield-form type="postgres" base-url="https://api.example.com" settings={settings} ref={(form) => { if (form) form.transport = answer; }}
      onjackfield-success={({ connection }) => setSaved(`${connection.id} ${connection.name}`)} />}
    <output id="saved">{saved}</output>
    <output id="headless">{faults}</output>
  </>;
}
