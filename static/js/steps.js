// The fields of a paper form as steps that one key answers, for papers.js.

// A field as a step: its question, what its keys mean, what it holds.
export function stepOf(box) {
  const radios = [...box.querySelectorAll("[type=radio]")];
  const select = box.querySelector("select");
  const number = box.querySelector("[data-maximum]");
  const words = (box.querySelector("legend") || box.querySelector("label")).textContent.trim();
  const label = (radio) => radio.nextElementSibling.textContent.trim();
  if (radios.length) {
    const choices = radios.map((r) => ({ key: r.value === "-" ? "0" : r.value, said: label(r).replace(/^\d+ /, ""), value: r.value }));
    return {
      words, choices, short: words.split(".")[0], name: `Pertanyaan ${words.split(".")[0]}`, needed: true,
      get: () => (radios.find((r) => r.checked) || { value: "" }).value,
      set: (value) => radios.forEach((r) => { r.checked = r.value === value; }),
    };
  }
  if (select) {
    const [empty, ...rest] = [...select.options].map((o) => ({ key: o.dataset.key, said: o.textContent, value: o.value }));
    const choices = [...rest, empty];
    return { words, choices, short: words, name: words, get: () => select.value, set: (value) => { select.value = value; } };
  }
  return {
    words, short: words, name: words, choices: [{ key: "0", said: "Kosong", value: "" }],
    minimum: Number(number.dataset.minimum), maximum: Number(number.dataset.maximum),
    get: () => number.value, set: (value) => { number.value = value; },
  };
}

// What a step holds, in words for the message and as a short sign for the row of everything typed.
export const inWords = (one) => {
  const choice = one.choices.find((c) => c.value === one.get());
  if (!choice) return one.get();
  return one.needed && choice.key !== "0" ? `${choice.key}, ${choice.said}` : choice.said;
};
export const asSign = (one) => {
  const choice = one.choices.find((c) => c.value === one.get());
  return one.get() === "" && (one.needed || !one.done) ? "" : choice ? (one.needed ? choice.key : choice.said) : one.get();
};
