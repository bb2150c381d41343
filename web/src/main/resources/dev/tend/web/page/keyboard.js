import { edit, tick } from './entry-row.js';
import { beside, closeEntry, openEntry } from './route.js';
import { acts, store, ui, undos } from './tend.js';

const view = () => document.querySelector('list-view');
const field = (selector) => document.querySelector(selector)?.focus();

/** Where the lists are a sheet, the field is in it. */
async function search() {
  if (!document.querySelector('.search')?.checkVisibility()) {
    ui.set({ sideOpen: true });
    await document.querySelector('side-bar')?.updateComplete;
  }
  field('.search input');
}

function walk(step) {
  if (ui.covered) return;
  const entries = view()?.walkable() ?? [];
  const at = entries.findIndex(({ key }) => key === ui.selected);
  const next = entries[at < 0 ? (step > 0 ? 0 : entries.length - 1) : at + step];
  if (!next) return;
  ui.set({ selected: next.key });
  view().reveal(next.key);
}

const selected = (act) => () => {
  const entry = ui.selected && store.entry(ui.selected);
  const listed = () => !ui.covered && view()?.walkable().some(({ key }) => key === ui.selected);
  if (entry && !ui.sheeted && (ui.selected === ui.opened || listed())) act(entry);
};

/** An entry's row, brought into sight; nothing where it is open beside and in no open group. */
async function row({ key }) {
  await view()?.reveal(key);
  return view()?.rowOf(key);
}

const float = (kind) => selected(async (entry) => {
  const at = await row(entry) ?? document.querySelector('.detail');
  if (at) ui.set({ floating: { kind, entry, at } });
});

const editRow = async (entry) => (await row(entry) ? edit(entry) : field('.detail .title'));

async function open(entry) {
  openEntry(entry);
  await document.querySelector('tend-app').updateComplete;
  await document.querySelector('entry-detail').updateComplete;
  field('.detail .notes');
}

/** Deletes an entry; the keyboard is at the next. */
export function remove(entry) {
  const entries = view()?.walkable() ?? [];
  const at = entries.findIndex(({ key }) => key === entry.key);
  const next = at < 0 ? null : entries[at + 1] ?? entries[at - 1];
  acts.remove(entry);
  ui.set({ selected: next?.key ?? null });
  if (next) view().updateComplete.then(() => view().reveal(next.key));
}

/** The whole map: its keys, what they do in words, and the deed. */
export const KEYS = [
  [['n'], 'New task', () => field('add-field input')],
  [['/'], 'Search', search],
  [['j', 'ArrowDown'], 'Next', () => walk(1)],
  [['k', 'ArrowUp'], 'Previous', () => walk(-1)],
  [[' '], 'Tick', selected(tick)],
  [['Enter'], 'Edit', selected(editRow)],
  [['o'], 'Open', selected(open)],
  [['d'], 'Date', float('date')],
  [['m'], 'Move', float('move')],
  [['Delete', 'Backspace'], 'Delete', selected(remove)],
  [['z'], 'Undo', () => undos.pop()],
  [['['], 'List before', () => beside(-1)],
  [[']'], 'List after', () => beside(1)],
  [['?'], 'These keys', () => ui.set({ dialog: 'help' })],
  [['Escape'], 'Close', escape],
];

function escape() {
  if (ui.floating) ui.set({ floating: null });
  else if (ui.swiped) ui.set({ swiped: null });
  else if (ui.sideOpen) ui.set({ sideOpen: false });
  else if (ui.opened) {
    closeEntry();
    if (ui.selected) view()?.reveal(ui.selected);
  } else ui.set({ query: '', selected: null });
}

const DEEDS = new Map(KEYS.flatMap(([keys, , deed]) => keys.map((key) => [key, deed])));
const OWN = 'input, textarea, select, dialog, [contenteditable]';

export function listen() {
  addEventListener('keydown', (event) => {
    const { target, key } = event;
    // Many keyboards have brackets on AltGr, which some call Control and Alt, or on Option.
    const isThird = event.altKey && (key === '[' || key === ']');
    if (event.defaultPrevented || target.closest?.(OWN) || (event.altKey && !isThird) || event.isComposing) return;
    if ((event.ctrlKey && !isThird) || event.metaKey) {
      if (key !== 'z' || event.shiftKey) return;
    } else if ((key === ' ' || key === 'Enter') && target.closest('a, button:not(.title)')) {
      return;
    }
    const deed = DEEDS.get(key);
    if (!deed || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    deed();
  });
}
