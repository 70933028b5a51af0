// Checks a proof that somebody picks or pastes; proof.js does the work, and nothing leaves the page.
import { check, parsePolicy } from "./proof.js";

const at = (id) => document.getElementById(id);
const result = at("result");
const words = (kind, name) => document.querySelector(`#words [data-${kind}="${CSS.escape(name)}"]`)?.textContent;
const picked = new Map();

/** A file counts as it is; a text that was pasted or changed counts instead of it. */
for (const name of ["proof", "keys"]) {
  at(`${name}-file`).addEventListener("change", async () => {
    const file = at(`${name}-file`).files[0];
    if (file === undefined) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    at(name).value = new TextDecoder().decode(bytes);
    picked.set(name, { name: file.name, bytes });
  });
  at(name).addEventListener("input", () => picked.delete(name));
}

function given(name) {
  const text = at(name).value;
  const whole = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  return picked.get(name) ?? { name, bytes: new TextEncoder().encode(whole) };
}

async function openings() {
  const files = [...at("opening-file").files];
  return Promise.all(files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));
}

function show(verdict, findings, facts) {
  for (const block of result.querySelectorAll("[data-verdict]")) block.hidden = block.dataset.verdict !== verdict;
  at("findings").replaceChildren(
    ...findings.map(({ code, name, from, to, detail }) => {
      const line = document.createElement("li");
      const strong = document.createElement("strong");
      strong.textContent = words("code", code) ?? code;
      const place = document.createElement("code");
      place.textContent = `${code} · ${name}${from === to ? "" : ` [${from}, ${to})`} · ${detail}`;
      line.append(strong, " ", place);
      return line;
    }),
  );
  at("facts").replaceChildren(
    ...facts.filter(([, value]) => value !== "").flatMap(([name, value]) => {
      const term = document.createElement("dt");
      term.textContent = words("fact", name) ?? name;
      const said = document.createElement("dd");
      said.textContent = value;
      return [term, said];
    }),
  );
  at("facts").hidden = facts.length === 0;
  result.dataset.said = verdict;
}

async function run() {
  let policy;
  try {
    policy = await parsePolicy(new TextDecoder().decode(given("keys").bytes));
  } catch (error) {
    const unable = error instanceof DOMException;
    show(unable ? "unable" : "unreadable", unable ? [] : [{ code: "keys", name: "", from: 0, to: 0, detail: error.message }], []);
    return;
  }
  const said = await check(given("proof"), policy, await openings(), Date.now());
  show(said.verdict, said.findings, said.facts);
}

at("check").addEventListener("click", async () => {
  at("check").disabled = true;
  delete result.dataset.said;
  try {
    await run();
  } finally {
    at("check").disabled = false;
  }
});
if (globalThis.crypto?.subtle === undefined) {
  show("unable", [], []);
} else {
  at("check").disabled = false;
}
