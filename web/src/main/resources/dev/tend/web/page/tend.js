import { Acts } from './acts.js';
import { Store } from './store.js';
import { Ui } from './ui.js';
import { Undos } from './undos.js';

/** There is one of each on the page. */
export const store = new Store();
export const undos = new Undos();
export const acts = new Acts(store, undos);
export const ui = new Ui();
