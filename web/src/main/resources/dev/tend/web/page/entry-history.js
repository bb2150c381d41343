import { html, nothing } from 'lit';
import { ask, entryPath } from './api.js';
import { shortDay, spokenDay, today } from './dates.js';
import { Part } from './part.js';
import { acts, store } from './tend.js';

const MOST = 50;
const FIELDS = ['title', 'date', 'done', 'notes'];

function when(at) {
  const time = new Date(at);
  const day = today(time);
  return day === today() ? time.toTimeString().slice(0, 5) : shortDay(day);
}

function inWords(name, before) {
  switch (name) {
    case 'title': return `title was “${before}”`;
    case 'date': return before ? `date was ${spokenDay(before)}` : 'got a date';
    case 'done': return before ? 'was done' : 'done';
    default: return before ? 'notes changed' : 'got notes';
  }
}

/** What happened to an entry, the last thing first; what it was before can come back. */
class EntryHistory extends Part {
  static properties = { entry: { attribute: false }, records: { state: true } };

  #of = null;
  #read = '';

  willUpdate() {
    const place = store.placeOf(this.entry.key);
    const version = place ? `${place.list}/${place.id}/${this.entry.revision}` : '';
    if (this.entry.key !== this.#of) this.records = undefined;
    this.#of = this.entry.key;
    if (version === this.#read) return;
    this.#read = version;
    if (!place) return;
    const later = () => version === this.#read && (this.#read = '');
    const read = (records, before = '') =>
      ask('GET', `${entryPath(place.list, place.id)}/history?limit=${MOST - records.length}${before}`).then(({ ok, body }) => {
        if (version !== this.#read) return;
        if (!ok) return void later();
        const known = [...records, ...body.records];
        if (body.next && known.length < MOST) read(known, `&before=${body.next}`);
        else this.records = known;
      }, later);
    read([]);
  }

  render() {
    if (!this.records) return nothing;
    return html`<section class="history"><h3 class="group">History</h3><ul>${this.records.flatMap((record, i) => this.#lines(record, this.records[i + 1]))}</ul></section>`;
  }

  #lines(record, before) {
    if (record.kind !== 'updated' || !before?.entry) {
      const words = { added: 'added', restored: 'brought back', deleted: 'deleted', updated: 'changed' }[record.kind];
      return words ? [this.#line(record, words)] : [];
    }
    return FIELDS.filter((name) => record.entry[name] !== before.entry[name]).map((name) => {
      const was = before.entry[name];
      const restore = this.entry[name] === was ? nothing : html`<button class="plain" aria-label="Restore: ${inWords(name, was)}"
        @click=${() => acts.update(this.entry, { [name]: was })}>Restore</button>`;
      return this.#line(record, inWords(name, was), restore);
    });
  }

  #line(record, words, restore = nothing) {
    return html`<li><time datetime=${record.at}>${when(record.at)}</time><span dir="auto">${words}</span>${restore}</li>`;
  }
}

customElements.define('entry-history', EntryHistory);
