import { store, ui } from './tend.js';

/** How many lists are seen together: of as many one stream tells. */
export const MOST = 100;
const AT_ONCE = 4;

/** Those that are seen together, and so are read and kept up to date. */
export const first = () => store.shownLists().slice(0, MOST);

/** Whether some of them are still on their way. */
export const isReading = () => !store.listsKnown || first().some(({ loaded, phase }) => !loaded && ['known', 'loading'].includes(phase));

/** Reads the list that is looked at, and the first, a few at a time, so that one can look at all of them together. */
export function readAhead() {
  if (ui.place.list) store.open(ui.place.list);
  const waiting = first().filter((list) => list.phase === 'known');
  const next = async () => {
    for (let list = waiting.shift(); list; list = waiting.shift()) {
      if (list.phase === 'known') await list.read(store);
    }
  };
  for (let i = 0; i < AT_ONCE; i++) next();
}
