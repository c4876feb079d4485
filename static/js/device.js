// The device itself: registered by an officer's code, and what it says of itself when it asks for fresh pages.
import { byId, parsed, partsOf } from "./page.js";
import { waiting } from "./queue.js";
import { isOurs } from "./reply.js";

// The secret comes as a cookie that no script reads. The page is asked for again: its stamp then names the device.
export async function register() {
  const form = byId("register");
  const say = (words) => { byId("register-wrong").textContent = words; };
  say(""); // a screen reader repeats the same words only after they were gone
  const body = new URLSearchParams(new FormData(form));
  const reply = await fetch(form.action, { method: "POST", body, cache: "no-store" }).catch(() => null);
  if (!reply || !isOurs(reply)) return say("Tidak ada sambungan ke server. Coba lagi.");
  if (!reply.ok) return say((await parsed(reply)).querySelector("main p").textContent);
  await navigator.storage?.persist?.().catch(() => {}); // so that no browser short of space clears what waits
  location.reload();
}
// Which script it runs, and how many answers wait on it.
export async function told() {
  const script = new URL(partsOf(document).find((part) => part.includes(".js")));
  const all = await waiting().catch(() => []);
  return { "SKM-Version": script.searchParams.get("v"), "SKM-Waiting": String(all.length) };
}
