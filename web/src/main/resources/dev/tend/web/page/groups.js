import { plus, today } from './dates.js';
import { folded } from './folded.js';
import { first } from './read-ahead.js';
import { store, ui } from './tend.js';

const LINGER = 1_200;
const STILL = 700;

const lingering = new Map();
let aimed = 0;

/** Someone's pointer moves over the rows: nothing there is to move away under it. */
export const aim = () => (aimed = Date.now());

/** What has just been ticked, or unticked, stays where it is for a moment. */
export function linger({ key, done }) {
  lingering.set(key, { since: Date.now(), done: lingering.get(key)?.done ?? done });
  const look = () => {
    if (Date.now() - lingering.get(key)?.since < LINGER || Date.now() - aimed < STILL) return void setTimeout(look, 200);
    lingering.delete(key);
    ui.set({});
  };
  setTimeout(look, LINGER);
}

const VIEWS = {
  list: () => true,
  all: () => true,
  today: (entry, now) => entry.date !== null && entry.date <= now,
  upcoming: (entry, now) => entry.date !== null && entry.date > now,
};

/** The entries that a place shows, before they are searched. */
export function entriesAt(place) {
  const now = today();
  const wanted = VIEWS[place.view] ?? (() => false);
  const lists = place.view === 'list' ? [place.list] : first().map((list) => list.id);
  return lists.flatMap((id) => [...store.entries(id).values()].filter((entry) => wanted(entry, now)));
}

/** What is being edited stays where it is until that ends, whatever happens to it elsewhere. */
function held(entries) {
  const edited = ui.editing?.entry;
  if (!edited) return entries;
  const place = (entry) => ({ ...entry, date: edited.date, done: edited.done });
  return entries.some(({ key }) => key === edited.key)
    ? entries.map((entry) => (entry.key === edited.key ? place(entry) : entry))
    : [...entries, edited];
}

function group(entry, now) {
  const shownDone = lingering.get(entry.key)?.done ?? entry.done;
  return shownDone ? 'done' : placeInTime(entry, now);
}

function placeInTime({ date }, now) {
  if (date === null) return 'none';
  if (date < now) return 'late';
  if (date === now) return 'today';
  return date === plus(now, 1) ? 'tomorrow' : 'later';
}

const TITLES = { late: 'Overdue', today: 'Today', tomorrow: 'Tomorrow', later: 'Later', none: 'No date', done: 'Done' };

const number = (entry) => entry.id ?? Infinity;
const byDate = (a, b) =>
  (a.date ?? '').localeCompare(b.date ?? '') || (a.list === b.list ? number(a) - number(b) : a.list < b.list ? -1 : 1);

/** What a search finds: every word of it, in whatever place. */
export function sought(query) {
  const words = folded(query).trim().split(/\s+/).filter(Boolean);
  return ({ title, notes = '' }) => words.every((word) => folded(`${title}\n${notes}`).includes(word));
}

/** @returns {Array<{name: string, title: string, entries: object[]}>} those that have entries, in their order */
export function groupsAt(place, query) {
  const now = today();
  const isFound = sought(query);
  const groups = new Map(Object.entries(TITLES).map(([name, title]) => [name, { name, title, entries: [] }]));
  for (const entry of held(entriesAt(place))) {
    if (isFound(entry) || entry.key === ui.editing?.entry.key) groups.get(group(entry, now)).entries.push(entry);
  }
  return [...groups.values()]
    .filter(({ entries }) => entries.length)
    .map((one) => ({ ...one, entries: one.entries.sort(byDate) }));
}

export const isOpen = (name, query) => name !== 'done' || ui.doneOpen || query.trim() !== '';
