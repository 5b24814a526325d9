// Writes how long each test took to the file that JACKFIELD_TIMES names, a line each: seconds, a tab, project › file › title.
import { appendFileSync, writeFileSync } from "node:fs";

const file = process.env.JACKFIELD_TIMES;

export default class Times {
  onBegin() {
    writeFileSync(file, "");
  }

  onTestEnd(test, { duration }) {
    appendFileSync(file, `${(duration / 1000).toFixed(1)}\t${test.titlePath().filter(Boolean).join(" › ")}\n`);
  }

  /** The list is printed beside it. */
  printsToStdio() {
    return false;
  }
}
