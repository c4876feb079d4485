// Keeps the page and what it needs on the device, after the page has come and not before; `more` are further addresses.
async function keepPage(scope, more = []) {
  await navigator.serviceWorker.register("/sw.js", { scope });
  const worker = (await navigator.serviceWorker.ready).active;
  const named = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((part) => part.href || part.src);
  worker.postMessage({ page: location.href, parts: [...named, ...more] });
}
