// Answers that wait for a connection. Shared by the form, the kiosk and their service worker.
import { inTime, isFinal, isOurs } from "./reply.js";

const THANKS = "/terima-kasih/";
const PATIENCE = 20000; // milliseconds until a connection that says nothing counts as none
// A kiosk has a queue and a cache of its own, so that a form opened on the same device never shows its answers.
export const KIOSK = new URL(self.registration ? self.registration.scope : location.href).pathname.startsWith("/kios/");
const NAME = KIOSK ? "skm.kiosk" : "skm";

function open() {
  return new Promise((done, fail) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("answers", { keyPath: "stamp" });
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => done(opening.result);
  });
}
// A store without its table holds nothing and takes nothing: a new one is made.
async function openWhole() {
  const db = await open();
  if (db.objectStoreNames.contains("answers")) return db;
  db.close();
  await new Promise((done) => { indexedDB.deleteDatabase(NAME).onsuccess = done; });
  return open();
}
// By stamp. Page, other tabs and the worker may send the same one at once: the server keeps one answer per stamp and
// gives each of them the same receipt.
async function answers(mode, ask) {
  const db = await inTime(openWhole());
  return inTime(new Promise((done, fail) => {
    const transaction = db.transaction("answers", mode, { durability: "strict" }); // outlives a power cut
    const request = ask(transaction.objectStore("answers"));
    transaction.oncomplete = () => done(request.result);
    transaction.onabort = () => fail(transaction.error);
  })).finally(() => db.close());
}
export const waiting = () => answers("readonly", (store) => store.getAll());
export const keep = (answer) => answers("readwrite", (store) => store.put(answer));
// Records what became of an answer, unless another tab has already done so.
const mark = (answer) => answers("readwrite", (store) => {
  const known = store.get(answer.stamp);
  known.onsuccess = () => known.result && isWaiting(known.result) && store.put(answer);
  return known;
});
export const drop = (answer) => answers("readwrite", (store) => store.delete(answer.stamp));
// Whoever answered at a kiosk has left, so no receipt is stored there.
const settle = (sent) => (KIOSK && sent.thanks ? drop(sent) : mark(sent));

// What is sent: the fields, how many seconds ago the person opened the form, how many it took until the button was
// pressed, and the time by the device. The stamp may be days older, where the page was stored on the device.
export function fieldsOf(answer) {
  const since = (from, to) => Math.round((to - from) / 1000);
  const now = Date.now();
  const told = { ago: since(answer.opened, now), took: since(answer.opened, answer.pressed), clock: since(0, now) };
  const known = Object.entries(told).filter(([, seconds]) => answer.opened && seconds >= 0);
  return [...answer.fields, ...known.map(([name, seconds]) => [name, String(seconds)])];
}

// Sends an answer. It comes back with `thanks` when it is stored, with `refused` when a person has to look at it, and
// unchanged when it has to wait: the same object where the server was not reached, a copy where it asks to try again.
export async function send(answer) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const body = new URLSearchParams(fieldsOf(answer));
    const reply = await fetch(answer.url, { method: "POST", body, signal: patience.signal, cache: "no-store" });
    if (reply.ok && isOurs(reply) && reply.url.includes(THANKS)) return { ...answer, thanks: reply.url, refused: false };
    return isOurs(reply) ? { ...answer, refused: isFinal(reply) } : answer;
  } catch {
    return answer;
  } finally {
    clearTimeout(timer);
  }
}

// Sends all that waits, except what a person has to look at.
export const isWaiting = (answer) => !answer.thanks && !answer.refused;
export async function sendWaiting() {
  for (const answer of (await waiting()).filter(isWaiting)) {
    const sent = await send(answer);
    if (sent === answer) return; // the others would not get there either
    await settle(sent);
  }
}
// Lets what was refused wait again, as if nobody had looked at it yet.
export async function sendRefused() {
  for (const answer of (await waiting()).filter((each) => each.refused)) await keep({ ...answer, refused: false });
  await sendWaiting();
}
