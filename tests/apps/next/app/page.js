import { Connection } from "./connection.js";

export default function Page() {
  return <main><Connection /></main>;
}
