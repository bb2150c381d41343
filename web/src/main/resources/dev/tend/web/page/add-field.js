import { html, nothing } from 'lit';
import { plus, today } from './dates.js';
import { draft, redraft } from './drafts.js';
import { sought } from './groups.js';
import { remembered } from './kept.js';
import { icon, Part } from './part.js';
import { acts, store, ui } from './tend.js';

const LONGEST = 1_000;
/** Else one would not see it there. */
const DATED = { today: () => ({ date: today() }), upcoming: () => ({ date: plus(today(), 1) }) };

/** Type, Enter. */
class AddField extends Part {
  #list = null;

  get #field() {
    return this.querySelector('input');
  }

  get #target() {
    if (ui.place.view === 'list') return ui.place.list;
    const lists = store.shownLists();
    return (lists.find(({ id }) => id === this.#list) ?? lists.find(({ id }) => id === remembered('tend.last')) ?? lists[0])?.id;
  }

  render() {
    const { text, problem, pasted } = draft();
    return html`
      <form class="add" @submit=${this.#submit}>
        ${icon('plus')}
        <input aria-label="Add a task" placeholder="Add a task, press Enter" autocomplete="off" enterkeyhint="done" dir="auto" .value=${text}
          aria-invalid=${problem ? 'true' : 'false'} aria-describedby=${problem ? 'add-problem' : nothing}
          @paste=${this.#paste} @input=${({ target }) => this.#redraft({ text: target.value, problem: null })} @keydown=${this.#keys}>
        ${ui.place.view === 'list' ? html`<kbd aria-hidden="true">n</kbd>` : this.#choice()}
      </form>
      ${problem ? html`<p class="problem" id="add-problem" role="alert">${problem}</p>` : nothing}
      ${pasted ? this.#question(pasted) : nothing}`;
  }

  #choice() {
    return html`<select aria-label="in which list" @change=${(event) => (this.#list = event.target.value)}>${store.shownLists().map(
      ({ id }) => html`<option value=${id} ?selected=${id === this.#target}>${store.nameOf(id)}</option>`)}</select>`;
  }

  #question(pasted) {
    const answer = (lines) => () => {
      const left = this.#add(lines);
      this.#redraft({ pasted: null, text: [draft().text, ...left].filter(Boolean).join(' ') });
      this.#field.focus();
    };
    return html`<div class="ask" role="group" aria-label="What was pasted">
      <span>${pasted.length} lines were pasted.</span>
      <button class="plain" @click=${answer(pasted)}>Add ${pasted.length} tasks</button>
      <button class="plain" @click=${answer([pasted.join(' ')])}>Add one task</button>
      <button class="plain quiet" @click=${answer([])}>Neither</button>
    </div>`;
  }

  #keys = (event) => {
    event.stopPropagation();
    if (event.key !== 'Escape') return;
    this.#redraft({ pasted: null });
    this.#field.blur();
  };

  #paste = (event) => {
    const lines = event.clipboardData.getData('text').split(/\r\n|\r|\n/).map((line) => line.trim()).filter(Boolean);
    if (lines.length < 2) return;
    event.preventDefault();
    this.#redraft({ pasted: lines });
    this.updateComplete.then(() => this.querySelector('.ask button').focus());
  };

  #submit = (event) => {
    event.preventDefault();
    const title = draft().text.trim();
    if (title && !this.#add([title]).length) this.#redraft({ text: '' });
  };

  #redraft(changes) {
    redraft(changes);
    this.requestUpdate();
  }

  /** Those that cannot be added; why, is said. */
  #add(titles) {
    const left = titles.filter((title) => !this.#canBeAdded(title));
    const entries = titles.filter((title) => !left.includes(title)).map((title) => ({ title, ...DATED[ui.place.view]?.() }));
    if (entries.length) acts.add(this.#target, entries, sought(ui.query));
    return left;
  }

  #canBeAdded(title) {
    const { length } = [...title];
    if (length > LONGEST) {
      this.#redraft({ problem: `A title has up to 1,000 characters; this one has ${length.toLocaleString('en')}. Longer texts fit into the notes.` });
    } else if (!this.#target) {
      this.#redraft({ problem: store.listsKnown ? 'There is no list yet to add it to. Make one first.' : 'The lists are being read.' });
    } else {
      return true;
    }
    return false;
  }
}

customElements.define('add-field', AddField);
