import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { entryRow, onOneLine } from './entry-row.js';
import { aim, groupsAt, isOpen } from './groups.js';
import { icon, Part } from './part.js';
import { isReading } from './read-ahead.js';
import { RowFocus } from './row-focus.js';
import { found, stateOf } from './list-state.js';
import { swipeBegins, swipeEnds, swipeMoves } from './swipe.js';
import { acts, store, ui } from './tend.js';
import './add-field.js';
import './trouble-cards.js';

const ROW = matchMedia('(pointer: coarse)').matches ? 2.75 : 2.5;
const SPARE = 12;
const TITLES = { all: 'All', today: 'Today', upcoming: 'Upcoming' };

const moves = (event) => (aim(), swipeMoves(event));

/** The entries of a place in their groups. Of each group only the rows in sight are drawn. */
class ListView extends Part {
  #focused = null;
  #rowFocus = new RowFocus(this);
  #whole = false;

  connectedCallback() {
    super.connectedCallback();
    this.look = () => requestAnimationFrame(() => this.requestUpdate());
    addEventListener('scroll', this.look, { passive: true });
    addEventListener('resize', this.look, { passive: true });
    addEventListener('beforeprint', this.print);
    addEventListener('afterprint', this.print);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('scroll', this.look);
    removeEventListener('resize', this.look);
    removeEventListener('beforeprint', this.print);
    removeEventListener('afterprint', this.print);
  }

  /** On paper everything is in sight. */
  print = ({ type }) => {
    this.#whole = type === 'beforeprint';
    this.requestUpdate();
    this.performUpdate();
  };

  willUpdate() {
    this.#rowFocus.remember();
  }

  render() {
    const { place, query } = ui;
    const list = place.view === 'list' ? store.list(place.list) : null;
    if (place.view === 'nowhere') return lost('There is nothing at this address.');
    if (list?.phase === 'gone') return html`${GONE}<trouble-cards></trouble-cards>`;
    this.groups = groupsAt(place, query);
    const open = this.groups.filter(({ name }) => name !== 'done').reduce((sum, { entries }) => sum + entries.length, 0);
    const title = list ? store.nameOf(list.id) : TITLES[place.view];
    return html`
      <div class="head">
        <button class="menu" aria-label="All lists" aria-expanded=${ui.sideOpen ? 'true' : 'false'} @click=${() => ui.set({ sideOpen: true })}>${icon('menu')}</button>
        ${ui.renaming && list ? this.#nameField(ui.renaming) : html`<h1 dir="auto" tabindex="-1">${title}</h1>`}
        <span class="n">${list?.loaded === false ? '' : open}</span>
        ${list ? html`<button class="more" aria-label="List menu" aria-haspopup="menu"
          @click=${(event) => ui.set({ floating: { kind: 'list', at: event.currentTarget } })}>${icon('ellipsis')}</button>` : nothing}
      </div>
      ${stateOf(list)}
      <add-field></add-field>
      <trouble-cards></trouble-cards>
      <p class="found" role="status">${this.#isRead(list) ? found(this.groups) : nothing}</p>
      <div class="groups" @pointermove=${moves} @pointerdown=${swipeBegins} @pointerup=${swipeEnds} @pointercancel=${swipeEnds}>${this.#body(list)}</div>`;
  }

