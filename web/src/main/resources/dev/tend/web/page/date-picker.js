import { html, nothing } from 'lit';
import { ACCEPTED, monthName, parseDay, plusMonths, shortDay, spokenDay, today, weeksOf } from './dates.js';
import { icon, Part } from './part.js';
import { acts, ui } from './tend.js';

/** A date, typed or pointed at. */
class DatePicker extends Part {
  static properties = { entry: { attribute: false }, month: { state: true }, typed: { state: true }, problem: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.typed = null;
    this.month = `${(this.entry.date ?? today()).slice(0, 8)}01`;
  }

  render() {
    const day = this.typed === null ? this.entry.date : parseDay(this.typed);
    return html`<div class="dates" role="dialog" aria-label="Date of ${this.entry.title}">
      <input aria-label="Date" placeholder="tomorrow, fri, +3d, 19 dec" autocomplete="off"
        .value=${this.entry.date ? spokenDay(this.entry.date) : ''}
        aria-invalid=${this.problem ? 'true' : 'false'} aria-describedby="date-says"
        @focus=${(event) => event.target.select()} @input=${this.#type} @keydown=${this.#keys}>
      <p class="says ${this.problem ? 'problem' : ''}" id="date-says" aria-live="polite">${this.#says(day)}</p>
      ${this.#calendar(day)}
      ${this.entry.date ? html`<button class="plain" @click=${() => this.#choose(null)}>No date</button>` : nothing}
    </div>`;
  }

  #says(day) {
    if (this.problem || day === undefined) return this.problem ?? ACCEPTED;
    return day === null ? 'No date' : shortDay(day);
  }

  #type = (event) => {
    this.typed = event.target.value;
    this.problem = null;
    const day = parseDay(this.typed);
    if (day) this.month = `${day.slice(0, 8)}01`;
  };

  #keys = (event) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    const day = this.typed === null ? this.entry.date : parseDay(this.typed);
    if (day === undefined) this.problem = `That is no date. ${ACCEPTED}`;
    else this.#choose(day);
  };

  #choose(day) {
    ui.set({ floating: null });
    acts.date(this.entry, day);
  }

  #calendar(chosen) {
    const turn = (step) => () => (this.month = plusMonths(this.month, step));
    const now = today();
    return html`<div class="month"><button aria-label="Month before" @click=${turn(-1)}>${icon('chevron-left')}</button>
        <span aria-live="polite">${monthName(this.month)}</span>
        <button aria-label="Month after" @click=${turn(1)}>${icon('chevron-right')}</button></div>
      <div class="days"><span>Mo</span><span>Tu</span><span>We</span><span>Th</span><span>Fr</span><span>Sa</span><span>Su</span>
      ${weeksOf(this.month).flat().map((day) => html`<button aria-label=${shortDay(day)} aria-pressed=${day === chosen ? 'true' : 'false'}
        class="${day.slice(0, 7) === this.month.slice(0, 7) ? '' : 'other'} ${day === now ? 'now' : ''}"
        @click=${() => this.#choose(day)}>${Number(day.slice(8))}</button>`)}</div>`;
  }
}

customElements.define('date-picker', DatePicker);
