import { store, ui } from './tend.js';

/** Of the rows that were walked, the one after that of an entry, or else before it, that is still there. */
export function nextOf(key, walked, there) {
  const at = walked.indexOf(key);
  const stays = (other) => other !== key && there.has(other);
  return walked.slice(at + 1).find(stays) ?? walked.slice(0, Math.max(at, 0)).findLast(stays);
}

/**
 * Keeps the keyboard among the rows of a view while they come, go and change places: where its row
 * is taken away by a drawing, the keyboard goes with the entry, or to the row that follows.
 */
export class RowFocus {
  #view;
  #at = null;

  constructor(view) {
    this.#view = view;
  }

  /** Before the rows are drawn anew. */
  remember() {
    const focused = document.activeElement;
    const row = focused?.closest?.('.row');
    this.#at = row && this.#view.contains(row)
      ? { key: row.dataset.key, group: row.parentElement.dataset.group, check: focused.matches('.check'), walked: this.#keys() }
      : null;
  }

  /** After that. */
  keep() {
    const at = this.#at;
    if (!at || document.activeElement !== document.body) return;
    const group = this.#view.groups?.find(({ entries }) => entries.some(({ key }) => key === at.key))?.name;
    // In the same group without a row, it was scrolled out of sight.
    if (group === at.group && !this.#view.rowOf(at.key)) return;
    const key = this.#next(at, group);
    if (!key) return;
    if (ui.selected === at.key) ui.set({ selected: key });
    this.#view.reveal(key, at.check ? 'button.check' : 'button.title');
  }

  /** What is done leaves the one who ticks it with what is left to do. */
  #next({ key, group: before, walked }, group) {
    const there = new Set(this.#keys());
    if (there.has(key) && (group === before || !store.entry(key)?.done)) return key;
    return nextOf(key, walked, there);
  }

  #keys() {
    return this.#view.walkable().map(({ key }) => key);
  }
}
