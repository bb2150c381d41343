import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { spokenDay } from './dates.js';
import { isUndo } from './outbox.js';
import { icon, Part } from './part.js';
import { drop, keepMine, repair, repairable } from './refusals.js';
import { addressOf, keepKeyboard } from './route.js';
import { store, ui } from './tend.js';

const NAME_TAKEN = 'urn:tend:problem:name-taken';
const FIELDS = { title: 'Title', notes: 'Notes', date: 'Date', done: 'Done', name: 'Name' };
const shown = (name, value) => {
  if (name === 'date') return value ? spokenDay(value) : 'No date';
  if (name === 'done') return value ? 'Done' : 'Not done';
  return value || 'Empty';
};

/** Where the list is in the trash nothing can be said otherwise, but it can be taken elsewhere. */
const isGone = ({ kind, list }) => kind !== 'restore' && store.lists.get(list)?.phase === 'gone';

/** Does what ends a card, and with it what the keyboard may be at. */
const done = (deed, ...of) => () => {
  deed(...of);
  keepKeyboard();
};

/** Changes that were not taken, each with what can be done about it; of those of other lists, where they are. */
class TroubleCards extends Part {
  render() {
    const here = (change) => ui.place.view !== 'list' || change.list === ui.place.list || isUndo(change);
    const troubles = store.outbox.changes.filter(({ refused, theirs }) => refused && (refused.status !== 412 || theirs));
    const elsewhere = new Set(troubles.filter((change) => !here(change)).map(({ list }) => list));
    return html`<div class="troubles" role="alert">
      ${repeat(elsewhere, (list) => list, this.#elsewhere)}
      ${repeat(troubles.filter(here), (change) => change, (change) => (change.theirs ? this.#both(change) : this.#refused(change)))}</div>`;
  }

  #elsewhere(list) {
    return html`<p class="wait">${icon('cloud-off')}<span>Something in <a href=${addressOf(list)} dir="auto">${store.nameOf(list)}</a> was not saved.</span></p>`;
  }

  #both(change) {
    const [name] = Object.keys(change.fields);
    return html`<section class="trouble" aria-label="Changed in two places">
      <p>“${change.base?.title ?? change.theirs.title}” was changed elsewhere while you were editing it.</p>
      <div class="versions">
        <div><h3>${FIELDS[name]}, yours</h3><p dir="auto">${shown(name, change.fields[name])}</p>
          <button class="solid" @click=${done(keepMine, change)}>Keep mine</button></div>
        <div><h3>${FIELDS[name]}, theirs</h3><p dir="auto">${shown(name, change.theirs[name])}</p>
          <button class="solid" @click=${done(drop, change)}>Take theirs</button></div>
      </div>
    </section>`;
  }

  #refused(change) {
    const name = repairable(change);
    const again = (event) => {
      event.preventDefault();
      done(repair, change, event.target.elements.text.value.trim())();
    };
    const canBeSaid = !isGone(change);
    const discard = html`<button class="plain" type="button" @click=${done(drop, change)}>${isUndo(change) ? 'OK' : 'Discard'}</button>`;
    return html`<section class="trouble" aria-label=${isUndo(change) ? 'Not undone' : 'Not saved'}>
      <p class="problem" id="not-${change.key}">${this.#why(change)}</p>
      ${name ? html`<form @submit=${again}>${this.#field(change, name, canBeSaid)}
        ${canBeSaid ? html`<button class="solid">Save</button>` : nothing}${discard}</form>` : discard}
    </section>`;
  }

  #field(change, name, canBeSaid) {
    const text = change.fields[name];
    const label = canBeSaid ? 'Say it otherwise' : 'What you typed';
    const own = (event) => event.stopPropagation();
    return name === 'notes'
      ? html`<textarea name="text" rows="3" aria-label=${label} ?readonly=${!canBeSaid} aria-invalid=${canBeSaid ? 'true' : 'false'} aria-describedby="not-${change.key}"
        .value=${text} dir="auto" @keydown=${own}></textarea>`
      : html`<input name="text" aria-label=${label} ?readonly=${!canBeSaid} aria-invalid=${canBeSaid ? 'true' : 'false'} aria-describedby="not-${change.key}"
        .value=${text} dir="auto" @keydown=${own}>`;
  }

  #why(change) {
    const { entry, refused } = change;
    if (isUndo(change)) return `Not undone: ${isGone(change) ? 'the list was deleted.' : refused.detail ?? 'the server did not do it.'} Nothing was lost.`;
    if (isGone(change)) return `Not saved: the list was deleted.${repairable(change) ? ' If it is restored, this can be saved.' : ''}`;
    if (refused.type === NAME_TAKEN) return 'Not saved: there is a list of this name already.';
    if (refused.status === 404) return `Not saved: ${entry ? 'this was deleted elsewhere' : 'the list was deleted elsewhere'}.`;
    return `Not saved: ${refused.detail ?? 'the server did not take it.'}`;
  }
}

customElements.define('trouble-cards', TroubleCards);
