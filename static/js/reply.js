// Who has answered a request? Between a device and the server stand proxies, firewalls and the sign-in pages of Wi-Fi
// networks. Only what carries the server's mark is its word; anything else is as good as no connection.
export const isOurs = (reply) => reply.headers.get("SKM-Reply") === "1";
const LATER = [408, 425, 429];
// Whether it is the server's last word; otherwise it asks to be asked again.
export const isFinal = (reply) => isOurs(reply) && reply.status < 500 && !LATER.includes(reply.status);

// What takes longer than some milliseconds has failed: some devices have a store that never answers.
export const inTime = (promise, most = 3000) => Promise.race([
  promise,
  new Promise((_, fail) => { setTimeout(() => fail(new Error(`no answer in ${most} ms`)), most); }),
]);
