// The PIN by which an officer ends the kiosk. The device keeps a salted digest of it and nothing else, the server nothing
// at all, so that it works without a connection.
const ITERATIONS = 200000;
const PIN = /^\d{4,8}$/;
const lockKey = `skm.kiosk ${location.pathname}`;

const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
const random = () => hex(crypto.getRandomValues(new Uint8Array(16)));
async function digest(pin, salt) {
  const text = new TextEncoder();
  const known = await crypto.subtle.importKey("raw", text.encode(pin), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: text.encode(salt), iterations: ITERATIONS };
  return hex(await crypto.subtle.deriveBits(how, known, 256));
}

function lock() {
  try { return JSON.parse(localStorage.getItem(lockKey)); } catch { return null; }
}
const keepLock = (found) => localStorage.setItem(lockKey, JSON.stringify(found));
function canLock() {
  try {
    localStorage.setItem("skm.kiosk try", "");
    localStorage.removeItem("skm.kiosk try");
    return Boolean(self.crypto?.subtle);
  } catch { return false; }
}
async function setPin(pin) {
  const salt = random();
  keepLock({ salt, digest: await digest(pin, salt), wrong: 0, until: 0 });
}

// The first two wrong ones may be slips; from the third on each doubles the wait, up to five minutes. What was counted
// outlives a reload.
const delay = (wrong) => (wrong < 3 ? 0 : Math.min(5 * 2 ** (wrong - 3), 300)) * 1000;
// Seconds to wait, or 0 when a PIN may be tried.
const wait = () => Math.max(0, Math.ceil(((lock()?.until || 0) - Date.now()) / 1000));
async function unlock(pin) {
  const found = lock();
  if (!found) return true;
  const wrong = found.wrong + 1;
  keepLock({ ...found, wrong, until: Date.now() + delay(wrong) }); // before it is known: a reload saves nobody a wait
  if ((await digest(pin, found.salt)) !== found.digest) return false;
  localStorage.removeItem(lockKey);
  return true;
}
