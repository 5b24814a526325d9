import { Show, createSignal } from "solid-js";
import type { Jackfield, Transport } from "jackfield";
import { answer } from "../show.js";

const values = { username: "reporter" };

/** Properties by their names, and with the prefix that says so; attributes; events. */
export function App(props: { engine: Jackfield }) {
  const [shown, setShown] = createSignal(true);
  const [team, setTeam] = createSignal(1);
  const [sent, setSent] = createSignal("");
  const [saved, setSaved] = createSignal("");
  const [changed, setChanged] = createSignal("");
  const [heard, setHeard] = createSignal(0);

  const transport: Transport = async (plan) => {
    setSent(plan.url);
    return answer(plan);
  };

  return <>
    <Show when={shown()}>
      <jackfield-form
        prop:jackfield={props.engine} type="postgres" base-url="https://api.example.com" prop:settings={{ team_id: team() }} values={values}
        transport={transport}
        on:jackfield-success={({ connection }) => setSaved(`${connection?.id} ${connection?.name}`)}
        on:jackfield-change={({ field, dirty }) => { setChanged(`${field} ${dirty}`); setHeard(heard() + 1); }} />
    </Show>
    <button type="button" onClick={() => setShown(!shown())}>{shown() ? "Hide" : "Show"}</button>
    <button type="button" onClick={() => setTeam(2)}>Team 2</button>
    <output id="team">{team()}</output>
    <output id="sent">{sent()}</output>
    <output id="saved">{saved()}</output>
    <output id="changed">{changed()}</output>
    <output id="heard">{heard()}</output>
  </>;
}
