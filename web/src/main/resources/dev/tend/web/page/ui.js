import { remember, remembered } from './kept.js';

/** What one looks at, and what is open on it; nothing of it is anyone else's business. */
export class Ui extends EventTarget {
  /** Where the page is: see route.js. */
  place = { view: 'home' };
  /** The key of the entry that the keyboard is at. */
  selected = null;
  /** The key of the entry that is open beside the list. */
  opened = null;
  /** Edited in place: `{ entry, text }`, the entry as it was when that began. */
  editing = null;
  /** What floats: `{ kind: 'date' | 'move' | 'list', entry?, at }`, `at` is the element beside it. */
  floating = null;
  /** `help`, `deleted` or none. */
  dialog = null;
  /** The key of the entry whose actions a swipe has shown. */
  swiped = null;
  /** The name of the list that is being renamed, as it was when that began. */
  renaming = null;
  whyOpen = false;
  query = '';
  sideOpen = false;
  doneOpen = remembered('tend.done') === 'open';

  /** Where there is room for one thing only, the lists and an entry are over what is shown. */
  narrow = matchMedia('(max-width: 899px)');

  constructor() {
    super();
    this.narrow.addEventListener('change', () => this.set({}));
  }

  /** Whether the lists are over all else. */
  get sheeted() {
    return this.narrow.matches && this.sideOpen;
  }

  /** Whether what is shown is covered: then nothing in it is to be reached. */
  get covered() {
    return this.sheeted || (this.narrow.matches && this.opened !== null);
  }

  set(changes) {
    Object.assign(this, changes);
    if ('doneOpen' in changes) remember('tend.done', this.doneOpen ? 'open' : '');
    this.dispatchEvent(new Event('change'));
  }
}
