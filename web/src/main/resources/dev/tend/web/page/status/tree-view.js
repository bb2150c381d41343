import { html, svg } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { edge, isBox, outline, tidy, BOX } from './layout.js';
import { shape, spoken } from './node-shape.js';
import { Part } from './part.js';
import { watch } from './watch.js';

const SMALLEST = 0.88, PADDING = 32;

/** The supervision tree. One tab stop; arrows walk it, Enter opens what one is at. */
class TreeView extends Part {
  #available = 0;
  #at = null;
  #held = null;
  #sizes = new ResizeObserver(([{ contentRect }]) => {
    this.#available = Math.floor(contentRect.width) - PADDING;
    this.requestUpdate();
  });

  firstUpdated() {
    this.#sizes.observe(this.firstElementChild);
  }

  render() {
    return html`<div class="tree">${this.#available > 0 ? this.#drawing() : ''}</div>`;
  }

  willUpdate() {
    this.#held = this.contains(document.activeElement) ? this.#place(document.activeElement.dataset.id) : null;
  }

  /** Where the part that the keyboard was at is gone, the keyboard is at what looks after it. */
  updated() {
    const drawn = this.querySelector('svg');
    if (drawn) drawn.style.width = `${this.width}px`;
    for (let place = this.#held; place && document.activeElement === document.body; place = place.parent) this.#focus(place);
  }

  #focus({ node }) {
    this.querySelector(`[data-id="${CSS.escape(node.id)}"]`)?.focus();
  }

  #drawing() {
    const wide = tidy(watch.status.tree);
    const drawing = this.#available / wide.width >= SMALLEST ? wide : outline(watch.status.tree, this.#available);
    this.places = drawing.places;
    const at = this.#place(this.#at) ?? this.places[0];
    this.width = Math.min(drawing.width, this.#available);
    return html`<svg role="tree" aria-label="Supervision tree" viewBox="0 0 ${drawing.width} ${drawing.height}" @keydown=${this.#walk}>
      ${svg`<g aria-hidden="true">${this.places.filter(({ parent }) => parent).map((place) => svg`<path class="edge" d="${edge(place, drawing.outline)}"/>`)}</g>`}
      ${repeat(this.places, ({ node }) => node.id, (place) => this.#item(place, place === at))}
    </svg>`;
  }

  #item(place, at) {
    const { node, x, y, parent, depth } = place;
    const picked = watch.picked?.id === node.id;
    const height = isBox(place) ? BOX : 28;
    const siblings = parent?.children ?? [place];
    return svg`<g class="node" role="treeitem" data-id="${node.id}" tabindex="${at ? 0 : -1}" aria-label="${spoken(place)}"
        aria-level="${depth + 1}" aria-setsize="${siblings.length}" aria-posinset="${siblings.indexOf(place) + 1}" aria-selected="${picked}"
        @click=${() => this.#open(place)} @focus=${() => this.#moved(node.id)}>
      <rect class="hit ${picked ? 'pick' : ''}" x="${x - 8}" y="${y - height / 2}" width="${place.end - x + 12}" height="${height}" rx="8"/>
      ${shape(place, { picked, rings: watch.restarted.has(node.id) })}
    </g>`;
  }

  #place(id) {
    return this.places.find(({ node }) => node.id === id);
  }

  #moved(id) {
    this.#at = id;
    this.requestUpdate();
  }

  #open({ node }) {
    watch.pick(node.bundle ? node.of : node);
  }

  #walk = (event) => {
    const place = this.#place(event.target.dataset.id);
    if (!place || event.ctrlKey || event.metaKey || event.altKey) return;
    const i = this.places.indexOf(place);
    const to = {
      ArrowUp: this.places[i - 1],
      ArrowDown: this.places[i + 1],
      ArrowLeft: place.parent,
      ArrowRight: place.children[0],
      Home: this.places[0],
      End: this.places.at(-1),
    }[event.key];
    if (event.key === 'Enter' || event.key === ' ') this.#open(place);
    else if (!to) return;
    event.preventDefault();
    if (to) this.#focus(to);
  };
}

customElements.define('tree-view', TreeView);
