// A page and its service worker, worker.js.

// Stores the page and what it needs on the device, after the page has loaded and not before; `more` are further pages.
export async function savePage(scope, more = []) {
  await navigator.serviceWorker.register("/sw.js", { scope });
  const worker = (await navigator.serviceWorker.ready).active;
  worker.postMessage({ pages: [location.href, ...more] });
}
// Asks the worker to send what waits as soon as there is a connection, where the browser can.
export function sendLater() {
  navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("answers")).catch(() => {});
}
