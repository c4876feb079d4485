// The questionnaire on a shared device: one question a screen, nothing of a person left for the next. The page never
// leaves its address: another language or a fresh stamp is fetched and put in.
import { pointsOut } from "./comment.js";
import { register, told } from "./device.js";
import { savePage, sendLater } from "./offline.js";
import { byId, parsed, partsOf, show } from "./page.js";
import { PIN, canLock, lock, random, setPin, unlock, wait } from "./pin.js";
import { isWaiting, keep, send, sendWaiting, waiting } from "./queue.js";
import { forgetThem, saveThem, sendThem, showRefused } from "./refused.js";
import { inTime, isFinal, isOurs } from "./reply.js";
import { offerSearch } from "./services.js";

const IDLE = 20000; // milliseconds without a touch until the warning
const WARNING = 10; // seconds that it counts down
const THANKED = 5000;
const GLANCE = 400; // so that a choice is seen before the next question comes
const HASTY = 300; // a tap so soon after a question has come was the second one at the question before
const AGAIN = 60000; // how often it looks for fresh pages and for answers that wait
const HOME = "id";

const languages = [...document.querySelectorAll("[data-lang]")].map((button) => button.dataset.lang);
const service = new URLSearchParams(location.search).get("service");
const address = (lang) => `${location.origin}${location.pathname}?${new URLSearchParams({ ...(service && { service }), lang })}`;
const pristine = new Map([[document.documentElement.lang, document.cloneNode(true)]]);

let screen = "set-up";
let at = 0; // which question
let cameAt = 0; // when it came
let touchedAt = 0;
let person = ""; // the id of the answer, a new one for everybody
let opened = 0; // when this person began
let closed = null; // why the server does not give out the questionnaire
let busy = false;
let idle, counting, leaving, going;

// ── Screens ───────────────────────────────────────────────────────────────────────────────────────────────────────

// Puts in a pristine page: whatever was chosen or typed is gone with the old one.
function mount(lang) {
  for (const timer of [idle, leaving, going]) clearTimeout(timer);
  clearInterval(counting);
  const page = pristine.get(lang) || pristine.get(HOME) || [...pristine.values()][0];
  const body = document.importNode(page.body, true);
  body.querySelector("#plain").remove(); // it is for a device on which this script does not run
  document.documentElement.lang = page.documentElement.lang;
  document.title = page.title;
  document.body.replaceWith(body);
  byId("form").reset();
  offerSearch();
  for (const question of questions()) question.tabIndex = -1;
}
function turnTo(name) {
  screen = name;
  for (const part of document.querySelectorAll("main > section, main > form")) part.hidden = part.id !== name;
  show("lock", name !== "set-up");
  show("progress", name === "form");
  scrollTo(0, 0);
  watch();
}
function restart(lang = HOME) {
  mount(lang);
  person = "";
  busy = false;
  turnTo("start");
  showState();
  byId("begin").focus();
}
function setUp() {
  mount(HOME);
  turnTo("set-up");
  show("no-lock", !canLock());
  show("pin", canLock());
  showRefused();
}
// Shows on the start screen which languages are here, and whether the survey is open.
function showState() {
  if (screen !== "start") return;
  for (const button of document.querySelectorAll("[data-lang]")) button.disabled = !pristine.has(button.dataset.lang);
  byId("unregistered").hidden = (pristine.get(HOME) || document).getElementById("unregistered").hidden;
  show("closed", closed !== null);
  byId("closed-why").textContent = closed || "";
  byId("begin").disabled = closed !== null;
}

// ── One person ────────────────────────────────────────────────────────────────────────────────────────────────────

