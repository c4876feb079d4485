// Points out what in a comment could lead to a person, such as a telephone number, once, before it is sent.
import { byId } from "./page.js";

// Whether something has just been pointed out that was not before.
export function pointsOut(form) {
  const { comment, comment_checked: checked } = form.elements;
  const problem = byId("personal");
  problem.hidden = !new RegExp(problem.dataset.pattern).test(comment.value);
  if (problem.hidden || checked.value) return false;
  checked.value = "1";
  comment.focus();
  return true;
}
