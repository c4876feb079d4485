// The service worker (/sw.js): stores the form of one counter, or the kiosk, for when there is no connection, and sends
// what waits.
import { KIOSK, isWaiting, sendWaiting, waiting } from "./queue.js";
import { inTime, isFinal, isOurs } from "./reply.js";

const shelf = () => inTime(caches.open(KIOSK ? "kiosk" : "form"));
const path = (address) => new URL(address).pathname;
const isPart = (address) => /^\/(static|bundles)\//.test(path(address));

// The addresses of the styles and scripts of a page.
const partsIn = (text) => [...text.matchAll(/<(?:link rel="stylesheet" href|script type="module" src)="([^"]+)"/g)]
  .map(([, address]) => new URL(address.replaceAll("&amp;", "&"), self.location.origin).href);

// The parts that are not stored yet, each with its reply; null where one does not come.
async function missing(cache, parts) {
  const came = await Promise.all(parts.map(async (part) => {
    if (await cache.match(part)) return [];
    const reply = await inTime(fetch(part), 10000).catch(() => null);
    return reply && reply.ok && isOurs(reply) ? [part, reply] : null;
  }));
  return came.every(Boolean) ? came.filter(([part]) => part) : null;
}

// Stores a page together with its parts, or neither: a page of a new release whose parts do not come would lie there
// without its script, and the old one be gone. Whether both are there; a reply that is not ours is not stored.
async function put(address, reply) {
  if (!reply.ok || !isOurs(reply)) return false;
  const copy = reply.clone();
  const [cache, text] = [await shelf(), await reply.clone().text()];
  const parts = await missing(cache, partsIn(text));
  if (!parts) return false;
  for (const [part, its] of parts) await cache.put(part, its);
  await cache.put(address, copy);
  return true;
}

// Stores pages of one counter, and removes those of any other counter, and the parts that no page asks for any more.
async function keepPages(pages) {
  const cache = await shelf();
  for (const { url } of await cache.keys()) {
    if (!isPart(url) && !pages.some((page) => path(page) === path(url))) await cache.delete(url);
  }
  for (const page of pages) {
    // The browser's own copy of the page stays what it is: the back button shows it with its stamp.
    if (!(await cache.match(page))) await put(page, await fetch(page, { cache: "no-store" }));
  }
  const all = await cache.keys();
  const texts = await Promise.all(all.filter(({ url }) => !isPart(url)).map(async ({ url }) => (await cache.match(url)).text()));
  const needed = texts.flatMap(partsIn);
  for (const { url } of all) if (isPart(url) && !needed.includes(url)) await cache.delete(url);
}

// The stored page of an address, or that of the same counter in another language.
const stored = (address) => shelf()
  .then(async (cache) => (await cache.match(address)) || cache.match(address, { ignoreSearch: true }))
  .catch(() => undefined);

// The present page, or the stored one where the server is not reached, does not answer, or has a new page whose parts do
// not come. A kiosk that starts again while the survey is closed opens too; the page itself says what is wrong.
async function newest(request) {
  const reply = await fetch(request).catch(() => null);
  if (reply?.type === "opaqueredirect") return reply;
  const whole = reply && await put(request.url, reply).catch(() => true); // a store that fails takes no page away
  if (reply && isFinal(reply) && (reply.ok ? whole : !KIOSK)) return reply;
  return (await stored(request.url)) || reply || Response.error();
}

// For the page's own look at the present state.
async function looked(request) {
  const reply = await fetch(request);
  await put(request.url, reply).catch(() => {});
  return reply;
}

// A form that could not be sent comes back; its draft brings the answers.
async function sentOrBack(request) {
  const reply = await fetch(request).catch(() => null);
  if (reply && (isOurs(reply) || reply.type === "opaqueredirect")) return reply;
  const address = new URL(request.url);
  address.searchParams.delete("kirim");
  address.searchParams.delete("bahasa");
  return Response.redirect(address.href, 303);
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(keepPages(event.data.pages).catch(() => {})));
self.addEventListener("sync", (event) => event.waitUntil(sendAgain()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") {
    event.respondWith(request.method === "POST" ? sentOrBack(request) : newest(request));
  } else if (request.method === "GET" && request.url.startsWith(self.registration.scope)) {
    event.respondWith(looked(request)); // a kiosk asks for the present state, and has its own copy
  } else if (request.method === "GET" && isPart(request.url)) {
    event.respondWith(shelf().then((cache) => cache.match(request.url)).catch(() => null).then((part) => part || fetch(request)));
  }
});
async function sendAgain() {
  await sendWaiting();
  // After a failure the browser tries again later.
  if ((await waiting()).some(isWaiting)) throw new Error("still waiting");
}