const questions = () => [...document.querySelectorAll("#form > .question")];
function begin() {
  fill();
  holdBack();
  mount(document.documentElement.lang); // with the stamp that was fetched last
  person = random();
  opened = Date.now();
  turnTo("form");
  step(0);
}
function step(to) {
  clearTimeout(going);
  if (to < 0) return restart(document.documentElement.lang);
  const all = questions();
  at = to;
  cameAt = performance.now();
  all.forEach((question, n) => { question.hidden = n !== at; });
  const [next, send] = byId("next").children;
  next.hidden = at === all.length - 1;
  send.hidden = !next.hidden;
  byId("progress").max = all.length;
  byId("progress").value = at + 1;
  for (const problem of document.querySelectorAll("#form .problem")) problem.hidden = true;
  scrollTo(0, 0);
  all[at].focus({ preventScroll: true });
}
function forward() {
  if (complain(questions()[at])) return;
  if (at + 1 < questions().length) step(at + 1);
  else finish();
}
function complain(question) {
  const radio = question.querySelector("[type=radio]");
  const missing = radio && !question.querySelector(":checked");
  show("unanswered", Boolean(missing));
  if (missing) radio.focus();
  for (const problem of question.querySelectorAll("[data-number]")) {
    const { number, minimum, maximum } = problem.dataset;
    const typed = byId(number).value.trim();
    problem.hidden = !typed || (/^\d+$/.test(typed) && Number(typed) >= minimum && Number(typed) <= maximum);
    if (!problem.hidden) byId(number).focus();
  }
  const comment = question.id === "words" && pointsOut(byId("form"));
  return missing || comment || question.querySelector("[data-number]:not([hidden])");
}
// Stores the answer on the device, then sends it: a power cut in between loses nothing, and the person need not wait.
async function finish() {
  if (busy) return;
  busy = true;
  const form = byId("form");
  const stamp = `${form.elements.stamp.value}~${person}`;
  const fields = [...new FormData(form)].map(([name, value]) => [name, name === "stamp" ? stamp : value]);
  const answer = { stamp, url: form.action, place: location.pathname, opened, pressed: Date.now(), fields };
  const stored = await keep(answer).then(() => true, async () => (await send(answer)).thanks);
  busy = false;
  if (!stored) return show("unsaved");
  mount(document.documentElement.lang);
  turnTo("finished");
  byId("finished-title").focus();
  leaving = setTimeout(restart, THANKED);
  sendNow();
}
function sendNow() {
  sendWaiting().catch(() => {});
  sendLater();
}

// ── Nobody there ──────────────────────────────────────────────────────────────────────────────────────────────────

function watch() {
  touchedAt = Date.now();
  if (byId("idle").open) return; // the warning wants a clear answer
  clearTimeout(idle);
  if (screen === "form") idle = setTimeout(warn, IDLE);
  if (screen === "start") idle = setTimeout(rest, IDLE + 1000 * WARNING);
}
function rest() {
  if (document.documentElement.lang !== HOME || byId("leave").open) restart();
}
function warn() {
  if (byId("leave").open) byId("leave").close();
  let left = WARNING;
  byId("seconds").textContent = left;
  byId("idle").showModal();
  counting = setInterval(() => {
    left -= 1;
    if (left) byId("seconds").textContent = left;
    else restart();
  }, 1000);
}
// No time runs for a page while its device sleeps; whoever wakes it is somebody else.
function wake() {
  const late = Date.now() - touchedAt > IDLE + 1000 * WARNING;
  if (!document.hidden && late && ["form", "finished"].includes(screen)) restart();
}
function goOn() {
  clearInterval(counting);
  if (byId("idle").open) byId("idle").close();
  watch();
}

// ── The officer ───────────────────────────────────────────────────────────────────────────────────────────────────

function fill() {
  if (!document.fullscreenElement) document.documentElement.requestFullscreen?.().catch(() => {});
}
async function start() {
  const pin = byId("new-pin").value;
  const wrong = !PIN.test(pin) ? "PIN terdiri atas 4 sampai 8 angka." : pin !== byId("same-pin").value ? "Kedua PIN berbeda." : "";
  byId("pin-wrong").textContent = wrong;
  if (wrong) return byId(PIN.test(pin) ? "same-pin" : "new-pin").focus();
  fill();
  holdBack();
  await setPin(pin);
  restart();
}
async function openLeave() {
  byId("unlock").reset();
  byId("leave-wrong").textContent = "";
  byId("leave").showModal();
  const all = await waiting().catch(() => []);
  for (const [id, several] of [["unsent", all.filter(isWaiting)], ["refused", all.filter((each) => each.refused)]]) {
    show(id, several.length);
    byId(id).querySelector("strong").textContent = several.length;
  }
}
async function leave() {
  const field = byId("old-pin");
  const say = (words) => { byId("leave-wrong").textContent = words; field.value = ""; field.focus(); };
  if (wait()) return say(`Terlalu banyak PIN yang salah. Coba lagi dalam ${wait()} detik.`);
  if (busy) return;
  busy = true;
  byId("leave-wrong").textContent = ""; // a screen reader repeats the same words only after they were gone
  const right = await unlock(field.value);
  busy = false;
  if (!right) return say(wait() ? `PIN salah. Coba lagi dalam ${wait()} detik.` : "PIN salah.");
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  setUp();
}

