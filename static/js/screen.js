// The television looks for newer figures by itself. Without a connection it keeps showing the last ones and says since when.
import { byId, parsed } from "./page.js";
import { isFinal } from "./reply.js";

const wait = Number(document.body.dataset.refresh) * 1000;
let since = null; // the moment of the first look that failed

async function look() {
  const reply = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  if (!reply || !isFinal(reply)) return stale();
  const page = await parsed(reply);
  const main = page.querySelector("main");
  if (!main) return stale();
  since = null;
  document.title = page.title;
  // Also where the code was replaced or the counter closed: the page says so, and goes on looking.
  document.querySelector("main").replaceWith(main);
}

function stale() {
  if (!byId("stale")) return; // only words are shown, no figures of a day
  since = since || new Date();
  byId("since").textContent = since.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  byId("stale").hidden = false;
}

setInterval(() => look().catch(stale), wait);
