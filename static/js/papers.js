// One key for each answer of a paper form. The form's own fields hold what was typed; this only fills them, keeps them
// in this browser until the server says that they are stored, and goes on to the next sheet without leaving the page.
import { byId, show } from "./page.js";
import { asSign, inWords, stepOf } from "./steps.js";
import { isOurs } from "./reply.js";
import { read, remove, write } from "./storage.js";

const form = byId("keying");
const keys = byId("keys");
const comment = byId("comment");
const boxes = [...form.querySelectorAll("[data-field]")];
const steps = boxes.map(stepOf);
let place = 0; // the step asked for; steps.length: after the last
let busy = false;

function element(name, text, kind) {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

// Shows the step, and everything typed so far.
function render() {
  const one = steps[place];
  const questions = steps.filter((s) => s.needed).length;
  byId("step").textContent = !one ? "Semua isian selesai" : one.needed ? `${one.name} dari ${questions}` : "Tentang responden";
  byId("asked").textContent = one ? one.words.replace(/^\d+\. /, "") : comment ? "Ketik saran, atau tekan Enter untuk menyimpan." : "Tekan Enter untuk menyimpan.";
  const offered = !one ? [] : one.maximum ? [{ key: `${one.minimum}–${one.maximum}`, said: "lalu Enter" }, ...one.choices] : one.choices;
  byId("choices").replaceChildren(...offered.map((choice) => {
    const item = element("li", "");
    item.append(element("kbd", choice.key), ` ${choice.said}`);
    return item;
  }));
  byId("typed").replaceChildren(...steps.map((each, number) => {
    const cell = element("li", "");
    cell.append(element("span", each.short, "label"), element("b", asSign(each) || " "));
    if (number === place) cell.setAttribute("aria-current", "step");
    return cell;
  }));
}

function go(to) {
  place = Math.max(0, Math.min(steps.length, to));
  keys.value = "";
  render();
  if (place === steps.length && comment) comment.focus();
  else keys.focus();
}

const wrong = (words) => { byId("wrong").textContent = words; };

// Takes a value for the step and goes on.
function take(one, value) {
  one.set(value);
  one.done = true;
  wrong("");
  byId("said").textContent = `${one.name}: ${inWords(one)}`;
  keep();
  go(place + 1);
}

// One key that was typed.
function typed(key) {
  const one = steps[place];
  if (!one) return wrong("Semua isian sudah diketik; tekan Enter untuk menyimpan.");
  const wanted = key === " " || key === "-" ? "0" : key.toLowerCase();
  const choice = one.choices.find((c) => c.key === wanted);
  if (choice) return take(one, choice.value);
  const known = one.choices.filter((c) => c.key !== "0").map((c) => c.key);
  wrong(`Tombol ${key} tidak berlaku di sini; tekan ${known[0]} sampai ${known[known.length - 1]}, atau 0 bila kosong.`);
}

// A number is several keys: it is taken when no further digit can follow, or by Enter.
function number(one, whole) {
  const text = keys.value.trim();
  if (text === "0" || text === "-" || keys.value === " ") return take(one, "");
  if (!/^\d*$/.test(text)) {
    keys.value = text.replace(/\D/g, "");
    return wrong("Tulis angka, atau 0 bila kosong.");
  }
  if (text === "") return whole ? take(one, one.get()) : wrong("");
  if (!whole && Number(text) * 10 <= one.maximum) return wrong("");
  if (Number(text) < one.minimum || Number(text) > one.maximum) {
    keys.value = "";
    return wrong(`${text} di luar ${one.minimum} sampai ${one.maximum}; ketik sekali lagi, atau 0 bila kosong.`);
  }
  return take(one, String(Number(text)));
}

// Everything that stands in the field, key by key. While a sheet is being stored it waits there for the next one.
function consume() {
  while (keys.value && !busy) {
    const one = steps[place];
    if (one && one.maximum) return number(one, false);
    const key = keys.value[0];
    const rest = keys.value.slice(1);
    typed(key);
    if (document.activeElement !== keys && comment && rest) comment.value += rest;
    else keys.value = rest;
  }
}

// Enter: the value that is there already, or nothing for what may be left out; after the last, the sheet is stored.
function enter() {
  const one = steps[place];
  if (!one) return save();
  if (one.maximum) return number(one, true);
  if (one.needed && !one.get()) return wrong(`${one.name} belum dijawab; tekan 0 bila kosong.`);
  return take(one, one.get());
}

keys.addEventListener("input", consume);
keys.addEventListener("keydown", (event) => {
  const move = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key] || (event.key === "Backspace" && !keys.value ? -1 : 0);
  if (event.key === "Enter") {
    event.preventDefault();
    if (!busy) enter();
  } else if (move) {
    event.preventDefault();
    wrong("");
    go(place + move);
  }
});
if (comment) {
  comment.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      save();
    } else if (event.key === "Backspace" && !comment.value) {
      event.preventDefault();
      go(steps.length - 1);
    }
  });
}
form.addEventListener("input", (event) => { if (event.target !== keys) { keep(); render(); } });
form.addEventListener("submit", (event) => { event.preventDefault(); save(); });

