// The questionnaire on a shared device, after queue.js, keep.js and pin.js: one question a screen, nothing of a person
// left for the next. The page never leaves its address: another language or a fresh stamp is fetched and put in.

const IDLE = 20000; // milliseconds without a touch until the warning
const WARNING = 10; // seconds that it counts down
const THANKED = 5000;
const GLANCE = 400; // so that a choice is seen before the next question comes
const HASTY = 300; // a tap so soon after a question has come was the second one at the question before
const AGAIN = 60000; // how often it looks for fresh pages and for answers that wait
const HOME = "id";

const by = (id) => document.getElementById(id);
const shown = (id, yes = true) => { by(id).hidden = !yes; };
const parts = (page) => [...page.querySelectorAll("link[rel=stylesheet], script[src]")].map((part) => part.getAttribute("href") || part.getAttribute("src"));
const languages = [...document.querySelectorAll("[data-lang]")].map((button) => button.dataset.lang);
const service = new URLSearchParams(location.search).get("service");
const address = (lang) => `${location.origin}${location.pathname}?${new URLSearchParams({ ...(service && { service }), lang })}`;
const pristine = new Map([[document.documentElement.lang, document.cloneNode(true)]]);

let screen = "set-up";
let at = 0; // which question
let cameAt = 0; // when it came
let touchedAt = 0;
let person = ""; // the id of the answer, made anew for everybody
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
  body.querySelector("noscript")?.remove();
  document.documentElement.lang = page.documentElement.lang;
  document.title = page.title;
  document.body.replaceWith(body);
  by("form").reset();
  for (const question of questions()) question.tabIndex = -1;
}
function turnTo(name) {
  screen = name;
  for (const part of document.querySelectorAll("main > section, main > form")) part.hidden = part.id !== name;
  shown("lock", name !== "set-up");
  shown("progress", name === "form");
  scrollTo(0, 0);
  watch();
}
function restart(lang = HOME) {
  mount(lang);
  person = "";
  busy = false;
  turnTo("start");
  tell();
  by("begin").focus();
}
function setUp() {
  mount(HOME);
  turnTo("set-up");
  shown("no-lock", !canLock());
  by("pin").hidden = !canLock();
}
// What the start screen has to say: which languages are here, and whether the survey is open.
function tell() {
  if (screen !== "start") return;
  for (const button of document.querySelectorAll("[data-lang]")) button.disabled = !pristine.has(button.dataset.lang);
  shown("closed", closed !== null);
  by("closed-why").textContent = closed || "";
  by("begin").disabled = closed !== null;
}

// ── One person ────────────────────────────────────────────────────────────────────────────────────────────────────

const questions = () => [...document.querySelectorAll("#form > .question")];
function begin() {
  fill();
  mount(document.documentElement.lang); // with the stamp that was fetched last
  person = random();
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
  const [next, send] = by("next").children;
  next.hidden = at === all.length - 1;
  send.hidden = !next.hidden;
  by("progress").max = all.length;
  by("progress").value = at + 1;
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
  shown("unanswered", Boolean(missing));
  if (missing) radio.focus();
  for (const problem of question.querySelectorAll("[data-number]")) {
    const { number, minimum, maximum } = problem.dataset;
    const typed = by(number).value.trim();
    problem.hidden = !typed || (/^\d+$/.test(typed) && Number(typed) >= minimum && Number(typed) <= maximum);
    if (!problem.hidden) by(number).focus();
  }
  return missing || question.querySelector("[data-number]:not([hidden])");
}
// First kept on the device, then sent: a power cut in between loses nothing. The person need not wait for it.
async function finish() {
  if (busy) return;
  busy = true;
  const form = by("form");
  const stamp = `${form.elements.stamp.value}~${person}`;
  const fields = [...new FormData(form)].map(([name, value]) => [name, name === "stamp" ? stamp : value]);
  const answer = { stamp, url: form.action, place: location.pathname, at: Date.now(), fields };
  const stored = await keep(answer).then(() => true, async () => (await send(answer)).thanks);
  busy = false;
  if (!stored) return shown("unsaved");
  mount(document.documentElement.lang);
  turnTo("finished");
  by("finished-title").focus();
  leaving = setTimeout(restart, THANKED);
  sendNow();
}
function sendNow() {
  sendWaiting().catch(() => {});
  navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("answers")).catch(() => {});
}

// ── Nobody there ──────────────────────────────────────────────────────────────────────────────────────────────────

