// The questionnaire on a phone whose connection comes and goes. Nothing here is needed to answer while there is a
// connection: a browser that runs no modules, or no JavaScript at all, sends the form as any other.
import { pointsOut } from "./comment.js";
import { savePage, sendLater } from "./offline.js";
import { byId, show } from "./page.js";
import { drop, fieldsOf, isWaiting, keep, send, sendWaiting, waiting } from "./queue.js";
import { offerSearch } from "./services.js";
import { keys, read, remove, write } from "./storage.js";

const A_DAY = 24 * 3600 * 1000;
const form = byId("form");
const bring = (id) => { show(id); byId(id).scrollIntoView(); byId(id).focus(); };
const query = new URLSearchParams(location.search);
const cameBack = performance.getEntriesByType("navigation").some((entry) => entry.type === "back_forward");
const fresh = !cameBack && !query.has("kirim") && !query.has("bahasa"); // nobody has answered on this page yet
const place = location.pathname + (query.has("service") ? `?service=${query.get("service")}` : "");
const draftKey = `skm.draft ${place}`;
const stamp = form.elements.stamp;
// When this person opened the form: a page that the phone has stored, or a draft, may be older than its stamp is new.
let opened = fresh ? Date.now() : null;

const lacksStore = () => show("no-store");
const note = (key, value) => write(key, value) || lacksStore();
const forget = (key) => remove(key) || lacksStore();

// A page stored on the phone has an old stamp; the next person on this phone takes its next number (`~2`).
const used = () => read("skm.used") || [];
function use(text) {
  note("skm.used", [...used().filter((each) => each !== text), text].slice(-100));
}
function nextStamp(text) {
  const most = Number(form.dataset.answers);
  const all = [text, ...Array.from({ length: most - 1 }, (_, n) => `${text}~${n + 2}`)];
  return all.find((each) => !used().includes(each));
}
function takeStamp() {
  const free = nextStamp(stamp.value);
  if (free) stamp.value = free;
  show("stamp-used-up", !free);
  form.querySelector("#send").disabled = !free;
}

// The draft: what has been filled in, until it is sent.
const fields = () => [...new FormData(form)];
const questions = () => [...form.querySelectorAll(".question")];
const unanswered = () => questions().filter((each) => !each.querySelector(":checked"));
function showProgress() {
  byId("answered").max = questions().length;
  byId("answered").value = questions().length - unanswered().length;
  show("answered");
}
function fill(given) {
  for (const [name, value] of given) {
    const field = form.elements[name];
    if (field && !["stamp", "comment_checked"].includes(name)) field.value = value; // of radios, chooses the one with the value
    if (field && field.closest && value) field.closest("details")?.setAttribute("open", "");
  }
}
function saveDraft() {
  if (form.hidden) return;
  note(draftKey, { at: Date.now(), opened, stamp: stamp.value, fields: fields() });
}
function restoreDraft() {
  const draft = read(draftKey);
  if (!draft || used().includes(draft.stamp)) return;
  fill(draft.fields);
  stamp.value = draft.stamp;
  opened = draft.opened;
  show("restored");
  const [next] = unanswered();
  show("go-on", next);
  const numbered = questions().filter((each) => each.querySelector(".step"));
  byId("go-on").querySelector("span").textContent = Math.max(numbered.indexOf(next), 0) + 1;
}
function forgetOldDrafts() {
  for (const key of keys()) {
    if (key.startsWith("skm.draft ") && !(Date.now() - read(key)?.at < A_DAY)) forget(key);
  }
}
function startOver() {
  forget(draftKey);
  location.replace(location.href);
}

