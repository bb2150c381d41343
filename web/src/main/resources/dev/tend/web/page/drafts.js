import { keep, kept } from './kept.js';
import { store, ui } from './tend.js';

const KEPT = 'tend.drafts';
const NONE = { text: '', problem: null, pasted: null };

const drafts = new Map(kept(KEPT, []));
const here = () => ui.place.list ?? ui.place.view;

/**
 * What is half typed where one adds to what is shown: `{ text, problem, pasted }`. Each list has its
 * own, and so has each view of all of them.
 */
export const draft = () => drafts.get(here()) ?? NONE;

export function redraft(changes) {
  put(here(), { ...draft(), ...changes });
}

function put(place, draft) {
  if (draft.text || draft.pasted) drafts.set(place, draft);
  else drafts.delete(place);
  keep(KEPT, [...drafts]);
}

/** A list that had no number got one. */
store.addEventListener('named', ({ detail: { from, to } }) => {
  if (!drafts.has(from)) return;
  put(to, drafts.get(from));
  put(from, NONE);
});