  #nameField(name) {
    const end = (text) => {
      if (!ui.renaming) return;
      ui.set({ renaming: null });
      const typed = text?.trim();
      if (typed && typed !== name && text !== onOneLine(name)) acts.renameList(ui.place.list, typed);
    };
    const keys = (event) => {
      event.stopPropagation();
      if (!['Enter', 'Escape'].includes(event.key) || event.isComposing) return;
      event.preventDefault();
      end(event.key === 'Enter' ? event.target.value : undefined);
    };
    return html`<input class="rename" aria-label="Name of the list" autocomplete="off" .value=${onOneLine(name)}
      @keydown=${keys} @blur=${(event) => end(event.target.value)}>`;
  }

  #isRead(list) {
    return list ? list.loaded : this.groups.length > 0 || !isReading();
  }

  #body(list) {
    if (!this.#isRead(list)) return html`<ul class="skeleton" aria-hidden="true"><li></li><li></li><li></li></ul>`;
    if (!this.groups.length && !ui.query.trim()) return html`<p class="empty">${this.#nothing(list)}</p>`;
    return repeat(this.groups, ({ name }) => name, (group, at) => this.#group(group, at));
  }

  #nothing(list) {
    return list || ui.place.view === 'all' ? `Nothing here. Type ${ui.narrow.matches ? 'below' : 'above'} and press Enter.` : 'Nothing for these days.';
  }

  #group({ name, title, entries }, at) {
    const shown = isOpen(name, ui.query);
    const heading = name === 'done'
      ? html`<button class="fold" aria-expanded=${shown ? 'true' : 'false'} @click=${() => ui.set({ doneOpen: !ui.doneOpen })}>
          ${icon('chevron-right')}${title} · ${entries.length}</button>`
      : title;
    return html`<section aria-labelledby="group-${name}">
      <h2 class="group ${name}" id="group-${name}">${heading}</h2>
      ${shown ? this.#rows(name, entries, at) : nothing}
    </section>`;
  }

  #rows(name, entries, at) {
    const [from, to] = this.#inSight(name, entries.length);
    const rows = entries.slice(from, to);
    return html`<ul class="rows" data-group=${name} .style=${`height:${entries.length * ROW}rem`}>${repeat(
      rows,
      ({ key }) => key,
      (entry, i) => entryRow(entry, {
        group: name,
        index: from + i,
        count: entries.length,
        top: (from + i) * ROW,
        first: at === 0 && from + i === 0,
      }),
    )}</ul>`;
  }

  /** Which of a group's rows the window shows, with some to spare. */
  #inSight(name, count) {
    if (this.#whole) return [0, count];
    const rows = this.querySelector(`[data-group=${name}]`);
    const height = ROW * parseFloat(getComputedStyle(document.documentElement).fontSize);
    const top = rows?.getBoundingClientRect().top ?? 0;
    const from = Math.max(0, Math.floor(-top / height) - SPARE);
    return [from, Math.min(count, Math.max(from, Math.ceil((innerHeight - top) / height)) + SPARE)];
  }

  updated() {
    const { editing, renaming, selected } = ui;
    const now = renaming ? 'rename' : editing ? `edit ${editing.entry.key}` : null;
    if (now === this.#focused) return this.#rowFocus.keep();
    const before = this.#focused;
    this.#focused = now;
    if (now) this.querySelector('.title.edit, .rename')?.select();
    else if (document.activeElement === document.body) {
      if (before === 'rename') this.querySelector('.more')?.focus();
      else this.reveal(selected);
    }
  }

  /** Nothing where it is out of sight. */
  rowOf(key) {
    return this.querySelector(`[data-key="${CSS.escape(key)}"]`);
  }

  /** Shows an entry's row and puts the keyboard there. */
  async reveal(key, part = 'button.title') {
    const group = this.groups.find(({ entries }) => entries.some((entry) => entry.key === key));
    const rows = group && this.querySelector(`[data-group=${group.name}]`);
    if (!rows) return;
    const height = rows.clientHeight / group.entries.length;
    const top = rows.getBoundingClientRect().top + group.entries.findIndex((entry) => entry.key === key) * height;
    const room = 2 * height;
    if (top < room) scrollBy(0, top - room);
    else if (top + height > innerHeight - room) scrollBy(0, top + height - innerHeight + room);
    this.requestUpdate();
    await this.updateComplete;
    this.rowOf(key)?.querySelector(part)?.focus({ preventScroll: true });
  }

  /** The entries whose rows one can walk, in their order. */
  walkable() {
    return (this.groups ?? []).filter(({ name }) => isOpen(name, ui.query)).flatMap(({ entries }) => entries);
  }
}

const lost = (why) => html`<div class="lost"><h1 tabindex="-1">${why}</h1><p><a href="/">To your lists</a></p></div>`;
const GONE = lost('There is no such list, or it is not yours.');

customElements.define('list-view', ListView);
