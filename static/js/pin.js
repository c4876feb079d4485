// The PIN by which an officer ends the kiosk. The device keeps a salted digest of it and nothing else, the server nothing
// at all, so that it works without a connection.
import { read, remove, write } from "./storage.js";

const ITERATIONS = 200000;
export const PIN = /^\d{4,8}$/;
const lockKey = `skm.kiosk ${location.pathname}`;

const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
export const random = () => hex(crypto.getRandomValues(new Uint8Array(16)));
async function digest(pin, salt) {
  const text = new TextEncoder();
  const known = await crypto.subtle.importKey("raw", text.encode(pin), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: text.encode(salt), iterations: ITERATIONS };
  return hex(await crypto.subtle.deriveBits(how, known, 256));
}

export const lock = () => read(lockKey);
export const canLock = () => write("skm.kiosk try", "") && remove("skm.kiosk try") && Boolean(self.crypto?.subtle);
export async function setPin(pin) {
  const salt = random();
  if (!write(lockKey, { salt, digest: await digest(pin, salt), wrong: 0, until: 0 })) throw new Error("the PIN was not stored");
}

// The first two wrong ones may be slips; from the third on each doubles the wait, up to five minutes. What was counted
// outlives a reload.
const LONGEST = 300; // seconds
const delay = (wrong) => (wrong < 3 ? 0 : Math.min(5 * 2 ** (wrong - 3), LONGEST)) * 1000;
// Seconds to wait, or 0 when a PIN may be tried. Where the clock was set back meanwhile, the longest wait begins now.
export function wait() {
  const found = lock();
  const left = Math.ceil(((found?.until || 0) - Date.now()) / 1000);
  if (left > LONGEST) write(lockKey, { ...found, until: Date.now() + LONGEST * 1000 });
  return Math.max(0, Math.min(left, LONGEST));
}
export async function unlock(pin) {
  const found = lock();
  if (!found) return true;
  const wrong = found.wrong + 1;
  // Counted before it is known, so that a reload saves nobody a wait.
  if (!write(lockKey, { ...found, wrong, until: Date.now() + delay(wrong) })) return false;
  if ((await digest(pin, found.salt)) !== found.digest) return false;
  remove(lockKey);
  return true;
}
