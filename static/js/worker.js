// The service worker (/sw.js): stores the form of one counter, or the kiosk, for when there is no connection, and sends
// what waits.
import { KIOSK, isWaiting, sendWaiting, waiting } from "./queue.js";

const shelf = () => caches.open(KIOSK ? "kiosk" : "form");
const path = (address) => new URL(address).pathname;

// Stores one counter's form and what it needs, and removes those of any other counter.
async function keepForm({ page, parts }) {
  const cache = await shelf();
  for (const { url } of await cache.keys()) {
    if (path(url) !== path(page) && !parts.includes(url)) await cache.delete(url);
  }
  // The browser's own copy of the page stays what it is: the back button shows it with its stamp.
  if (!(await cache.match(page))) await cache.add(new Request(page, { cache: "no-store" }));
  for (const part of parts) if (!(await cache.match(part))) await cache.add(part);
}

async function fresh(request) {
  const reply = await fetch(request);
  if (reply.ok) await shelf().then((stored) => stored.put(request.url, reply.clone()));
  return reply;
}

async function newest(request) {
  const cache = await shelf();
  const found = async () => (await cache.match(request.url)) || cache.match(request.url, { ignoreSearch: true });
  try {
    const reply = await fresh(request);
    // A kiosk that starts again while the survey is closed or the server is down still opens; the page itself says what is wrong.
    return !reply.ok && KIOSK ? (await found()) || reply : reply;
  } catch (failure) {
    const page = await found();
    if (!page) throw failure;
    return page;
  }
}

// A form that could not be sent comes back; its draft brings the answers.
async function sentOrBack(request) {
  try {
    return await fetch(request);
  } catch {
    const address = new URL(request.url);
    address.searchParams.delete("kirim");
    address.searchParams.delete("bahasa");
    return Response.redirect(address.href, 303);
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(keepForm(event.data).catch(() => {})));
self.addEventListener("sync", (event) => event.waitUntil(sendAgain()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") {
    event.respondWith(request.method === "POST" ? sentOrBack(request) : newest(request));
  } else if (request.method === "GET" && request.url.startsWith(self.registration.scope)) {
    event.respondWith(fresh(request)); // a kiosk asks for the present state, and has its own copy
  } else if (request.method === "GET" && /^\/(static|bundles)\//.test(path(request.url))) {
    event.respondWith(shelf().then((cache) => cache.match(request)).then((found) => found || fetch(request)));
  }
});
async function sendAgain() {
  await sendWaiting();
  // After a failure the browser tries again later.
  if ((await waiting()).some(isWaiting)) throw new Error("still waiting");
}