// Sending. What only the server can say (a forgotten question, a closed period) it says by its own page.
async function submit(event) {
  event.preventDefault();
  const button = form.querySelector("#send");
  if (button.disabled) return;
  const missing = unanswered()[0];
  if (missing) return navigator.onLine ? form.submit() : pointOut(missing);
  if (pointsOut(form)) return;
  button.disabled = true;
  const answer = { stamp: stamp.value, url: form.action, place, opened, pressed: Date.now(), fields: fields() };
  const sent = await send(answer);
  button.disabled = false;
  if (sent.thanks) return arrived(sent);
  if (sent.refused) return sendPlainly(answer); // the server explains by a page of its own
  await queue(answer);
}
function sendPlainly(answer) {
  const plain = document.createElement("form");
  plain.method = "post";
  plain.action = answer.url;
  for (const [name, value] of fieldsOf(answer)) {
    const field = document.createElement("textarea"); // an input would lose the lines of a comment
    field.name = name;
    field.value = value;
    plain.append(field);
  }
  plain.hidden = true;
  document.body.append(plain);
  plain.submit();
}
function pointOut(missing) {
  bring("incomplete");
  missing.querySelector("input").focus();
}
function arrived(answer) {
  use(answer.stamp);
  forget(draftKey);
  location.assign(answer.thanks);
}
async function queue(answer) {
  show("incomplete", false);
  try {
    await keep(answer);
  } catch {
    lacksStore();
    return bring("unsent-here");
  }
  use(answer.stamp);
  forget(draftKey);
  form.hidden = true;
  show("restored", false);
  bring("unsent");
  sendLater();
}

// What waits, and what became of it. Somebody who has just sent from here is led to the thanks.
async function sendNow() {
  try {
    await showWaiting();
    await sendWaiting();
    await showWaiting();
  } catch { lacksStore(); }
}
async function showWaiting() {
  const all = await waiting();
  const own = form.hidden && all.find((answer) => answer.thanks && answer.stamp === stamp.value);
  if (own) {
    await drop(own);
    return location.assign(own.thanks);
  }
  show("unsent", all.some(isWaiting));
  show("refused", all.some((answer) => answer.refused));
  for (const answer of all.filter((each) => each.thanks)) {
    const link = document.querySelector("#sent a");
    if (link.hasAttribute("href")) link.after(link.cloneNode(true), " ");
    link.href = answer.thanks;
    show("sent");
    await drop(answer);
  }
}
async function openRefused() {
  const answer = (await waiting()).find((each) => each.refused);
  if (!answer) return;
  note(`skm.draft ${answer.place}`, { at: Date.now(), opened: answer.opened, stamp: answer.stamp, fields: answer.fields });
  await drop(answer);
  sendPlainly(answer);
}

// Reading aloud, where the phone has a voice for the language.
function offerAloud() {
  const lang = document.documentElement.lang;
  const voice = speechSynthesis.getVoices().find((each) => each.lang.toLowerCase().startsWith(lang));
  if (!voice || form.querySelector(".aloud")) return;
  for (const question of form.querySelectorAll(".question")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet aloud";
    button.textContent = form.dataset.aloud;
    const words = [...question.querySelectorAll("legend, label")].map((each) => each.textContent.trim());
    button.addEventListener("click", () => say(words.join(". "), voice));
    question.querySelector("legend").after(button);
  }
}
function say(words, voice) {
  const speech = new SpeechSynthesisUtterance(words);
  speech.voice = voice;
  speech.lang = voice.lang;
  speechSynthesis.cancel();
  speechSynthesis.speak(speech);
}

forgetOldDrafts();
if (fresh) {
  takeStamp();
  restoreDraft();
} else if (cameBack) {
  stamp.value = history.state?.stamp || stamp.value;
} else {
  opened = read(draftKey)?.stamp === stamp.value ? read(draftKey).opened : null;
  saveDraft();
}
history.replaceState({ stamp: stamp.value }, ""); // whoever comes back and sends again is the same person
note("skm.used", used()); // a phone that can store nothing is noticed now
showProgress();
offerSearch();
sendNow();
form.addEventListener("input", saveDraft);
form.addEventListener("change", saveDraft);
form.addEventListener("change", showProgress);
form.addEventListener("submit", submit);
for (const button of document.querySelectorAll("button[formaction]")) {
  button.addEventListener("click", () => form.removeEventListener("submit", submit)); // a language is no answer
}
addEventListener("online", () => sendNow());
addEventListener("pageshow", () => { form.querySelector("#send").disabled = !nextStamp(stamp.value) && fresh; });
document.querySelector("#unsent button").addEventListener("click", () => sendNow());
document.querySelector("#refused button").addEventListener("click", openRefused);
byId("go-on").addEventListener("click", () => unanswered()[0].querySelector("input").focus());
byId("start-over").addEventListener("click", startOver);
document.querySelector("#unsent-here button").addEventListener("click", () => form.requestSubmit());
if ("speechSynthesis" in self) {
  offerAloud();
  speechSynthesis.addEventListener?.("voiceschanged", offerAloud);
}
if ("serviceWorker" in navigator) addEventListener("load", () => savePage("/s/").catch(() => {}));
