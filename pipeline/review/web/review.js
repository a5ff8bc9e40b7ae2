"use strict";
// All text from forms is set as text, never as markup.
const $ = (id) => document.getElementById(id);
const PAGE = 40;
const FACETS = ["unit", "year", "code", "reader", "file"];
const state = { items: [], at: -1, offset: 0, total: 0, view: null, last: [], words: WORDS["zh-CN"], asked: 0 };

function make(tag, text, name) {
  const node = document.createElement(tag);
  if (text !== undefined && text !== null) node.textContent = text;
  if (name) node.className = name;
  return node;
}

async function ask(path, body) {
  const headers = { "X-Jixiao-Lang": document.documentElement.lang };
  const options = body === undefined ? { headers } : { method: "POST", headers: { ...headers, "Content-Type": "application/json", "X-Jixiao": "1" }, body: JSON.stringify(body) };
  const answer = await fetch(path, options);
  const value = await answer.json().catch(() => ({ message: answer.statusText }));
  return { ok: answer.ok, status: answer.status, value };
}

function say(text, fine) {
  $("message").textContent = text || "";
  $("message").className = fine ? "fine" : "";
}

function speak(lang) {
  state.words = WORDS[lang] || WORDS["zh-CN"];
  document.documentElement.lang = lang;
  for (const node of document.querySelectorAll("[data-text]")) if (state.words.texts) node.textContent = state.words.texts[node.dataset.text];
  for (const node of document.querySelectorAll("[data-placeholder]")) if (state.words.texts) node.placeholder = state.words.texts[node.dataset.placeholder];
}

function queryOf() {
  const query = new URLSearchParams({ offset: state.offset, limit: PAGE, state: $("state").value, q: $("search").value, queue: $("which").value });
  for (const name of FACETS) if ($(name).value) query.set(name, $(name).value);
  return query;
}

function fillFacet(name, counts) {
  const select = $(name), chosen = select.value;
  select.replaceChildren(new Option(state.words.any[name], ""));
  for (const [value, count] of counts) if (value) select.add(new Option(`${value.split("/").pop()} (${count})`, value));
  select.value = chosen;
  if (select.value !== chosen) { select.add(new Option(chosen, chosen)); select.value = chosen; }
}

async function load(keep) {
  const number = ++state.asked;
  const { ok, value } = await ask(`/api/queue?${queryOf()}`);
  if (number !== state.asked) return;
  if (!ok) { say(value.message); return; }
  // Nothing is decided about what does not stand on the page yet.
  state.view = null;
  state.items = value.items;
  state.total = value.total;
  for (const name of FACETS) fillFacet(name, value.facets[name]);
  $("count").textContent = `${value.total} ${state.words.count} · ${state.words.of} ${value.all}`;
  $("range").textContent = value.total ? `${state.offset + 1}–${state.offset + value.items.length}` : "";
  drawQueue();
  await show(keep === undefined ? 0 : Math.min(keep, state.items.length - 1));
}

function drawQueue() {
  $("queue").replaceChildren(...state.items.map((item, index) => {
    const line = make("li", null, `p${item.priority}${item.decision ? " decided" : ""}`);
    const place = [item.page_no && `${state.words.page} ${item.page_no}`, item.row && `${state.words.row} ${item.row}`].filter(Boolean).join(" · ");
    line.append(make("b", `${item.field_name || item.code}  ${item.value}`), make("small", item.file.split("/").pop()), make("small", `${place}  ${item.code}`));
    line.addEventListener("click", () => show(index));
    return line;
  }));
}

async function show(index) {
  state.at = index;
  [...$("queue").children].forEach((line, k) => line.setAttribute("aria-current", String(k === index)));
  const item = state.items[index];
  for (const id of ["what", "why"]) $(id).textContent = "";
  for (const id of ["facts", "form", "crop"]) $(id).replaceChildren();
  $("paper").hidden = true; $("box").hidden = true; $("after").value = ""; $("everywhere").checked = false;
  state.view = null;
  if (!item) { $("what").textContent = state.words.nothing; return; }
  $("queue").children[index].scrollIntoView({ block: "nearest" });
  const { ok, value } = await ask(`/api/item/${item.sha256}/${item.finding_id}`);
  if (state.items[state.at] !== item) return;
  if (!ok) { say(value.message); return; }
  state.view = value;
  draw(item, value);
}

function draw(item, view) {
  const { finding, life, decision } = view, words = state.words;
  $("what").textContent = `${life.label || finding.code}${finding.row ? ` · ${words.row} ${finding.row}` : ""}`;
  const inChinese = document.documentElement.lang === "zh-CN";
  const drawn = finding.code === "sample";
  $("wherever").hidden = drawn;
  document.querySelector('[data-action="reject"]').hidden = drawn;
  $("why").textContent = drawn ? words.sampleWhy : inChinese && finding.chinese ? finding.chinese : finding.message;
  $("why").title = finding.message;
  const fact = (label, text) => text === null || text === undefined || text === "" ? [] : [make("dt", label), make("dd", text)];
  $("facts").replaceChildren(
    ...fact(words.rawLabel, finding.raw ?? ""), ...fact(words.valueLabel, finding.field ? finding.value ?? words.blank : null),
    ...fact(words.proposalLabel, finding.proposal), ...fact(words.confidenceLabel, finding.confidence),
    ...fact(words.placeLabel, `${life.file.split("/").slice(-2).join("/")}${finding.page_no ? ` · ${words.page} ${finding.page_no}` : ""} · ${finding.path}`),
    ...life.corrections.flatMap((each) => fact(words.correctionLabel, `${inChinese ? each.chinese : each.rule}: ${each.before} → ${each.after}`)),
    ...life.said.flatMap((each) => fact(words.saidLabel, inChinese ? each.chinese : `${each.code}: ${each.message}`)),
    ...(decision ? fact(words.decidedLabel, `${decision.who} · ${words.actions[decision.action]}${decision.after ? ` ${decision.after}` : ""}`) : []));
  $("after").value = finding.proposal ?? finding.value ?? "";
  drawForm(view.form, new Set([finding.path, ...finding.also]));
  drawPlace(item, finding, life);
}

