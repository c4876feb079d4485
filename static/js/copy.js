// Copies what was typed into a form that is not taken any more. Without this script one touch selects all of it.
import { byId, show } from "./page.js";

const typed = byId("typed");
async function copy() {
  try {
    await navigator.clipboard.writeText(typed.innerText);
    show("copied");
  } catch {
    document.getSelection().selectAllChildren(typed); // the person copies it
  }
}
byId("copy").addEventListener("click", copy);
show("copy");
