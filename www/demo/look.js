// The look of the page: the package's own, or a theme, which is a stylesheet and nothing else. `?look=ledger` begins with one.
import { byId, make } from "./dom.js";

let theme = null;

/** Shows this look; the page's address keeps it. */
function show(look) {
  theme?.remove();
  theme = look && make("link", { rel: "stylesheet", href: `/looks/${look}.css` });
  if (theme) document.head.append(theme);
  const url = new URL(location.href);
  if (look) url.searchParams.set("look", look);
  else url.searchParams.delete("look");
  history.replaceState(null, "", url);
}

/** Ties the switch to the page. Only looks that it offers are shown. */
export function startLooks() {
  const choice = byId("look");
  choice.addEventListener("change", () => show(choice.value));
  choice.value = new URLSearchParams(location.search).get("look") ?? "";
  if (choice.selectedIndex < 0) choice.value = "";
  if (choice.value) show(choice.value);
}
