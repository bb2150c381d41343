import { first, MOST } from './read-ahead.js';
import { store, ui } from './tend.js';
import { Tidings } from './tidings.js';

const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 3_000;
/** The server says something every 15 seconds at least. */
const SILENT = 40_000;

/**
 * The one stream through which everything comes that happens elsewhere. When it breaks it is opened
 * anew at the revisions that the page has by then.
 */
export class Live {
  #stream = null;
  #of = '';
  #pause = FIRST_PAUSE;
  #timer = 0;
  #silence = 0;
  #tidings = new Tidings(store);

  constructor() {
    for (const event of ['lists', 'read', 'named']) store.addEventListener(event, () => this.#soon());
    ui.addEventListener('change', () => this.#soon());
    // What was asked got no answer, and the stream may be well: it knows when there is a way again.
    store.addEventListener('offline', () => this.#stream && this.#broken());
    addEventListener('online', () => this.#open());
    addEventListener('offline', () => store.unreachable());
    document.addEventListener('visibilitychange', () => (document.hidden ? this.#rest() : this.#open()));
    this.#soon();
  }

  /** The lists to hear of: the one that is shown, and the first of all. */
  #wanted() {
    const { list } = ui.place;
    const ids = new Set(list && store.lists.get(list)?.loaded ? [list] : []);
    for (const shown of first()) if (shown.loaded) ids.add(shown.id);
    return [...ids].filter((id) => store.lists.get(id).incarnation).slice(0, MOST).sort();
  }

  /** A browser opens six ways to a server, for all its windows: one that nobody sees needs none for its stream. */
  #rest() {
    clearTimeout(this.#timer);
    clearTimeout(this.#silence);
    this.#stream?.close();
    this.#stream = null;
  }

  #soon() {
    if (!this.#stream && this.#pause > FIRST_PAUSE) return;
    if (this.#stream && this.#wanted().join() === this.#of) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), 50);
  }

  #open() {
    this.#rest();
    if (document.hidden) return;
    const wanted = this.#wanted();
    this.#of = wanted.join();
    const places = wanted.map((id) => {
      const { incarnation, revision } = store.lists.get(id);
      return `list=${id}:${incarnation}-${revision}`;
    });
    const stream = new EventSource(`/api/v1/events?${places.join('&')}`);
    this.#stream = stream;
    this.#alive();
    const on = (event, act) => stream.addEventListener(event, ({ data }) => {
      if (stream !== this.#stream) return;
      this.#alive();
      act(JSON.parse(data));
    });
    on('beat', () => {});
    on('hello', () => {
      this.#pause = FIRST_PAUSE;
      store.reached();
      this.#tidings.begun(wanted);
      store.readLists();
    });
    on('change', (record) => this.#tidings.happened(record));
    on('reset', ({ list }) => this.#tidings.listReset(list));
    on('list', (told) => this.#tidings.listHappened(told));
    on('down', (told) => this.#tidings.listDown(told));
    on('up', ({ list }) => this.#tidings.listUp(list));
    stream.onerror = () => stream === this.#stream && this.#broken();
  }

  /** A way that is cut without a word, as where a computer slept, is no error to the browser. */
  #alive() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#broken(), SILENT);
  }

  /** Whether the server is gone, or only the stream, a question tells. */
  #broken() {
    clearTimeout(this.#silence);
    this.#stream.close();
    this.#stream = null;
    const pause = this.#pause;
    this.#pause = Math.min(2 * pause, LONGEST_PAUSE);
    this.#timer = setTimeout(() => this.#open(), pause);
    store.readLists();
  }
}
