import { nothing, svg } from 'lit';
import { BOX, isBox } from './layout.js';
import { number, stateOf } from './words.js';

const LONGEST = 26;

/** How a node is drawn: its shape says what it is, its colour and outline how it is. */
export function shape(place, { picked, rings }) {
  const { node } = place;
  if (node.bundle) return bundle(place);
  return isBox(place) ? box(place, picked, rings) : worker(place, rings);
}

function box({ node, x, y, boxWidth }, picked, rings) {
  const top = y - BOX / 2;
  return svg`
    ${rings ? svg`<rect class="again" x="${x}" y="${top}" width="${boxWidth}" height="${BOX}" rx="10"/>` : nothing}
    <rect class="sup ${node.state} ${picked ? 'pick' : ''}" x="${x}" y="${top}" width="${boxWidth}" height="${BOX}" rx="10"/>
    <text x="${x + 14}" y="${y - 3}">${node.name}</text>
    <text class="kind ${node.state}" x="${x + 14}" y="${y + 13}">${stateOf(node) || node.words}</text>
    ${bar(node, x + boxWidth - 12, y + 14)}`;
}

function worker({ node, x, y, right }, rings) {
  const says = stateOf(node);
  return svg`
    ${rings ? svg`<circle class="again" cx="${x + 6}" cy="${y}" r="8"/>` : nothing}
    ${mark(node.state, x + 6, y)}
    <text x="${x + 20}" y="${y + (says ? -3 : 4)}">${short(node.name)}</text>
    ${says ? svg`<text class="kind ${node.state}" x="${x + 20}" y="${y + 11}">${says}</text>` : nothing}
    ${bar(node, right, y + 4)}`;
}

function mark(state, x, y) {
  switch (state) {
    case 'gone': return svg`<path class="gone" d="M${x - 5} ${y - 5} L${x + 5} ${y + 5} M${x + 5} ${y - 5} L${x - 5} ${y + 5}"/>`;
    case 'quarantined': return svg`<circle class="rest" cx="${x}" cy="${y}" r="6"/>`;
    case 'restarting': return svg`<path class="back" d="M${x + 6} ${y} A6 6 0 1 1 ${x} ${y - 6}"/>`;
    default: return svg`<circle class="work" cx="${x}" cy="${y}" r="6"/>`;
  }
}

function bundle({ node, x, y }) {
  return svg`
    ${[0, 1, 2].map((i) => svg`<circle class="work many" cx="${x + 4 + 4 * i}" cy="${y}" r="4"/>`)}
    <text class="kind" x="${x + 22}" y="${y + 4}">${node.of.children.length ? `${number(node.bundle)} more, all well` : `${number(node.bundle)}, all well`}</text>`;
}

/** The mailbox: longer for more, and never long. */
function bar({ mailbox }, right, bottom) {
  if (!mailbox) return nothing;
  const width = Math.min(36, 5 + 5 * Math.log2(mailbox));
  return svg`<rect class="load" x="${right - width}" y="${bottom - 8}" width="${width}" height="8" rx="2"><title>${number(mailbox)} waiting</title></rect>`;
}

const short = (name) => ([...name].length > LONGEST ? `${[...name].slice(0, LONGEST - 1).join('')}…` : name);

/** What is read out. */
export function spoken({ node }) {
  if (node.bundle) return `${number(node.bundle)} more, all well`;
  return [
    node.name,
    node.kind === 'supervisor' ? `supervisor, ${node.words}` : '',
    stateOf(node) || 'running',
    node.mailbox ? `${number(node.mailbox)} waiting` : '',
  ].filter(Boolean).join(', ');
}
