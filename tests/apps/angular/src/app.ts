import { CUSTOM_ELEMENTS_SCHEMA, Component, InjectionToken, inject, signal } from "@angular/core";
import type { Jackfield, JackfieldChangeEvent, JackfieldSuccessEvent, Transport } from "jackfield";
import { answer } from "../show.js";

export const ENGINE = new InjectionToken<Jackfield>("engine");

@Component({
  selector: "app-root",
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    @if (shown()) {
      <jackfield-form
        [jackfield]="engine" type="postgres" base-url="https://api.example.com" [settings]="{ team_id: team() }" [values]="values"
        [transport]="transport" (jackfield-success)="save($event)" (jackfield-change)="note($event)"
      ></jackfield-form>
    }
    <button type="button" (click)="shown.set(!shown())">{{ shown() ? "Hide" : "Show" }}</button>
    <button type="button" (click)="team.set(2)">Team 2</button>
    <output id="team">{{ team() }}</output>
    <output id="sent">{{ sent() }}</output>
    <output id="saved">{{ saved() }}</output>
    <output id="changed">{{ changed() }}</output>
    <output id="heard">{{ heard() }}</output>
  `,
})
export class App {
  readonly engine = inject(ENGINE);
  readonly values = { username: "reporter" };
  readonly shown = signal(true);
  readonly team = signal(1);
  readonly sent = signal("");
  readonly saved = signal("");
  readonly changed = signal("");
  readonly heard = signal(0);

  readonly transport: Transport = async (plan) => {
    this.sent.set(plan.url);
    return answer(plan);
  };

  // The template is checked against these: an event of another type would be an error.
  save({ connection }: JackfieldSuccessEvent) {
    this.saved.set(`${connection?.id} ${connection?.name}`);
  }

  note({ field, dirty }: JackfieldChangeEvent) {
    this.changed.set(`${field} ${dirty}`);
    this.heard.update((before) => before + 1);
  }
}
