const STATUS = '/api/v1/status';
const SILENT = 7_000;
const AGAIN = 1_000;
const STORY = 50;
const RING = 4_000;

/** What is known of the system, kept up to date by the server for as long as it is there. */
class Watch extends EventTarget {
  /** The last that the server said, or null. */
  status = null;
  /** Newest first. */
  story = [];
  online = true;
  /** The node whose card is open, as it was last seen. */
  picked = null;
  /** What is known of its process. */
  card = null;
  /** When the process of a place was last another one, by the place's id. */
  restarted = new Map();

  #source = null;
  #silence = 0;

  begin() {
    this.#listen();
    // Timers sleep with the computer: what was true before it slept is not said after.
    addEventListener('online', () => this.#listen());
    document.addEventListener('visibilitychange', () => this.#listen());
  }

  #listen() {
    this.#source?.close();
    clearTimeout(this.#silence);
    // A browser opens six ways to a server, for all its windows: one that nobody sees needs none.
    if (document.hidden) return;
    const source = new EventSource(`${STATUS}/events`);
    this.#source = source;
    source.addEventListener('status', ({ data }) => this.#seen(JSON.parse(data)));
    source.addEventListener('story', ({ data }) => this.#told(JSON.parse(data)));
    source.onerror = () => {
      this.#lost();
      if (source.readyState === EventSource.CLOSED) this.#silence = setTimeout(() => this.#listen(), AGAIN);
    };
  }

  #lost() {
    if (this.online) this.#set({ online: false });
  }

  #alive() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this.#lost();
      this.#listen();
    }, SILENT);
  }

  #seen(status) {
    this.#alive();
    const before = this.status;
    if (before && before.boot !== status.boot) {
      this.#tell({ id: `${status.boot}-0`, at: status.up, kind: 'told', who: 'Tend', what: 'was started again' });
    } else if (before) {
      const pids = new Map(nodes(before.tree).map((node) => [node.id, node.pid]));
      for (const { id, pid } of nodes(status.tree)) {
        if (pid && pids.get(id) && pids.get(id) !== pid) this.#ring(id);
      }
    }
    this.#set({ status, online: true });
    if (this.picked) this.#readCard();
  }

  #ring(id) {
    this.restarted.set(id, Date.now());
    setTimeout(() => {
      if (Date.now() - this.restarted.get(id) >= RING) this.restarted.delete(id);
      this.#set({});
    }, RING + 50);
  }

  #told(event) {
    this.#alive();
    this.#tell(event);
    const place = this.status && nodes(this.status.tree).find((node) => event.former && node.pid === event.former);
    if (place) this.#ring(place.id);
  }

  #tell(event) {
    if (this.story.some(({ id }) => id === event.id)) return;
    this.#set({ story: [event, ...this.story].slice(0, STORY) });
  }

  // ---- the card ----

  pick(node) {
    this.#set({ picked: node, card: null });
    if (node) this.#readCard();
  }

  /** Opens what is known of a process that may be dead. */
  pickProcess(pid, name) {
    this.pick({ id: `process ${pid}`, name, pid, state: 'gone' });
  }

  /** The place whose card is open, as it is now. */
  get place() {
    const { picked, status } = this;
    return (picked && status && nodes(status.tree).find(({ id }) => id === picked.id)) ?? picked;
  }

  async #readCard() {
    const { picked, place } = this;
    // Of one that is not there, how it ended is known.
    const pid = place.pid ?? place.former;
    if (!pid) return;
    try {
      const response = await fetch(`${STATUS}/processes/${pid}`, { cache: 'no-store' });
      const card = response.ok ? await response.json() : null;
      if (this.picked === picked && card) this.#set({ card });
    } catch {
      // Shown as it was last seen; the top of the page says since when.
    }
  }

  async find(text) {
    const response = await fetch(`${STATUS}?find=${encodeURIComponent(text)}`, { cache: 'no-store' });
    return response.ok ? response.json() : null;
  }

  #set(changes) {
    Object.assign(this, changes);
    this.dispatchEvent(new Event('change'));
  }
}

/** All nodes of a tree, parents before their children. */
export const nodes = (node) => [node, ...(node.children ?? []).flatMap(nodes)];

export const watch = new Watch();
