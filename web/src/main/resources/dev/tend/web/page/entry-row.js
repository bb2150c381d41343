import { html, nothing } from 'lit';
import { shortDay, spokenDay, today } from './dates.js';
import { icon } from './part.js';
import { acts, store, ui } from './tend.js';
import { linger } from './groups.js';
import { openEntry } from './route.js';

/** A tick in place: done here, and moved away a moment later. */
export function tick(entry) {
  linger(entry);
  acts.tick(entry);
}

export function edit(entry) {
  ui.set({ selected: entry.key, editing: { entry, text: entry.title } });
}

/** As a field of one line can show it. */
export const onOneLine = (text) => text.replace(/\s*[\r\n]+\s*/g, ' ');

/** Ends the editing of a title: with what was typed, or as if nothing had been. */
export function endEdit(text) {
  const { editing } = ui;
  if (!editing) return;
  ui.set({ editing: null });
  const title = text?.trim();
  if (title && title !== editing.text && text !== onOneLine(editing.text)) acts.update(editing.entry, { title }, `Changed “${title}”`, editing.entry);
}

const float = (kind, entry) => (event) => {
  event.stopPropagation();
  ui.set({ selected: entry.key, swiped: null, floating: { kind, entry, at: event.currentTarget.closest('.row') } });
};

function field() {
  const keys = (event) => {
    event.stopPropagation();
    if (!['Enter', 'Escape'].includes(event.key) || event.isComposing) return;
    // Else the title that is there again would be clicked by this very key.
    event.preventDefault();
    endEdit(event.key === 'Enter' ? event.target.value : undefined);
  };
  return html`<input class="title edit" aria-label="Title" .value=${onOneLine(ui.editing.text)}
    @keydown=${keys} @blur=${(event) => endEdit(event.target.value)}>`;
}

function when(entry, group) {
  const now = today();
  if (entry.pending) return html`<span class="when">${store.online ? 'saving' : 'waits'}</span>`;
  if (store.glowing.has(entry.key)) return html`<span class="when">from another window</span>`;
  if (!entry.date || (group === 'today' && entry.date === now) || group === 'tomorrow') return nothing;
  const late = entry.date < now && !entry.done;
  return html`<time class="when ${late ? 'late' : ''}" datetime=${entry.date} title=${shortDay(entry.date)}>${
    group === 'done' ? spokenDay(entry.date) : shortDay(entry.date)}</time>`;
}

/** One entry, as an item of its group's list. */
export function entryRow(entry, { group, index, count, top, first }) {
  const on = ui.selected === entry.key;
  const reach = on || (first && !ui.selected) ? 0 : -1;
  const editing = ui.editing?.entry.key === entry.key;
  const classes = ['row', on && 'on', entry.done && 'done', entry.pending && 'pending', store.glowing.has(entry.key) && 'glow', ui.swiped === entry.key && 'swiped'];
  return html`<li class=${classes.filter(Boolean).join(' ')} data-key=${entry.key} .style=${`top:${top}rem`}
      aria-setsize=${count} aria-posinset=${index + 1}>
    <button class="check" role="checkbox" aria-checked=${entry.done ? 'true' : 'false'} aria-label="Done: ${entry.title}"
      tabindex=${reach} @click=${() => tick(entry)}>${entry.done ? icon('check') : nothing}</button>
    ${editing ? field() : html`<button class="title" dir="auto" tabindex=${reach} aria-expanded=${ui.opened === entry.key ? 'true' : 'false'}
      @click=${() => (ui.set({ swiped: null }), openEntry(entry))} @dblclick=${() => edit(entry)}>${entry.title}</button>`}
    ${ui.place.view === 'list' ? nothing : html`<span class="of" dir="auto">${store.nameOf(entry.list)}</span>`}
    ${entry.notes ? html`<span class="has" role="img" aria-label="has notes">${icon('text')}</span>` : nothing}
    ${when(entry, group)}
    <span class="acts">
      <button aria-label="Date of ${entry.title}" title="Date  d" tabindex=${reach} @click=${float('date', entry)}>${icon('calendar')}</button>
      <button aria-label="Move ${entry.title}" title="Move  m" tabindex=${reach} @click=${float('move', entry)}>${icon('arrow-right')}</button>
      <button aria-label="Delete ${entry.title}" title="Delete  Del" tabindex=${reach} @click=${() => acts.remove(entry)}>${icon('trash-2')}</button>
    </span>
  </li>`;
}
