// What the server refused of a kiosk's answers, for instance because the counter was closed on that day. An officer sends
// it once more when the reason is gone, or carries it away to be typed in like a paper form.
import { byId, show } from "./page.js";
import { drop, sendRefused, waiting } from "./queue.js";

const refused = async () => (await waiting().catch(() => [])).filter((each) => each.refused);
export async function showRefused() {
  const all = await refused();
  show("refused-here", all.length);
  byId("refused-count").textContent = all.length;
  byId("forget").hidden = true;
}
export async function sendThem() {
  await sendRefused().catch(() => {});
  await showRefused();
}
export async function saveThem() {
  const lines = (await refused()).map(({ opened: at, fields }) => {
    const its = fields.filter(([name]) => name !== "stamp");
    return [at ? new Date(at).toLocaleString("id-ID") : "", ...its.map(([name, value]) => `${name}: ${value}`)].join("\r\n");
  });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`${byId("place").textContent.trim()}\r\n\r\n${lines.join("\r\n\r\n")}\r\n`], { type: "text/plain" }));
  link.download = "penilaian-ditolak.txt";
  link.click();
  byId("forget").hidden = false;
}
export async function forgetThem() {
  for (const answer of await refused()) await drop(answer);
  await showRefused();
}
