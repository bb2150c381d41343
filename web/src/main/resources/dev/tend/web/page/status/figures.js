import { html, nothing, svg } from 'lit';
import { Part } from './part.js';
import { watch } from './watch.js';
import { millis, number } from './words.js';

const WIDTH = 200, HEIGHT = 28, KEPT = 60;

const FIGURES = {
  requests: { name: 'Requests a second', text: ({ value }) => number(value) },
  slowest: { name: 'Answers, p99', text: ({ value }) => millis(value) },
  restarts: { name: 'Restarts, last hour', text: ({ value }) => number(value) },
  awake: { name: 'Lists awake', text: ({ value }) => number(value), aside: ({ of }) => (of === undefined ? '' : ` of ${number(of)}`) },
  commits: { name: 'Commits a second', text: ({ value }) => number(value), aside: ({ each }) => (each ? ` · ${number(each)} ${each === 1 ? 'change' : 'changes'} each` : '') },
};

/** The five figures, each with what it was of late. */
class StatusFigures extends Part {
  render() {
    return html`<dl class="figures">${watch.status.figures.map((figure) => {
      const { name, text, aside } = FIGURES[figure.key];
      return html`<div class="figure"><dt>${name}</dt>
        <dd><b>${text(figure)}</b>${aside ? html`<span>${aside(figure)}</span>` : nothing}${spark(figure.samples)}</dd></div>`;
    })}</dl>`;
  }
}

/** The newest sample is at the right; the line stands on zero. */
function spark(known) {
  const samples = known.length === 1 ? [known[0], known[0]] : known;
  const top = Math.max(...samples, 1e-9);
  const step = WIDTH / (KEPT - 1);
  const begin = WIDTH - step * (samples.length - 1);
  const points = samples.map((sample, i) => `${round(begin + i * step)},${round(HEIGHT - 2 - (HEIGHT - 6) * (sample / top))}`);
  return html`<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${svg`<polyline points="${points.join(' ')}"/>`}</svg>`;
}

const round = (n) => Math.round(n * 10) / 10;

customElements.define('status-figures', StatusFigures);
