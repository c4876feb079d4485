// Values that this browser stores by name, as JSON. Some browsers store nothing, in a private window for instance; then
// `read` gives null, `write` and `remove` give false.
const tried = (step, otherwise) => {
  try { return step(); } catch { return otherwise; }
};
export const read = (key) => tried(() => JSON.parse(localStorage.getItem(key)), null);
export const write = (key, value) => tried(() => { localStorage.setItem(key, JSON.stringify(value)); return true; }, false);
export const remove = (key) => tried(() => { localStorage.removeItem(key); return true; }, false);
export const keys = () => tried(() => Object.keys(localStorage), []);
