// Answers that wait for a connection. Shared by the form, the kiosk and their service worker.
const THANKS = "/terima-kasih/";
const PATIENCE = 20000; // milliseconds until a connection that says nothing counts as none
// A kiosk has a queue and a cache of its own, so that a form opened on the same device never shows its answers.
export const KIOSK = new URL(self.registration ? self.registration.scope : location.href).pathname.startsWith("/kios/");

// By stamp. Page, other tabs and the worker may send the same one at once: the server keeps one answer per stamp and
// gives each of them the same receipt.
function answers(mode, ask) {
  return new Promise((done, fail) => {
    const opening = indexedDB.open(KIOSK ? "skm.kiosk" : "skm", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("answers", { keyPath: "stamp" });
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const db = opening.result;
      const transaction = db.transaction("answers", mode, { durability: "strict" }); // outlives a power cut
      const request = ask(transaction.objectStore("answers"));
      transaction.oncomplete = () => { db.close(); done(request.result); };
      transaction.onabort = () => { db.close(); fail(transaction.error); };
    };
  });
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

// Sends an answer. It comes back with `thanks` when it is stored, with `refused` when a person has to look at it, and
// as it was when it has to wait: no connection, a busy server, or an answer that somebody in between has given.
export async function send(answer) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const body = new URLSearchParams(answer.fields);
    const reply = await fetch(answer.url, { method: "POST", body, signal: patience.signal, cache: "no-store" });
    if (reply.ok && reply.url.includes(THANKS)) return { ...answer, thanks: reply.url, refused: false };
    return { ...answer, refused: reply.status >= 400 && reply.status < 500 };
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
    if (sent === answer) return; // no connection: the others need not try
    await settle(sent);
  }
}
