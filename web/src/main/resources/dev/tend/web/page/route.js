import { remember, remembered } from './kept.js';
import { store, ui } from './tend.js';

const VIEWS = ['all', 'today', 'upcoming'];
const LAST = 'tend.last';

/** What an address is of: `{ view, list?, entry? }`. */
export function placeOf({ pathname, hash }) {
  const [, first, id, , number] = pathname.split('/');
  const [, of, marked] = /^#entry-(?:([0-9a-f]{32})-)?([1-9]\d{0,8})$/.exec(hash) ?? [];
  const entry = Number(marked ?? number) || null;
  if (first === 'lists' && id) return { view: 'list', list: store.listNow(id), entry };
  if (pathname === '/') return { view: 'home' };
  return { view: VIEWS.includes(first) ? first : 'nowhere', of, entry };
}

export const addressOf = (list) => `/lists/${list}`;

/** The step of the history that is shown. They are numbered, and marked where an entry was closed. */
let shown = history.state ?? { step: 0 };
history.replaceState(shown, '');

/** Goes to an address, as a link does: to where one is already it is no step. */
export function go(address, { instead = address === location.pathname + location.hash, closing = false } = {}) {
  shown = { step: shown.step + (instead ? 0 : 1), closed: closing };
  history[instead ? 'replaceState' : 'pushState'](shown, '', address);
  if (arrive()) scrollTo(0, 0);
}

/** As back and forward lead; on over a step that shows what its neighbour does, for its entry was closed. */
export function travel() {
  const left = shown;
  shown = history.state ?? { step: left.step + 1 };
  const back = shown.step < left.step;
  if (!arrive() && (back ? left : shown).closed) history.go(back ? -1 : 1);
}

/** Shows what the address bar says: whether that is another place. */
export function arrive() {
  const place = placeOf(location);
  if (place.view === 'list') {
    remember(LAST, place.list);
    // The history may have the address that it had before its number.
    if (!location.pathname.startsWith(addressOf(place.list))) history.replaceState(shown, '', addressOf(place.list));
  }
  const numbered = place.list !== ui.place.list && place.list === store.listNow(ui.place.list);
  const same = place.view === ui.place.view && (numbered || place.list === ui.place.list);
  const held = document.activeElement !== document.body;
  // Leaving saves.
  if (!same) document.activeElement?.closest('.edit, .rename')?.blur();
  const opened = place.entry ? store.keyAt(place.list ?? place.of, place.entry) : numbered ? ui.opened : null;
  ui.set({
    place,
    opened,
    selected: opened ?? (same ? ui.selected : null),
    ...(numbered ? {} : { sideOpen: false, floating: null, dialog: null }),
    ...(same ? {} : { query: '', editing: null, renaming: null }),
  });
  if (place.view === 'list') store.open(place.list);
  if (place.view === 'home') home();
  if (held) keepKeyboard();
  return !same;
}

/** A keyboard that was at what is not shown any more is at the entry's row, or at the name of what is shown. */
export async function keepKeyboard() {
  for (const part of ['tend-app', 'list-view']) await document.querySelector(part)?.updateComplete;
  if (document.activeElement !== document.body) return;
  const row = document.querySelector('list-view')?.rowOf(ui.selected ?? '');
  (row?.querySelector('button.title') ?? document.querySelector('h1'))?.focus({ preventScroll: true });
}

/** Opens an entry beside its list; one that has no number there yet has no address. */
export function openEntry(entry) {
  const place = store.placeOf(entry.key);
  if (place?.list !== entry.list) return ui.set({ opened: entry.key, selected: entry.key });
  const mark = ui.place.view === 'list' ? place.id : `${place.list}-${place.id}`;
  go(`${location.pathname.replace(/\/entries\/.*/, '')}#entry-${mark}`, { instead: isOfEntry() || shown.closed });
}

const isOfEntry = () => Boolean(location.hash) || /\/entries\//.test(location.pathname);

export function closeEntry() {
  if (isOfEntry()) {
    go(location.pathname.replace(/\/entries\/.*/, ''), { instead: true, closing: true });
  } else {
    ui.set({ opened: null });
  }
}

/** The list one was at last, or the first. */
export function home() {
  if (ui.place.view !== 'home' || !store.listsKnown) return;
  const lists = store.shownLists();
  const last = lists.find((list) => list.id === remembered(LAST)) ?? lists[0];
  if (last) go(addressOf(last.id), { instead: true });
}

/** The lists beside, as `[` and `]` walk them. */
export function beside(step) {
  const places = [...VIEWS.map((view) => `/${view}`), ...store.shownLists().map((list) => addressOf(list.id))];
  const at = places.indexOf(ui.place.view === 'list' ? addressOf(ui.place.list) : `/${ui.place.view}`);
  go(places[(at + step + places.length) % places.length]);
}

/** Follows links within the page without leaving it. */
export function follow(event) {
  const link = event.target.closest?.('a[href^="/"]');
  const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!link || !plain || link.target || link.pathname.startsWith('/status') || link.pathname.startsWith('/api')) return;
  event.preventDefault();
  go(link.getAttribute('href'));
}

/** Makes a list and goes there; the keyboard is where one adds to it. */
export async function makeList(name) {
  go(addressOf(store.create(name).list));
  for (const part of ['tend-app', 'list-view', 'add-field']) await document.querySelector(part)?.updateComplete;
  document.querySelector('add-field input')?.focus();
}