// Back, by a button or a gesture, goes to the question before and never out of the kiosk: a place in the history is put
// on top, and put there again when it is left. Browsers count it only after a touch.
function holdBack() {
  if (!history.state?.kiosk) history.pushState({ kiosk: true }, "");
}
function stepBack() {
  if (!lock()) return;
  holdBack();
  if (screen === "form" && !byId("idle").open) step(at - 1);
}

// ── Fresh pages ───────────────────────────────────────────────────────────────────────────────────────────────────

// After a start without a connection: the other languages, as the worker stored them.
async function recall() {
  const cache = self.caches && await inTime(caches.open("kiosk"));
  for (const lang of languages) {
    const reply = await cache?.match(address(lang));
    if (!reply || pristine.has(lang)) continue;
    const page = await parsed(reply);
    if (partsOf(page).join() === partsOf(document).join()) pristine.set(lang, page);
  }
  showState();
}

// The stamp is never older than the last connection. A page or script that has changed meanwhile comes by a reload.
async function refresh() {
  if (screen === "form") return;
  const headers = await told();
  for (const lang of languages) {
    const reply = await fetch(address(lang), { cache: "no-store", headers }).catch(() => null);
    if (!reply || !isFinal(reply)) break; // no connection: the old pages stay
    const page = await parsed(reply);
    if (!reply.ok) {
      closed = page.querySelector("main h1")?.textContent || "";
      break;
    }
    if (!page.getElementById("form")) break; // the counter's services have come to differ
    closed = null;
    if (partsOf(page).join() !== partsOf(document).join()) return renew(partsOf(page));
    pristine.set(lang, page);
  }
  showState();
}
// A page of a new release needs its new script: it comes by a reload, once all its parts can be had.
async function renew(parts) {
  showState();
  if (screen !== "start" || performance.now() < AGAIN) return;
  const came = parts.map(async (part) => {
    const reply = await inTime(fetch(part), AGAIN);
    return reply.ok && isOurs(reply);
  });
  if ((await Promise.all(came).catch(() => [false])).every(Boolean) && screen === "start") location.reload();
}
function again() {
  sendNow();
  refresh();
}

// ── Touch and keys ────────────────────────────────────────────────────────────────────────────────────────────────

const pressed = {
  begin, "go-on": goOn, lock: openLeave, "send-refused": sendThem, "save-refused": saveThem, forget: forgetThem,
  back: () => step(at - 1),
  stay: () => byId("leave").close(),
};
document.addEventListener("click", (event) => {
  if (event.detail && screen === "form" && performance.now() - cameAt < HASTY) return event.preventDefault();
  const button = event.target.closest("button");
  if (button?.dataset.lang) return restart(button.dataset.lang);
  if (button) return pressed[button.id]?.();
  if (event.target.id === "idle") return goOn(); // beside the box
  if (screen === "start" && !byId("leave").open && closed === null) return begin();
  // A finger goes on by itself. A key does not: by arrows one only looks at the answers.
  const choice = event.detail && event.target.closest("#form .option")?.querySelector("input");
  if (choice) {
    clearTimeout(going);
    going = setTimeout(() => choice.checked && forward(), GLANCE);
  }
});
document.addEventListener("change", (event) => event.target.type === "radio" && show("unanswered", false));
document.addEventListener("submit", (event) => {
  event.preventDefault();
  ({ form: forward, pin: start, unlock: leave, register })[event.target.id]();
});
document.addEventListener("cancel", (event) => event.target.id === "idle" && goOn(), true);
document.addEventListener("contextmenu", (event) => event.preventDefault());
for (const sign of ["pointerdown", "keydown", "input"]) document.addEventListener(sign, watch, true);
addEventListener("scroll", watch, { passive: true });
document.addEventListener("visibilitychange", wake);
addEventListener("online", again);
addEventListener("popstate", stepBack);
addEventListener("pagehide", () => lock() && restart()); // a page that the browser shows once more is a new one
setInterval(again, AGAIN);

if (lock()) restart();
else setUp();
recall().catch(() => {}).then(again);
if ("serviceWorker" in navigator) savePage("/kios/", languages.map(address)).catch(() => {});