function cellOf(cell, here) {
  const node = make("td", cell.text, [cell.marked && "marked", here.has(cell.path) && "here"].filter(Boolean).join(" "));
  return node;
}

function drawForm(form, here) {
  const head = document.createElement("table"), rows = document.createElement("table");
  for (const field of form.fields) { const line = make("tr"); line.append(make("th", field.label), cellOf(field, here)); head.append(line); }
  const heads = make("tr"); heads.append(...form.heads.map((text) => make("th", text))); rows.append(heads);
  for (const row of form.rows) { const line = make("tr"); line.append(...row.map((cell) => cellOf(cell, here))); rows.append(line); }
  $("form").replaceChildren(head, rows);
}

function drawPlace(item, finding, life) {
  if (!life.has_picture) { $("crop").replaceChildren(make("p", finding.raw ?? "")); return; }
  const picture = new Image();
  picture.alt = finding.raw ?? "";
  picture.addEventListener("error", async () => {
    const { value } = await ask(picture.src);
    $("crop").replaceChildren(make("p", state.words.noPicture + (value.message || "")));
  });
  picture.src = `/api/crop/${item.sha256}/${item.finding_id}`;
  $("crop").replaceChildren(picture);
  $("paper").onload = () => {
    if (!finding.bbox) return;
    const [x0, top, x1, bottom] = finding.bbox, { width, height } = life.page, box = $("box");
    box.style.left = `${100 * x0 / width}%`; box.style.width = `${100 * (x1 - x0) / width}%`;
    box.style.top = `${100 * top / height}%`; box.style.height = `${100 * (bottom - top) / height}%`;
    box.hidden = false;
  };
  $("paper").hidden = false;
  $("paper").src = `/api/page/${item.sha256}/${life.page.page_no}`;
}

async function decide(action) {
  const item = state.items[state.at];
  if (!item || !state.view) return;
  const body = { sha256: item.sha256, finding_id: item.finding_id, action, who: $("who").value, everywhere: $("everywhere").checked,
    seen: state.view.decision ? state.view.decision.decision_id : null };
  if (action === "correct") body.after = $("after").value;
  const { ok, status, value } = await ask("/api/decide", body);
  if (!ok) {
    say(value.message);
    if (status === 409) state.view.decision = value.decision;
    return;
  }
  state.last.push(value.decision.decision_id);
  $("after").blur();
  say(state.words.saved, true);
  if ($("state").value === "open") await load(state.at); else await load(Math.min(state.at + 1, state.items.length - 1));
}

async function undo() {
  const own = state.view && state.view.decision && $("state").value !== "open" ? state.view.decision.decision_id : state.last.pop();
  if (!own) return;
  const { ok, value } = await ask("/api/undo", { decision_id: own, who: $("who").value });
  say(ok ? state.words.undone : value.message, ok);
  await load(state.at);
}

async function step(by) {
  const to = state.at + by;
  if (to >= 0 && to < state.items.length) await show(to);
  else if (by > 0 && state.offset + PAGE < state.total) { state.offset += PAGE; await load(0); }
  else if (by < 0 && state.offset > 0) { state.offset -= PAGE; await load(PAGE - 1); }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const field = event.target.closest("input, select");
  if (field) {
    if (event.key === "Escape") field.blur();
    if (event.key === "Enter" && field.id === "after") { event.preventDefault(); decide("correct"); }
    return;
  }
  const keys = { j: () => step(1), k: () => step(-1), u: () => decide("unreadable"), r: () => { if (!$("wherever").hidden) decide("reject"); }, z: undo,
    a: () => { if (!$("wherever").hidden) $("everywhere").checked = !$("everywhere").checked; }, e: () => { $("after").focus(); $("after").select(); }, "/": () => $("search").focus() };
  if (event.key === "Enter" && event.target.tagName !== "BUTTON") { event.preventDefault(); decide("accept"); return; }
  const work = keys[event.key.toLowerCase()];
  if (work) { event.preventDefault(); work(); }
});
for (const button of document.querySelectorAll("[data-action]")) button.addEventListener("click", () => button.dataset.action === "undo" ? undo() : decide(button.dataset.action));
$("decision").addEventListener("submit", (event) => event.preventDefault());
for (const id of ["state", "which", ...FACETS]) $(id).addEventListener("change", () => { state.offset = 0; load(); $(id).blur(); });
let typing = 0;
$("search").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(() => { state.offset = 0; load(); }, 200); });
$("next").addEventListener("click", () => { if (state.offset + PAGE < state.total) { state.offset += PAGE; load(); } });
$("back").addEventListener("click", () => { state.offset = Math.max(0, state.offset - PAGE); load(); });
$("who").addEventListener("change", () => localStorage.setItem("jixiao.who", $("who").value));
ask("/api/settings").then(({ value }) => {
  speak(new URLSearchParams(location.search).get("lang") || value.lang);
  $("dataset").textContent = value.dataset;
  $("which").hidden = !value.sample;
  $("which").value = value.sample && (value.of_sample || location.search.includes("queue=sample")) ? "sample" : "";
  $("who").value = localStorage.getItem("jixiao.who") || value.reviewer;
  return load();
});