// What is typed stays in this browser until the server has stored it.
const draft = form.dataset.draft && `skm-papers:${form.dataset.draft}`;

function keep() {
  if (!draft) return;
  const values = Object.fromEntries([...new FormData(form)].filter(([name]) => name !== "csrf_token"));
  write(draft, { values }); // a browser that stores nothing can still send the sheet
}

function restore() {
  const values = draft && read(draft)?.values;
  if (!values) return;
  form.elements.sheet.value = values.sheet;
  boxes.forEach((box, number) => {
    const value = values[box.dataset.field];
    if (value !== undefined) steps[number].set(value);
  });
  if (comment) comment.value = values.comment || "";
  byId("said").textContent = "Lembar yang belum tersimpan dikembalikan; lanjutkan.";
}

async function save() {
  const missing = steps.findIndex((one) => one.needed && !one.get());
  if (busy) return;
  if (missing >= 0) {
    go(missing);
    wrong(`${steps[missing].name} belum dijawab; tekan 0 bila kosong.`);
    return;
  }
  busy = true;
  keep();
  const body = new FormData(form);
  keys.focus(); // what is typed from now on belongs to the next sheet
  byId("said").textContent = "Menyimpan …";
  try {
    const reply = await fetch(location.href, { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout?.(20000) });
    if (!isOurs(reply)) throw new Error("somebody in between has answered");
    after(reply, (reply.headers.get("Content-Type") || "").startsWith("application/json") ? await reply.json() : {});
  } catch {
    unstored("Tidak ada sambungan ke server");
  }
  busy = false;
  consume();
}

function unstored(why) {
  keys.value = "";
  byId("said").textContent = "";
  wrong(`${why}: lembar ini BELUM tersimpan, tetapi tetap ada di sini. Tekan Enter untuk mencoba lagi.`);
}

// What the server said.
function after(reply, answer) {
  if (answer.errors) return refused(answer.errors);
  if (answer.url) {
    remove(draft);
    location.assign(answer.url);
    return undefined;
  }
  if (answer.following) return begin(answer);
  if (reply.status >= 500) return unstored("Server sedang sibuk");
  return unstored("Anda perlu masuk kembali; muat ulang halaman ini (F5)");
}

function refused(errors) {
  const first = boxes.findIndex((box) => box.dataset.field === errors[0].field);
  if (first >= 0) go(first);
  keys.value = "";
  byId("said").textContent = "";
  wrong(errors.map((one) => one.message).join(". "));
}

// The next sheet.
function begin(answer) {
  remove(draft);
  for (const one of steps) {
    one.set("");
    one.done = false;
  }
  if (comment) comment.value = "";
  form.elements.sheet.value = answer.following.sheet;
  form.querySelector("[data-number]").textContent = answer.following.number;
  form.querySelector("[data-keyed]").textContent = answer.following.keyed;
  wrong("");
  const ahead = keys.value; // typed while the last sheet was being stored
  go(0);
  keys.value = ahead;
  byId("said").textContent = `${answer.said} Sekarang lembar ${answer.following.number}.`;
}

show("panel");
form.querySelector("details").open = Boolean(document.querySelector(".problems"));
restore();
const open = steps.findIndex((one) => (one.needed || !form.dataset.draft) && !one.get());
for (const one of steps) one.done = Boolean(one.get());
go(!form.dataset.draft && !document.querySelector(".problems") ? 0 : open < 0 ? steps.length : open);
