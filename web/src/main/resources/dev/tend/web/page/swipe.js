import { ui } from './tend.js';

const FAR = 32;

let begun = null;

/** A finger on a row: to the left it shows what can be done with the entry, to the right it hides that. */
export function swipeBegins({ target, pointerType, isPrimary, clientX, clientY }) {
  const row = target.closest('.row');
  begun = row && isPrimary && pointerType !== 'mouse' ? { key: row.dataset.key, clientX, clientY } : null;
}

export function swipeMoves({ clientX, clientY }) {
  if (!begun) return;
  const across = clientX - begun.clientX;
  if (Math.abs(across) < FAR || Math.abs(across) < 2 * Math.abs(clientY - begun.clientY)) return;
  if (across < 0) ui.set({ swiped: begun.key });
  else if (ui.swiped === begun.key) ui.set({ swiped: null });
  begun = null;
}

export const swipeEnds = () => (begun = null);

/** A touch of anything else hides it again. */
addEventListener('pointerdown', ({ target }) => {
  if (ui.swiped && target.closest?.('.row')?.dataset.key !== ui.swiped) ui.set({ swiped: null });
}, { capture: true });
