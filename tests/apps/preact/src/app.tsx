import { useEffect, useRef, useState } from "preact/hooks";
import type { Jackfield, JackfieldFormElement, JackfieldSuccessEvent, Transport } from "jackfield";
import { answer } from "../show.js";

const values = { username: "reporter" };

/** Properties and events in JSX, and one event by hand. */
export function App({ engine }: { engine: Jackfield }) {
  const [shown, setShown] = useState(true);
  const [team, setTeam] = useState(1);
  const [sent, setSent] = useState("");
  const [saved, setSaved] = useState("");
  const [changed, setChanged] = useState("");
  const [heard, setHeard] = useState(0);
  const form = useRef<JackfieldFormElement>(null);

  useEffect(() => {
    const element = form.current;
    const count = () => setHeard((before) => before + 1);
    element?.addEventListener("jackfield-change", count);
    return () => element?.removeEventListener("jackfield-change", count);
  }, [shown]);

  const transport: Transport = async (plan) => {
    setSent(plan.url);
    return answer(plan);
  };
  const save = ({ connection }: JackfieldSuccessEvent) => setSaved(`${connection?.id} ${connection?.name}`);

  return <>
    {shown && <jackfield-form
      ref={form} jackfield={engine} type="postgres" base-url="https://api.example.com" settings={{ team_id: team }} values={values}
      transport={transport} onjackfield-success={save}
      onjackfield-change={({ field, dirty }) => setChanged(`${field} ${dirty}`)} />}
    <button type="button" onClick={() => setShown(!shown)}>{shown ? "Hide" : "Show"}</button>
    <button type="button" onClick={() => setTeam(2)}>Team 2</button>
    <output id="team">{team}</output>
    <output id="sent">{sent}</output>
    <output id="saved">{saved}</output>
    <output id="changed">{changed}</output>
    <output id="heard">{heard}</output>
  </>;
}
