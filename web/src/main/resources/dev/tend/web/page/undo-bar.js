import { html, nothing } from 'lit';
import { Part } from './part.js';
import { keepKeyboard } from './route.js';
import { undos } from './tend.js';

/** The way back from what was done last. */
class UndoBar extends Part {
  get sources() {
    return [undos];
  }

  #undo(offered) {
    undos.pop(offered);
    keepKeyboard();
  }

  render() {
    const { offered } = undos;
    return html`<div class="undo-place" role="status">${offered ? html`<div class="undo"
        @pointerenter=${() => undos.hold()} @pointerleave=${() => undos.release()}
        @focusin=${() => undos.hold()} @focusout=${() => undos.release()}>
      <span dir="auto">${offered.say}</span><button class="plain" @click=${() => this.#undo(offered)}>Undo</button>
    </div>` : nothing}</div>`;
  }
}

customElements.define('undo-bar', UndoBar);