function watch() {
  touchedAt = Date.now();
  if (by("idle").open) return; // the warning wants a clear answer
  clearTimeout(idle);
  if (screen === "form") idle = setTimeout(warn, IDLE);
  if (screen === "start") idle = setTimeout(rest, IDLE + 1000 * WARNING);
}
function rest() {
  if (document.documentElement.lang !== HOME || by("leave").open) restart();
}
function warn() {
  if (by("leave").open) by("leave").close();
  let left = WARNING;
  by("seconds").textContent = left;
  by("idle").showModal();
  counting = setInterval(() => {
    left -= 1;
    if (left) by("seconds").textContent = left;
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
  if (by("idle").open) by("idle").close();
  watch();
}

// ── The officer ───────────────────────────────────────────────────────────────────────────────────────────────────

function fill() {
  if (!document.fullscreenElement) document.documentElement.requestFullscreen?.().catch(() => {});
}
async function start() {
  const pin = by("new-pin").value;
  const wrong = !PIN.test(pin) ? "PIN terdiri atas 4 sampai 8 angka." : pin !== by("same-pin").value ? "Kedua PIN berbeda." : "";
  by("pin-wrong").textContent = wrong;
  if (wrong) return by(PIN.test(pin) ? "same-pin" : "new-pin").focus();
  fill();
  await setPin(pin);
  restart();
}
async function openLeave() {
  by("unlock").reset();
  by("leave-wrong").textContent = "";
  by("leave").showModal();
  const all = await waiting().catch(() => []);
  for (const [id, several] of [["unsent", all.filter(isWaiting)], ["refused", all.filter((each) => each.refused)]]) {
    shown(id, several.length);
    by(id).querySelector("strong").textContent = several.length;
  }
}
async function leave() {
  const field = by("old-pin");
  const say = (words) => { by("leave-wrong").textContent = words; field.value = ""; field.focus(); };
  if (wait()) return say(`Terlalu banyak PIN yang salah. Coba lagi dalam ${wait()} detik.`);
  if (busy) return;
  busy = true;
  by("leave-wrong").textContent = ""; // so that the same words are said anew
  const right = await unlock(field.value);
  busy = false;
  if (!right) return say(wait() ? `PIN salah. Coba lagi dalam ${wait()} detik.` : "PIN salah.");
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  setUp();
}

// ── Fresh pages ───────────────────────────────────────────────────────────────────────────────────────────────────

// After a start without a connection: the other languages, as they were kept.
async function recall() {
  const kept = self.caches && await caches.open("kiosk");
  for (const lang of languages) {
    const reply = await kept?.match(address(lang));
    if (!reply || pristine.has(lang)) continue;
    pristine.set(lang, new DOMParser().parseFromString(await reply.text(), "text/html"));
  }
  tell();
}

// The stamp is never older than the last connection. A page or script that has changed meanwhile comes by a reload.
async function refresh() {
  if (screen === "form") return;
  for (const lang of languages) {
    const reply = await fetch(address(lang), { cache: "no-store" }).catch(() => null);
    if (!reply || reply.status >= 500) break; // no connection: the old pages do
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    if (!reply.ok) {
      closed = page.querySelector("main h1")?.textContent || "";
      break;
    }
    if (!page.getElementById("form")) break; // not ours
    closed = null;
    pristine.set(lang, page);
  }
  tell();
  const fresh = pristine.get(HOME) || document;
  if (screen === "start" && performance.now() > AGAIN && parts(fresh).join() !== parts(document).join()) location.reload();
}
function again() {
  sendNow();
  refresh();
}

// ── Touch and keys ────────────────────────────────────────────────────────────────────────────────────────────────

const pressed = {
  begin, "go-on": goOn, lock: openLeave,
  back: () => step(at - 1),
  stay: () => by("leave").close(),
};
document.addEventListener("click", (event) => {
  if (event.detail && screen === "form" && performance.now() - cameAt < HASTY) return event.preventDefault();
  const button = event.target.closest("button");
  if (button?.dataset.lang) return restart(button.dataset.lang);
  if (button) return pressed[button.id]?.();
  if (event.target.id === "idle") return goOn(); // beside the box
  // A finger goes on by itself. A key does not: by arrows one only looks at the answers.
  const choice = event.detail && event.target.closest("#form .option")?.querySelector("input");
  if (choice) {
    clearTimeout(going);
    going = setTimeout(() => choice.checked && forward(), GLANCE);
  }
});
document.addEventListener("change", (event) => event.target.type === "radio" && shown("unanswered", false));
document.addEventListener("submit", (event) => {
  event.preventDefault();
  ({ form: forward, pin: start, unlock: leave })[event.target.id]();
});
document.addEventListener("cancel", (event) => event.target.id === "idle" && goOn(), true);
document.addEventListener("contextmenu", (event) => event.preventDefault());
for (const sign of ["pointerdown", "keydown", "input"]) document.addEventListener(sign, watch, true);
addEventListener("scroll", watch, { passive: true });
document.addEventListener("visibilitychange", wake);
addEventListener("online", again);
addEventListener("pagehide", () => lock() && restart()); // a page that the browser shows once more is a new one
setInterval(again, AGAIN);

if (lock()) restart();
else setUp();
recall().catch(() => {}).then(again);
if ("serviceWorker" in navigator) keepPage("/kios/", languages.map(address)).catch(() => {});
