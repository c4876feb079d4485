// A long list of services is searched by typing.
import { byId, show } from "./page.js";

export function offerSearch() {
  if (!byId("find-service")) return;
  show("find-service");
  byId("service-words").addEventListener("input", search);
}
function search() {
  const wanted = byId("service-words").value.toLowerCase().split(/\s+/).filter(Boolean);
  const options = [...document.querySelectorAll("#q-service .option")];
  for (const option of options) {
    const text = option.textContent.toLowerCase();
    option.hidden = !option.querySelector(":checked") && !wanted.every((word) => text.includes(word));
  }
  show("service-none", options.every((option) => option.hidden));
}
